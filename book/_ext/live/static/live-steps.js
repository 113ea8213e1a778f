/* Live figures with a state, which learn when they are asked to: each button makes its own step,
   Train makes all of them in turn, and rests when nobody can see it. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const MOST = 2000; // turns without being asked again
  const AT_ONCE = 50; // turns, for who asked for less motion

  live.parts.push((figure) => {
    const { box, program, now } = figure;
    const train = /** @type {HTMLElement | null} */ (box.querySelector("[data-train]"));
    if (!train) return;
    const words = train.textContent;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)");
    /** @type {Record<string, Run>} */
    const steps = Object.fromEntries(Object.entries(program.steps).map(([k, make]) => [k, make()]));
    let running = 0;
    let left = 0;

    /** @param {string} label */
    const step = (label) => {
      const next = steps[label](...program.inputs.map((key) => now[key]));
      // In the order of the inputs: JSON on its way may have sorted the names of the state.
      const kept = program.inputs.filter((key) => key in program.state);
      kept.forEach((key, k) => (now[key] = Array.from(next[k])));
    };
    /** @param {number} count */
    const turn = (count) => {
      for (let k = 0; k < count; k++) {
        for (const label of Object.keys(steps)) step(label);
        figure.turns++;
      }
      figure.draw();
    };
    const pause = () => {
      cancelAnimationFrame(running);
      running = 0;
      train.textContent = words;
    };
    const frame = () => {
      turn(1);
      left--;
      if (left > 0) running = requestAnimationFrame(frame);
      else pause();
    };
    train.addEventListener("click", () => {
      if (running) return pause();
      if (still.matches) return turn(AT_ONCE);
      left = MOST;
      train.textContent = "Pause";
      running = requestAnimationFrame(frame);
    });
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (
      box.querySelectorAll("[data-step]")
    )) {
      button.addEventListener("click", () => {
        pause();
        step(button.dataset.step ?? "");
        figure.turns++;
        figure.draw();
      });
    }
    figure.resets.push(pause);
    still.addEventListener("change", () => still.matches && pause());
    document.addEventListener("visibilitychange", () => document.hidden && pause());
    new IntersectionObserver((entries) => {
      if (!entries[entries.length - 1].isIntersecting) pause();
    }).observe(box);
  });
})();
