/* Words of the prose that set a live figure: each becomes a button, which brings the figure into
   sight and sets it as soon as it is there. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });

  for (const words of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-try]")
  )) {
    const { try: name = "", set = "{}" } = words.dataset;
    const box = document.querySelector(`.ebm-live[data-figure="${name}"]`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = words.className;
    button.append(...words.childNodes);
    const move = () => {
      const figure = live.shown[name];
      if (!figure) return void requestAnimationFrame(move); // it loads as it comes near
      /** @type {Record<string, number[] | string>} */
      const given = JSON.parse(set);
      // A state that is set is a new beginning.
      if (Object.keys(given).some((key) => key in figure.program.state)) {
        for (const one of figure.resets) one();
        figure.turns = 0;
      }
      // A name stands for what is there now, all at once: so two points can change places.
      const before = { ...figure.now };
      for (const [key, values] of Object.entries(given)) {
        figure.now[key] = [...(typeof values === "string" ? before[values] : values)];
      }
      figure.draw();
    };
    button.addEventListener("click", () => {
      const sheets = box?.querySelector(".ebm-sheets");
      sheets?.scrollIntoView({ block: "nearest" });
      move();
    });
    words.replaceWith(button);
  }
})();
