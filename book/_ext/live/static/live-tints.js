/* The pen of live figures that tints the plane: a picture holds how thick, the page's style which
   colour, so that tints follow the theme. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const SIDE = 160; // pixels of a tint

  /** Between the samples, bilinearly.
   * @param {ArrayLike<number>} values
   * @param {number} rows
   * @param {number} columns
   * @param {number} first
   */
  const enlarged = (values, rows, columns, first) => {
    const big = new Float32Array(SIDE * SIDE);
    for (let i = 0; i < SIDE; i++) {
      const y = (i / (SIDE - 1)) * (rows - 1);
      const r = Math.min(Math.floor(y), rows - 2);
      for (let j = 0; j < SIDE; j++) {
        const x = (j / (SIDE - 1)) * (columns - 1);
        const c = Math.min(Math.floor(x), columns - 2);
        const k = first + r * columns + c;
        const [s, t] = [x - c, y - r];
        big[i * SIDE + j] =
          (1 - t) * ((1 - s) * values[k] + s * values[k + 1]) +
          t * ((1 - s) * values[k + columns] + s * values[k + columns + 1]);
      }
    }
    return big;
  };

  /** What paints opacities, from 0 to 1, into an image of the drawing. @param {Element} image */
  const painter = (image) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const pixels = context.createImageData(SIDE, SIDE);
    const placed = /** @type {SVGGraphicsElement | null} */ (image.closest("[transform]"));
    const matrix = placed?.transform.baseVal.consolidate()?.matrix;
    const turned = matrix && matrix.d < 0; // its rows begin at the bottom
    image.setAttribute("preserveAspectRatio", "none");
    /** @param {(k: number) => number} opacity */
    return (opacity) => {
      for (let i = 0; i < SIDE; i++) {
        const row = turned ? i : SIDE - 1 - i;
        for (let j = 0; j < SIDE; j++) {
          pixels.data[4 * (row * SIDE + j) + 3] = 255 * opacity(i * SIDE + j);
        }
      }
      context.putImageData(pixels, 0, 0);
      image.removeAttribute("xlink:href");
      image.setAttribute("href", canvas.toDataURL());
    };
  };

  live.pens.raster = (figure, series) => {
    const [rows, columns] = series.kind.split(":")[1].split("x").map(Number);
    const { low = 0, high = 1, thickest = 1, thickness = 1, scores, classes = [] } = series;
    const count = scores ? classes.length : 1;
    const paint = Array.from({ length: count }, (_, k) =>
      painter(figure.find(series.sheet, series.element + (k ? `.${k}` : ""))),
    );
    if (!scores) {
      const column = series.columns[0];
      return (out) => {
        const [values, first] = Array.isArray(column) ? [column, 0] : [out[column.out], column.first];
        const big = enlarged(values, rows, columns, first);
        const share = thickest / (high - low);
        paint[0]((k) => Math.min(Math.max((big[k] - low) * share, 0), thickest));
      };
    }
    return (out) => {
      const all = Array.from({ length: scores[1] }, (_, k) =>
        enlarged(out[scores[0]], rows, columns, k * rows * columns),
      );
      const best = new Uint8Array(SIDE * SIDE);
      for (let i = 0; i < best.length; i++) {
        for (let k = 1; k < all.length; k++) if (all[k][i] > all[best[i]][i]) best[i] = k;
      }
      paint.forEach((one, k) => one((i) => (best[i] === classes[k] ? thickness : 0)));
    };
  };
})();
