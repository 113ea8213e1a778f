/* Points of a live figure, moved in the plane: drag a ring, or tap where it shall be. The rings are
   for pointers alone; keys move the same points by their sliders. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const SVG = "http://www.w3.org/2000/svg";
  const LINEAR = ["linear", "linear"];

  /** @param {string} tag @param {Record<string, string>} attributes @param {Element} parent */
  const add = (tag, attributes, parent) => {
    const made = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };

  /** Where a pointer is, on the paper. @param {SVGSVGElement} sheet @param {MouseEvent} event */
  const seen = (sheet, event) => {
    const screen = /** @type {DOMMatrix} */ (sheet.getScreenCTM());
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(screen.inverse());
  };

  /** The point of each sheet that a tap moves, whichever setting it is of.
   * @type {WeakMap<SVGSVGElement, Element>} */
  const chosen = new WeakMap();

  /** @param {LiveFigure} figure @param {LiveSetting} one */
  const control = (figure, one) => {
    const { now, shows, set, paper } = figure;
    const sheet = figure.sheets[one.panel];
    const [[a, b, c], [d, e, f]] = one.map;
    /** @param {MouseEvent} event @param {number} which */
    const move = (event, which) => {
      const { x, y } = seen(sheet, event);
      const scale = a * e - b * d;
      const place = [(e * (x - c) - b * (y - f)) / scale, (a * (y - f) - d * (x - c)) / scale];
      const values = [...now[one.name]];
      place.forEach((value, k) => {
        values[2 * which + k] = Math.min(Math.max(value, one.low[k]), one.high[k]);
      });
      set(one.name, values);
    };
    const count = now[one.name].length / 2;
    const rings = Array.from({ length: count }, (_, k) => {
      const ring = add("g", { class: "ebm-handle" }, sheet);
      add("circle", { r: "21", class: "ebm-reach" }, ring);
      const style = `stroke:var(--${one.colour},currentColor)`;
      add("circle", { r: "7", class: "ebm-ring", style }, ring);
      shows.push(() => {
        const [x, y] = now[one.name].slice(2 * k, 2 * k + 2);
        ring.setAttribute("transform", `translate(${paper(one.map, LINEAR, x, y)})`);
        const alone = sheet.querySelectorAll(".ebm-handle").length === 1;
        ring.classList.toggle("on", !alone && ring === chosen.get(sheet));
      });
      ring.addEventListener("pointerdown", (event) => {
        chosen.set(sheet, ring);
        ring.setPointerCapture(event.pointerId);
        event.preventDefault();
        for (const show of shows) show();
      });
      ring.addEventListener("pointermove", (event) => {
        if (ring.hasPointerCapture(event.pointerId)) move(event, k);
      });
      if (!chosen.has(sheet)) chosen.set(sheet, ring);
      return ring;
    });
    const [low, high] = [paper(one.map, LINEAR, ...one.low), paper(one.map, LINEAR, ...one.high)];
    sheet.addEventListener("click", (event) => {
      const { x, y } = seen(sheet, event);
      const inside = (x - low[0]) * (x - high[0]) <= 0 && (y - low[1]) * (y - high[1]) <= 0;
      const onRing = /** @type {Element} */ (event.target).closest(".ebm-handle");
      const which = rings.findIndex((ring) => ring === chosen.get(sheet));
      if (inside && !onRing && which >= 0) move(event, which);
    });
  };

  live.parts.push((figure) => {
    for (const one of figure.program.settings) {
      if (one.kind === "point" || one.kind === "points") control(figure, one);
    }
  });
})();
