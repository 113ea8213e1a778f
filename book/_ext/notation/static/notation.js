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
  const QUIET = "a, button, summary, label, nav, [contenteditable]";
  /** @type {HTMLElement | null} The symbol that is being explained. */
  let told = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

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
  const said = make("div", { className: "maths-said", role: "status" });
  const tip = make("div", { id: "symbol-tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  tip.setAttribute("popover", "manual");

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
  /** @param {EventTarget | null} node */
  const inTip = (node) => node instanceof Node && tip.contains(node);
  /**
   * @param {EventTarget | null} node
   * @returns {HTMLElement | null}
   */
  const symbolAt = (node) => {
    const symbol = /** @type {HTMLElement | null} */ (around(node, SYMBOL));
    return symbol && !symbol.closest(QUIET) ? symbol : null;
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
  /**
   * @param {HTMLElement} symbol
   * @param {Explained} about
   * @param {Explanations} all
   */
  const fill = (symbol, about, all) => {
    const code = about.python && `in code <code>${about.python}</code>`;
    const link = all.page && `<a href="${address(all, about)}">notation</a>`;
    for (const element of [tip, symbol])
      element.style.setProperty("--tip", `var(--${about.colour})`);
    tip.innerHTML =
      row("name", `${about.symbol} ${about.name}`) +
      row("role", about.role) +
      row("space", about.space) +
      row("more", [code, link].filter(Boolean).join(" · "));
  };

  /** @param {Element} symbol */
  const place = (symbol) => {
    const at = symbol.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), innerWidth - width - 8);
    const above = at.top - height - 10;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above < 8 ? at.bottom + 10 : above}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    told?.classList.remove("maths-told");
    told = null;
    if (!tip.hidden) {
      if (tip.matches(":popover-open")) tip.hidePopover();
      tip.hidden = true;
    }
  };

  /** @param {HTMLElement} symbol */
  const explain = async (symbol, aloud = false) => {
    clearTimeout(timer);
    if (told === symbol && !aloud) return;
    hide();
    told = symbol;
    const all = await load();
    const about = all.symbols[nameOf(symbol)];
    if (told !== symbol || !about) return;
    symbol.classList.add("maths-told");
    fill(symbol, about, all);
    tip.hidden = false;
    tip.showPopover?.();
    place(symbol);
    if (aloud) said.textContent = about.say;
  };

  /**
   * @param {() => void} action
   * @param {number} delay
   */
  const soon = (action, delay) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };

  /**
   * A finger is broader than a letter: the nearest symbol within reach is meant.
   * @param {number} x
   * @param {number} y
   */
  const nearest = (x, y) => {
    const under = [0, -14, 14].map((dy) => document.elementFromPoint(x, y + dy));
    const formula = under.map((node) => node?.closest(".math")).find(Boolean);
    if (!formula || formula.closest(QUIET)) return null;
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

  const listenToPointer = () => {
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      const symbol = symbolAt(event.target);
      if (symbol) soon(() => explain(symbol), 120);
      else if (inTip(event.target)) clearTimeout(timer);
      else if (told) soon(hide, 300);
      else clearTimeout(timer);
    });
    document.addEventListener("click", (event) => {
      if (inTip(event.target)) return;
      const symbol = symbolAt(event.target) ?? nearest(event.clientX, event.clientY);
      if (symbol && !around(event.target, QUIET)) explain(symbol);
      else hide();
    });
    const follow = () => {
      if (!told || tip.hidden) return;
      const { top, bottom } = told.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) hide();
      else place(told);
    };
    // Captured: a wide formula scrolls in its own box.
    document.addEventListener("scroll", follow, { passive: true, capture: true });
  };

  /**
   * @param {Element} formula
   * @param {string} key
   */
  const step = (formula, key) => {
    const symbols = symbolsOf(formula);
    const now = told ? symbols.indexOf(told) : -1;
    /** @type {Record<string, number>} */
    const next = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1 };
    const wanted = key === "Home" ? 0 : key === "End" ? symbols.length - 1 : next[key];
    return symbols[Math.min(Math.max(wanted, 0), symbols.length - 1)];
  };

  const listenToKeys = () => {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && told) {
        hide();
        event.stopPropagation();
        return;
      }
      const math = around(event.target, "math[tabindex]");
      const formula = math?.closest(".math");
      if (!formula || event.altKey || event.ctrlKey || event.metaKey) return;
      if (/^(Arrow|Home|End)/.test(event.key)) {
        const symbol = step(formula, event.key);
        symbol.scrollIntoView({ block: "nearest", inline: "nearest" });
        explain(symbol, true);
        event.preventDefault();
      } else if (event.key === "Enter" && told && window.mathsSymbols?.page) {
        const all = window.mathsSymbols;
        location.href = address(all, all.symbols[nameOf(told)]);
      }
    });
    document.addEventListener("focusin", (event) => {
      const math = around(event.target, "math[tabindex]");
      const formula = math?.closest(".math");
      if (formula && math?.matches(":focus-visible")) explain(symbolsOf(formula)[0]);
    });
    document.addEventListener("focusout", (event) => {
      if (around(event.target, "math[tabindex]") && !inTip(event.relatedTarget)) hide();
    });
  };

  const start = () => {
    for (const formula of document.querySelectorAll(`.math:has(${SYMBOL})`)) {
      if (formula.closest(QUIET)) continue;
      const math = formula.querySelector("math");
      math?.setAttribute("tabindex", "0");
      math?.setAttribute("aria-describedby", "symbol-hint");
    }
    listenToPointer();
    listenToKeys();
  };
  start();
})();
