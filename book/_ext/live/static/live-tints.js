/* The pen of live figures that tints the plane: a picture holds how thick, the page's style which
   colour, so that tints follow the theme. Between its pixels the browser interpolates. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const SMOOTH = 112; // pixels of a tint's side, about
  const SHARP = 180; // where classes meet

  const CRC = Int32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  /** @param {number} value */
  const four = (value) => [24, 16, 8, 0].map((bits) => (value >> bits) & 255);
  /** @param {string} name @param {ArrayLike<number>} data @returns {string} a chunk of a PNG */
  const chunk = (name, data) => {
    const { length } = data;
    const whole = new Uint8Array(length + 12);
    whole.set([...four(length), ...[...name].map((letter) => letter.charCodeAt(0))]);
    whole.set(data, 8);
    let sum = -1;
    for (let k = 4; k < length + 8; k++) sum = CRC[(sum ^ whole[k]) & 255] ^ (sum >>> 8);
    whole.set(four(~sum), length + 8);
    let text = "";
    for (let k = 0; k < whole.length; k += 8192) {
      // Spread out, the bytes would take ten times as long.
      text += String.fromCharCode.apply(null, /** @type {any} */ (whole.subarray(k, k + 8192)));
    }
    return text;
  };
  /** Bytes as they are, at most 65535: to pack them would take most of the time.
   * @param {Uint8ClampedArray} data */
  const stored = (data) => {
    const { length } = data;
    const whole = new Uint8Array(length + 11);
    const [low, high] = [length & 255, length >> 8];
    whole.set([0x78, 1, 1, low, high, 255 - low, 255 - high]);
    whole.set(data, 7);
    let [a, b] = [1, 0];
    for (let k = 0; k < length; k++) {
      b += a += data[k];
      if (k % 4096 === 0) [a, b] = [a % 65521, b % 65521];
    }
    whole.set(four((b % 65521) * 65536 + (a % 65521)), length + 7);
    return whole;
  };

  /** What paints into an image of the drawing: a pixel is a place among the opacities, a bit where
   * there are two, else a byte.
   * @param {Element} image @param {number} wide @param {number} tall @param {number[]} opacities */
  const painter = (image, wide, tall, opacities) => {
    const bits = opacities.length > 2 ? 8 : 1;
    const line = Math.ceil((wide * bits) / 8) + 1; // a byte first says that nothing is predicted
    const bytes = new Uint8ClampedArray(line * tall);
    const begun = [
      "\x89PNG\r\n\x1a\n",
      chunk("IHDR", [...four(wide), ...four(tall), bits, 3, 0, 0, 0]),
      chunk("PLTE", new Uint8Array(3 * opacities.length)),
      chunk("tRNS", opacities),
    ].join("");
    const placed = /** @type {SVGGraphicsElement | null} */ (image.closest("[transform]"));
    const matrix = placed?.transform.baseVal.consolidate()?.matrix;
    const turned = matrix && matrix.d < 0; // its rows begin at the bottom
    image.setAttribute("preserveAspectRatio", "none");
    return {
      bytes,
      /** Where a row begins. @param {number} row */
      at: (row) => line * (turned ? row : tall - 1 - row) + 1,
      show: () => {
        const text = begun + chunk("IDAT", stored(bytes)) + chunk("IEND", []);
        image.removeAttribute("xlink:href");
        image.setAttribute("href", `data:image/png;base64,${btoa(text)}`);
      },
    };
  };

  live.pens.raster = (figure, series) => {
    const [rows, columns] = series.kind.split(":")[1].split("x").map(Number);
    const { low = 0, high = 1, thickest = 1, thickness = 1, scores, classes = [] } = series;
    const most = scores ? SHARP : SMOOTH;
    const [down, across] = [rows, columns].map((n) => Math.max(1, Math.floor(most / (n - 1))));
    const [tall, wide] = [(rows - 1) * down + 1, (columns - 1) * across + 1];
    const opacities =
      scores ? [...Uint8ClampedArray.of(0, 255 * thickness)] : Array.from({ length: 256 }, (_, k) => k);
    const paint = Array.from({ length: scores ? classes.length : 1 }, (_, k) => {
      const image = figure.find(series.sheet, series.element + (k ? `.${k}` : ""));
      return painter(image, wide, tall, opacities);
    });
    const layers = Array.from({ length: scores ? scores[1] : 1 }, () => new Float64Array(wide));
    const before = new Float64Array(rows * columns * layers.length).fill(NaN);

    /** Between the samples, bilinearly: one row of a layer.
     * @param {Float64Array} row @param {number} first @param {number} share of the row after it */
    const fill = (row, first, share) => {
      const next = first + (share ? columns : 0);
      for (let c = 0; c < columns; c++) {
        row[c * across] = (1 - share) * before[first + c] + share * before[next + c];
      }
      for (let c = 0; c + across < wide; c += across) {
        const slope = (row[c + across] - row[c]) / across;
        for (let j = 1; j < across; j++) row[c + j] = row[c] + j * slope;
      }
    };
    /** @param {number} i */
    const tint = (i) => {
      const [{ bytes, at }] = paint;
      const [row] = layers;
      const share = 255 / (high - low);
      for (let j = 0, k = at(i); j < wide; j++, k++) {
        bytes[k] = thickest * Math.min(Math.max((row[j] - low) * share, 0), 255);
      }
    };
    const winners = new Uint8Array(wide + 8).fill(255); // a row ends within a byte
    /** @param {number} i */
    const best = (i) => {
      for (let j = 0; j < wide; j++) {
        let one = 0;
        for (let l = 1; l < layers.length; l++) if (layers[l][j] > layers[one][j]) one = l;
        winners[j] = one;
      }
      paint.forEach(({ bytes, at }, k) => {
        for (let j = 0, place = at(i); j < wide; place++) {
          let byte = 0;
          for (let bit = 128; bit; bit >>= 1, j++) if (winners[j] === classes[k]) byte |= bit;
          bytes[place] = byte;
        }
      });
    };

    const column = series.columns[0];
    return (out) => {
      const [values, first] =
        scores ? [out[scores[0]], 0]
        : Array.isArray(column) ? [column, 0]
        : [out[column.out], column.first];
      let same = true; // what only moves other things is not painted anew
      for (let k = 0; k < before.length; k++) {
        if (before[k] !== values[first + k]) same = false;
        before[k] = values[first + k];
      }
      if (same) return;
      for (let i = 0; i < tall; i++) {
        const r = Math.floor(i / down);
        layers.forEach((row, l) => fill(row, (l * rows + r) * columns, i / down - r));
        (scores ? best : tint)(i);
      }
      for (const one of paint) one.show();
    };
  };
})();
