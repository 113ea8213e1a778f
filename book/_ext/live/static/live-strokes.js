/* Pens of live figures that write one path: lines, points, arrows. The same marks as in print
   (ebmlib/plot/canvas/glyphs.py, ebmlib/plot/arrows.py), in the drawing's own points. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const HEAD = 4; // points, the longest head of an arrow
  const FAR = 1e30; // what is farther a browser cannot read, and it is left out
  const ring = Array.from({ length: 16 }, (_, k) => [
    0.5 * Math.cos((k * Math.PI) / 8),
    0.5 * Math.sin((k * Math.PI) / 8),
  ]);
  /** Strokes of corners; a closed one comes back to its first. @type {Record<string, number[][][]>} */
  const OPEN = {
    dot: [[[0, 0], [0, 0]]],
    cross: [[[-0.46, -0.46], [0.46, 0.46]], [[-0.46, 0.46], [0.46, -0.46]]],
    plus: [[[-0.6, 0], [0.6, 0]], [[0, -0.6], [0, 0.6]]],
  };
  /** @type {Record<string, number[][][]>} */
  const CLOSED = {
    square: [[[-0.44, -0.44], [0.44, -0.44], [0.44, 0.44], [-0.44, 0.44]]],
    diamond: [[[0, -0.62], [0.62, 0], [0, 0.62], [-0.62, 0]]],
    triangle: [[[-0.58, -0.38], [0.58, -0.38], [0, 0.64]]],
    ring: [ring],
  };

  /** @param {number} value */
  const short = (value) => Math.round(value * 100) / 100;
  /** @param {number} x @param {number} y */
  const at = (x, y) => `${short(x)} ${short(y)}`;

  /** @typedef {(k: number) => number} Entry */
  /** @typedef {{ place: (x: number, y: number) => [number, number], count: number }} Where */
  /** A pen that writes a path's `d` anew, from the entries of its columns.
   * @param {(columns: Entry[], where: Where, series: LiveSeries) => string} written
   * @returns {LivePen} */
  const pen = (written) => (figure, series) => {
    const path = /** @type {Element} */ (figure.find(series.sheet, series.element).querySelector("path"));
    /** @type {Where["place"]} */
    const place = (x, y) => {
      const [X, Y] = figure.paper(series.map, series.scales, x, y);
      return Math.abs(X) < FAR && Math.abs(Y) < FAR ? [X, Y] : [NaN, NaN];
    };
    let before = "";
    return (out) => {
      const columns = series.columns.map((one) => {
        if (Array.isArray(one)) return (/** @type {number} */ k) => one[k];
        const values = out[one.out];
        return (/** @type {number} */ k) => values[one.first + one.step * k];
      });
      const first = series.columns[0];
      const count = Array.isArray(first) ? first.length : first.count;
      const d = written(columns, { place, count }, series);
      if (d !== before) path.setAttribute("d", d);
      before = d;
    };
  };

  live.pens.line = pen(([x, y], { place, count }) => {
    let d = "";
    let next = "M";
    for (let k = 0; k < count; k++) {
      const [X, Y] = place(x(k), y(k));
      if (Number.isFinite(X + Y)) {
        d += next + at(X, Y);
        next = "L";
      } else next = "M";
    }
    return d;
  });

  live.pens.points = pen(([x, y], { place, count }, { kind, size }) => {
    const shape = kind.split(":")[1];
    const close = shape in CLOSED ? "z" : "";
    const strokes = CLOSED[shape] ?? OPEN[shape];
    let d = "";
    for (let k = 0; k < count; k++) {
      const [X, Y] = place(x(k), y(k));
      if (!Number.isFinite(X + Y)) continue;
      for (const stroke of strokes) {
        d += "M" + stroke.map(([a, b]) => at(X + size * a, Y - size * b)).join("L") + close;
      }
    }
    return d;
  });

  live.pens.arrows = pen(([x, y, u, v], { place, count }, { kind }) => {
    const scale = Number(kind.split(":")[1]);
    let d = "";
    for (let k = 0; k < count; k++) {
      const [X, Y] = place(x(k), y(k));
      const [P, Q] = place(x(k) + scale * u(k), y(k) + scale * v(k));
      const length = Math.hypot(P - X, Q - Y);
      if (!(length > 0)) continue;
      const head = Math.min(0.4 * length, HEAD) / length;
      const [a, b] = [(P - X) * head, (Q - Y) * head];
      d += `M${at(X, Y)}L${at(P, Q)}M${at(P - a + b / 2, Q - b - a / 2)}`;
      d += `L${at(P, Q)}L${at(P - a - b / 2, Q - b + a / 2)}`;
    }
    return d;
  });
})();
