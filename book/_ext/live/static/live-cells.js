/* Cells of a live figure: a tap on the nearest turns it; a stroke turns all that it meets alike.
   Keys turn them by their boxes under the drawing. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const REACH = 16; // points from a cell's middle

  /** @param {LiveFigure} figure @param {LiveSetting} one */
  const control = ({ sheets, now, set, paper }, one) => {
    const sheet = sheets[one.panel];
    const middles = one.at.map(([x, y]) => paper(one.map, ["linear", "linear"], x, y));
    /** @param {MouseEvent} event @returns {number} the cell under the pointer, or -1 */
    const under = (event) => {
      const screen = /** @type {DOMMatrix} */ (sheet.getScreenCTM());
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(screen.inverse());
      const far = middles.map(([a, b]) => Math.hypot(a - x, b - y));
      const nearest = far.indexOf(Math.min(...far));
      return far[nearest] <= REACH ? nearest : -1;
    };
    let colour = -1; // what the stroke paints; none is being made
    sheet.addEventListener("pointerdown", (event) => {
      const cell = under(event);
      if (cell < 0) return;
      colour = 1 - now[one.name][cell];
      set(one.name, now[one.name].with(cell, colour));
    });
    sheet.addEventListener("pointermove", (event) => {
      const cell = colour < 0 ? -1 : under(event);
      if (cell >= 0) set(one.name, now[one.name].with(cell, colour));
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      sheet.addEventListener(end, () => (colour = -1));
    }
  };

  live.parts.push((figure) => {
    for (const one of figure.program.settings) if (one.kind === "cells") control(figure, one);
  });
})();
