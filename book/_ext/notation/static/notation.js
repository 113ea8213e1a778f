// Symbols that explain themselves. By pointer: hover, or tap. By keyboard: one tab stop a formula,
// arrows from symbol to symbol, Enter to the notation appendix, Escape to close. A screen reader
// reads the formula's MathML and, only when arrows are used, hears what the symbol is.
// Without this script the formulas are the same, and silent.
(() => {
  "use strict";

  const source = /** @type {HTMLScriptElement} */ (document.currentScript);
  const data = new URL(source.dataset.file ?? "", source.src);
  const root = new URL("../../", source.src);
  // A letter may have only its role's colour: then the role is explained.
  const PLAIN = '[class*=" c-"]:not([data-symbol]):not([data-symbol] *)';
  const SYMBOL = `[data-symbol], .katex-html ${PLAIN}`;
  const tip = window.bookTip;

  // The explanations are loaded when the first one is wanted.
  /** @type {Promise<Explanations> | null} */
  let loading = null;
  const load = () => {
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = data.href;
      script.onload = () => done(window.mathsSymbols);
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  };

  /**
   * @param {string} tag
   * @param {Partial<HTMLElement>} attributes
   */
  const make = (tag, attributes) => {
    const element = Object.assign(document.createElement(tag), attributes);
    document.body.append(element);
    return element;
  };
  const hint = "The arrow keys explain its symbols.";
  make("span", { id: "symbol-hint", hidden: true, textContent: hint });
  const said = make("div", { className: "maths-said heard", role: "status" });

  /**
   * @param {Element} formula
   * @returns {HTMLElement[]}
   */
  const symbolsOf = (formula) => [...formula.querySelectorAll(SYMBOL)].map(html);
  /** @param {Element} node */
  const html = (node) => /** @type {HTMLElement} */ (node);
  /** @param {HTMLElement} symbol */
  const nameOf = (symbol) =>
    symbol.dataset.symbol ?? /\bc-([a-z]+)/.exec(symbol.className)?.[1] ?? "";
  /**
   * @param {EventTarget | null} node
   * @param {string} selector
   */
  const around = (node, selector) => (node instanceof Element ? node.closest(selector) : null);
  /**
   * @param {EventTarget | null} node
   * @returns {HTMLElement | null}
   */
  const symbolAt = (node) => {
    const symbol = /** @type {HTMLElement | null} */ (around(node, SYMBOL));
    return symbol && !symbol.closest(tip.quiet) ? symbol : null;
  };

  /**
   * @param {Explanations} all
   * @param {Explained} about
   */
  const address = (all, about) => new URL(`${all.page}#${about.row}`, root).href;
  /**
   * @param {string} name
   * @param {string} inside
   */
  const row = (name, inside) => (inside ? `<p class="tip-${name}">${inside}</p>` : "");
  /** @param {HTMLElement} symbol */
  const fill = async (symbol) => {
    const all = await load();
    const about = all.symbols[nameOf(symbol)];
    if (!about) return null;
    const code = about.python && `in code <code>${about.python}</code>`;
    const link = all.page && `<a href="${address(all, about)}">notation</a>`;
    const html =
      row("name", `${about.symbol} ${about.name}`) +
      row("role", about.role) +
      row("space", about.space) +
      row("more", [code, link].filter(Boolean).join(" · "));
    return { html, colour: `var(--${about.colour})` };
  };

  /**
   * A finger is broader than a letter: the nearest symbol within reach is meant.
   * @param {number} x
   * @param {number} y
   */
  const nearest = (x, y) => {
    const under = [0, -14, 14].map((dy) => document.elementFromPoint(x, y + dy));
    const formula = under.map((node) => node?.closest(".math")).find(Boolean);
    if (!formula || formula.closest(tip.quiet)) return null;
    /** @type {HTMLElement | null} */
    let best = null;
    let least = 22;
    for (const symbol of symbolsOf(formula)) {
      const box = symbol.getBoundingClientRect();
      const dx = Math.max(box.left - x, 0, x - box.right);
      const dy = Math.max(box.top - y, 0, y - box.bottom);
      const distance = Math.hypot(dx, dy);
      if (distance < least) [best, least] = [symbol, distance];
    }
    return best;
  };

  /** @type {TipKind} */
  const kind = { at: symbolAt, near: nearest, fill };
  tip.add(kind);
  /** @param {HTMLElement} symbol */
  const tell = async (symbol) => {
    await tip.show(symbol, kind);
    const about = (await load()).symbols[nameOf(symbol)];
    if (about && tip.about() === symbol) said.textContent = about.say;
  };

  /**
   * @param {Element} formula
   * @param {string} key
   */
  const step = (formula, key) => {
    const symbols = symbolsOf(formula);
    const now = symbols.findIndex((one) => one === tip.about());
    /** @type {Record<string, number>} */
    const next = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1 };
    const wanted = key === "Home" ? 0 : key === "End" ? symbols.length - 1 : next[key];
    return symbols[Math.min(Math.max(wanted, 0), symbols.length - 1)];
  };

  const listenToKeys = () => {
    document.addEventListener("keydown", (event) => {
      const math = around(event.target, "math[tabindex]");
      const formula = math?.closest(".math");
      if (!formula || event.altKey || event.ctrlKey || event.metaKey) return;
      if (/^(Arrow|Home|End)/.test(event.key)) {
        const symbol = step(formula, event.key);
        symbol.scrollIntoView({ block: "nearest", inline: "nearest" });
        tell(symbol);
        event.preventDefault();
        return;
      }
      const symbol = tip.about();
      const all = window.mathsSymbols;
      if (event.key === "Enter" && symbol && all?.page)
        location.href = address(all, all.symbols[nameOf(symbol)]);
    });
    document.addEventListener("focusin", (event) => {
      const math = around(event.target, "math[tabindex]");
      const formula = math?.closest(".math");
      if (formula && math?.matches(":focus-visible")) tip.show(symbolsOf(formula)[0], kind);
    });
    document.addEventListener("focusout", (event) => {
      if (around(event.target, "math[tabindex]") && !tip.holds(event.relatedTarget)) tip.hide();
    });
  };

  const start = () => {
    for (const formula of document.querySelectorAll(`.math:has(${SYMBOL})`)) {
      // The sentence of a live figure is spoken by its own words: no stop for keys is in it.
      if (formula.closest(`${tip.quiet}, [aria-hidden="true"]`)) continue;
      const math = formula.querySelector("math");
      math?.setAttribute("tabindex", "0");
      math?.setAttribute("aria-describedby", "symbol-hint");
    }
    listenToKeys();
  };
  start();
})();
