/* Films: one drawing whose frames are shown one at a time. Nothing moves by itself for readers who
   asked for less motion; everyone may stop it, step through it, or scrub. */
(() => {
  "use strict";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  /** @param {string} path */
  const icon = (path) =>
    `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${path}"/></svg>`;
  const PLAY = icon("M4 2l10 6-10 6z");
  const PAUSE = icon("M4 2h3v12H4zM9 2h3v12H9z");
  const BACK = icon("M13 2v12L6 8zM3 2h2v12H3z");
  const FORTH = icon("M3 2v12l7-6zM11 2h2v12h-2z");

  /**
   * @param {string} label
   * @param {string} inside
   */
  const button = (label, inside) => {
    const made = document.createElement("button");
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.innerHTML = inside;
    return made;
  };

  /** @param {HTMLElement} film */
  const start = (film) => {
    /** @type {string[]} */
    const words = JSON.parse(film.dataset.words ?? "[]");
    const last = words.length - 1;
    const frames = words.map((_, i) => film.querySelectorAll(`[data-frame="${i}"]`));
    let shown = last;
    let timer = 0;

    const bar = document.createElement("div");
    bar.className = "ebm-controls";
    const play = button("play", PLAY);
    const back = button("one frame back", BACK);
    const forth = button("one frame forth", FORTH);
    const scrub = document.createElement("input");
    Object.assign(scrub, { type: "range", min: 0, max: last, step: 1, value: last });
    scrub.setAttribute("aria-label", "frame");
    const said = document.createElement("output");
    bar.append(play, back, scrub, forth, said);
    film.append(bar);

    /** @param {number} i */
    const show = (i) => {
      frames[shown].forEach((part) => part.classList.remove("on"));
      shown = Math.min(Math.max(i, 0), last);
      frames[shown].forEach((part) => part.classList.add("on"));
      scrub.value = String(shown);
      scrub.setAttribute("aria-valuetext", words[shown]);
      said.textContent = words[shown];
    };
    const pause = () => {
      window.clearInterval(timer);
      timer = 0;
      play.innerHTML = PLAY;
      play.setAttribute("aria-label", "play");
    };
    const run = () => {
      if (shown === last) show(0);
      play.innerHTML = PAUSE;
      play.setAttribute("aria-label", "pause");
      timer = window.setInterval(() => {
        show(shown + 1);
        if (shown === last) pause();
      }, 1000 * Number(film.dataset.seconds));
    };
    /** @param {number} i */
    const to = (i) => {
      pause();
      show(i);
    };

    play.addEventListener("click", () => (timer ? pause() : run()));
    back.addEventListener("click", () => to(shown - 1));
    forth.addEventListener("click", () => to(shown + 1));
    scrub.addEventListener("input", () => to(Number(scrub.value)));
    still.addEventListener("change", () => still.matches && pause());
    window.addEventListener("beforeprint", () => to(last));
    show(last);

    // Once, when the reader has reached it, and to its end.
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        if (!still.matches) run();
      },
      { threshold: 0.6 },
    );
    seen.observe(film);
  };

  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".ebm-film")).forEach(start);
})();
