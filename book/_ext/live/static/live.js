/* Live figures: the drawing that stands in the page, moved. The numbers come from the page's own
   torch code, which the build wrote as a function (live/NAME.js); here are what all figures need:
   settings, native controls, the sentence. Pens and further controls are files of their own, which
   a page loads before this one. Classic scripts and no request but for files of the site. */
(() => {
  "use strict";
  const live = (window.ebmLive ??= { figures: {}, pens: {}, parts: [], shown: {} });
  const ROOT = new URL("live/", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const REST = 600; // milliseconds until a change is spoken

  /** @param {unknown} start @returns {number[]} */
  const numbers = (start) =>
    Array.isArray(start) ? start.flat(2).map(Number) : [Number(start)];
  /** @param {Record<string, number[]>} all @returns {Record<string, number[]>} */
  const copied = (all) => Object.fromEntries(Object.entries(all).map(([k, v]) => [k, [...v]]));
  /** A minus sign as in print, and no negative zero. @param {string} text */
  const minus = (text) => text.replace(/^-(?=0(\.0*)?$)/, "").replace("-", "\u2212");
  const SMALL = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
  const LARGE = 1e6; // from here on with a power of ten
  /** As the book writes it: 0.25, 2.0 · 10²¹. @param {number} one @param {string} [digits] */
  const written = (one, digits) => {
    if (!Number.isFinite(one)) return "beyond all bounds";
    const text = digits ? one.toFixed(Number(digits)) : String(Number(one.toPrecision(3)));
    if (Math.abs(one) < LARGE && !text.includes("e")) return minus(text);
    const [front, power] = one.toExponential(1).split("e");
    const raised = power.replace("+", "").replace("-", "\u207b");
    const high = raised.replace(/\d/g, (digit) => SMALL[Number(digit)]);
    return `${minus(front)}\u202f\u00b7\u202f10${high}`;
  };
  /** @type {LiveFigure["paper"]} */
  const paper = (map, scales, x, y) => {
    const X = scales[0] === "log" ? Math.log10(x) : x;
    const Y = scales[1] === "log" ? Math.log10(y) : y;
    const [[a, b, c], [d, e, f]] = map;
    return [a * X + b * Y + c, d * X + e * Y + f];
  };

  /** Native controls stand in the page already: read and write them. @param {LiveFigure} figure */
  const connect = ({ box, now, shows, set: put, program, reset }) => {
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (
      box.querySelectorAll("input[data-setting]")
    )) {
      const name = input.dataset.setting ?? "";
      const place = Number(input.dataset.place);
      const [low, high, most] = [input.dataset.low, input.dataset.high, input.max].map(Number);
      const log = low > 0; // steps of one factor
      const check = input.type === "checkbox";
      const read = () => {
        if (check) return Number(input.checked);
        const value = Number(input.value);
        return log ? Number((low * (high / low) ** (value / most)).toPrecision(3)) : value;
      };
      input.addEventListener("input", () => put(name, now[name].with(place, read())));
      shows.push(() => {
        const here = now[name][place];
        if (check) input.checked = here > 0;
        else {
          input.value = String(log ? (most * Math.log(here / low)) / Math.log(high / low) : here);
          const text = written(here);
          input.setAttribute("aria-valuetext", text);
          /** @type {Element} */ (input.nextElementSibling).textContent = text;
        }
      });
    }
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (
      box.querySelectorAll("[data-noise]")
    )) {
      const name = button.dataset.noise ?? "";
      const most = program.settings.find((one) => one.name === name)?.largest ?? 0;
      button.addEventListener("click", () => put(name, [(now[name][0] + 1) % (most + 1)]));
    }
    box.querySelector("[data-back]")?.addEventListener("click", reset);
  };

  /** The sentence at once; when the hand rests, the same words for those who listen.
   * @param {LiveFigure} figure */
  const speaker = (figure) => {
    const { box, now, program } = figure;
    const said = box.querySelector(".ebm-said");
    const spoken = /** @type {Element} */ (box.querySelector(".ebm-spoken"));
    const picture = /** @type {Element} */ (box.querySelector(".ebm-sheets"));
    const words = picture.getAttribute("aria-label");
    let resting = 0;
    /** @param {Outputs} out @param {string} key @returns {ArrayLike<number>} */
    const value = (out, key) =>
      key in program.said.values ? [out[program.said.values[key]][0]]
      : key === "step" ? [figure.turns]
      : now[key];
    const speak = () => {
      const whole = /** @type {Element} */ (said?.cloneNode(true));
      // Of a formula its letters, once: KaTeX writes them for the eye and for the ear.
      for (const twice of whole.querySelectorAll(".katex-mathml")) twice.remove();
      spoken.textContent = (whole.textContent ?? "").replace(/\u200b/g, "").replace(/\s+/g, " ");
      picture.setAttribute("aria-label", `${words} Now: ${spoken.textContent}`);
    };
    /** @param {Outputs} out @param {boolean} aloud */
    return (out, aloud) => {
      for (const place of /** @type {NodeListOf<HTMLElement>} */ (
        box.querySelectorAll("[data-number]")
      )) {
        const { number = "", digits } = place.dataset;
        const texts = Array.from(value(out, number), (one) => written(one, digits));
        place.textContent = texts.join(", ");
      }
      clearTimeout(resting);
      if (said && aloud) resting = setTimeout(speak, REST);
    };
  };

  /** @param {HTMLElement} box @param {LiveProgram} program */
  const start = (box, program) => {
    const name = box.dataset.figure ?? "";
    const run = program.make();
    const began = copied(program.state);
    for (const one of program.settings) began[one.name] = numbers(one.start);
    const now = copied(began);
    let wanted = 0;
    const results = () => run(...program.inputs.map((key) => now[key]));
    /** @type {LiveFigure} */
    const figure = {
      box, program, now, paper,
      sheets: Array.from(box.querySelectorAll("svg[data-figure]")),
      shows: [],
      resets: [],
      turns: 0,
      find: (sheet, element) =>
        /** @type {Element} */ (document.getElementById(`${name}-${sheet}.${element}`)),
      draw() {
        cancelAnimationFrame(wanted);
        wanted = 0;
        const out = results();
        for (const pen of pens) pen(out);
        for (const show of figure.shows) show();
        say(out, true);
      },
      set(key, values) {
        now[key] = values;
        wanted ||= requestAnimationFrame(figure.draw);
      },
      reset() {
        for (const one of figure.resets) one();
        figure.turns = 0;
        Object.assign(now, copied(began));
        figure.draw();
      },
    };
    const pens = program.series.map((one) => live.pens[one.kind.split(":")[0]](figure, one));
    const say = speaker(figure);
    connect(figure);
    for (const part of live.parts) part(figure);
    for (const show of figure.shows) show();
    say(results(), false);
    window.addEventListener("beforeprint", figure.reset);
    live.shown[name] = figure;
    box.classList.add("ebm-ready");
  };

  // A figure's function is loaded when the figure comes near.
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        const box = /** @type {HTMLElement} */ (target);
        const name = box.dataset.figure ?? "";
        const script = document.createElement("script");
        script.src = new URL(`${name}.js`, ROOT).href;
        script.addEventListener("load", () => start(box, live.figures[name]));
        document.head.append(script);
      }
    },
    { rootMargin: "400px" },
  );
  for (const box of document.querySelectorAll(".ebm-live")) near.observe(box);
})();
