/* The pen of live figures that tints the plane: a picture holds how thick, the page's style which
   colour, so that tints follow the theme. Between its pixels the browser interpolates. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const SMOOTH = 112; // pixels of a tint's side, about
  const SHARP = 180; // where classes meet
  const BLOCK = 65535; // bytes, the most of one piece

  const CRC = Int32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  /** @param {number} value */
  const four = (value) => [value >>> 24, value >>> 16, value >>> 8, value].map((one) => one & 255);
  /** @param {string} name @param {ArrayLike<number>} data @returns {Uint8Array} a chunk of a PNG */
  const chunk = (name, data) => {
    const whole = new Uint8Array(data.length + 12);
    whole.set(four(data.length));
    whole.set([...name].map((letter) => letter.charCodeAt(0)), 4);
    whole.set(data, 8);
    let sum = -1;
    for (let k = 4; k < whole.length - 4; k++) sum = CRC[(sum ^ whole[k]) & 255] ^ (sum >>> 8);
    whole.set(four(~sum), whole.length - 4);
    return whole;
  };
  /** Bytes in a zlib stream, not packed: that would take most of the time.
   * @param {Uint8ClampedArray} data */
  const stored = (data) => {
    const count = Math.ceil(data.length / BLOCK);
    const whole = new Uint8Array(data.length + 5 * count + 6);
    whole.set([0x78, 1]);
    for (let k = 0; k < count; k++) {
      const piece = data.subarray(k * BLOCK, (k + 1) * BLOCK);
      const { length } = piece;
      const head = [+(k === count - 1), length & 255, length >> 8, ~length & 255, (~length >> 8) & 255];
      whole.set(head, 2 + k * (BLOCK + 5));
      whole.set(piece, 7 + k * (BLOCK + 5));
    }
    let [a, b] = [1, 0];
    for (let k = 0; k < data.length; ) {
      for (const end = Math.min(k + 4096, data.length); k < end; k++) b += a += data[k];
      a %= 65521;
      b %= 65521;
    }
    whole.set(four(b * 65536 + a), whole.length - 4);
    return whole;
  };

  /** @param {Uint8Array} bytes */
  const letters = (bytes) => {
    let text = "";
    for (let k = 0; k < bytes.length; k += 8192) {
      // Spread out, the bytes would take ten times as long.
      text += String.fromCharCode.apply(null, /** @type {any} */ (bytes.subarray(k, k + 8192)));
    }
    return text;
  };

  /** What paints opacities into an image of the drawing; its outermost samples lie half a unit
   * within it. A pixel is a place among the opacities: a bit where there are two, else a byte.
   * @param {Element} image @param {number} wide @param {number} tall @param {number[]} opacities */
  const painter = (image, wide, tall, opacities) => {
    const bits = opacities.length > 2 ? 8 : 1;
    const line = Math.ceil((wide * bits) / 8) + 1; // a byte first says that nothing is predicted
    const bytes = new Uint8ClampedArray(line * tall);
    const front = [
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", [...four(wide), ...four(tall), bits, 3, 0, 0, 0]),
      chunk("PLTE", new Uint8Array(3 * opacities.length)),
      chunk("tRNS", opacities),
    ];
    const begun = front.map(letters).join("");
    const placed = /** @type {SVGGraphicsElement | null} */ (image.closest("[transform]"));
    const matrix = placed?.transform.baseVal.consolidate()?.matrix;
    const turned = matrix && matrix.d < 0; // its rows begin at the bottom
    let waits = true; // the picture of the start has other pixels
    const place = () => {
      waits = false;
      image.setAttribute("preserveAspectRatio", "none");
      for (const [start, size, count] of /** @type {[string, string, number][]} */ ([
        ["x", "width", wide],
        ["y", "height", tall],
      ])) {
        const pixel = (Number(image.getAttribute(size)) - 1) / (count - 1);
        const begin = Number(image.getAttribute(start) ?? 0);
        image.setAttribute(start, String(begin + 0.5 - pixel / 2));
        image.setAttribute(size, String(pixel * count));
      }
    };
    return {
      bytes,
      /** Where a row begins. @param {number} row */
      at: (row) => line * (turned ? row : tall - 1 - row) + 1,
      show: () => {
        if (waits) place();
        const text = begun + letters(chunk("IDAT", stored(bytes))) + letters(chunk("IEND", []));
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
