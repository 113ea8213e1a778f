// What the tests ask of a page; in the page before its own scripts run.
(() => {
  // When the theme was set, and whether there was a body to paint by then.
  const themes = [];
  new MutationObserver(() => {
    const theme = document.documentElement?.dataset.theme;
    if (theme && theme !== themes.at(-1)?.theme) themes.push({ theme, late: !!document.body });
  }).observe(document, { attributes: true, subtree: true, childList: true });

  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const texts = function* (root) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.trim()) yield walk.currentNode;
  };
  const short = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);
  const named = (one) =>
    `<${one.localName}${one.id ? ` id=${one.id}` : ""}> ${short(one.ariaLabel ?? one.textContent)}`;

  // What is folded is a part of the page, too.
  const unfold = () => document.querySelectorAll("details").forEach((box) => (box.open = true));

  // How far the page scrolls sideways once all of it is laid out: what waits for that cuts off.
  const wide = () => {
    const style = document.createElement("style");
    style.textContent = "* { content-visibility: visible !important }";
    document.head.append(style);
    const { scrollWidth } = document.scrollingElement;
    style.remove();
    return scrollWidth - document.documentElement.clientWidth;
  };

  // Texts on the screen, in CSS pixels; what is only read aloud is a pixel wide.
  const smallText = () =>
    [...texts(document.body)].flatMap((node) => {
      const box = node.parentElement;
      if (!seen(box) || box.closest("svg, .katex, sup, sub")) return [];
      const size = parseFloat(getComputedStyle(box).fontSize);
      return size < 11 && box.getBoundingClientRect().width > 2 ? [`${size} ${node.data}`] : [];
    });

  // Letters that have not their colour: those that a class colours, and those of a symbol that has
  // a role. `palette`: name -> "r, g, b" in this theme; `roles`: symbol -> name.
  const wrongMaths = (palette, roles) => {
    const wrong = new Set();
    for (const symbol of document.querySelectorAll(".katex-html [data-symbol]")) {
      const name = roles[symbol.dataset.symbol];
      const letter = texts(symbol).next().value?.parentElement ?? symbol;
      const colour = getComputedStyle(letter).color;
      if (name && colour !== `rgb(${palette[name]})`)
        wrong.add(`${symbol.dataset.symbol} is ${colour}`);
    }
    for (const letter of document.querySelectorAll('.katex-html [class*="c-"]')) {
      const name = /(?:^|\s)c-([a-z]+)(?:\s|$)/.exec(letter.className)?.[1];
      const colour = getComputedStyle(letter).color;
      if (name && colour !== `rgb(${palette[name]})`) wrong.add(`${name} is ${colour}`);
    }
    return [...wrong];
  };

  // Parts of formulas that have not the number of children that MathML asks of them.
  const parts = { mfrac: 2, mroot: 2, msub: 2, msup: 2, munder: 2, mover: 2, msubsup: 3, munderover: 3 };
  const wrongMarkup = () =>
    Object.entries(parts).flatMap(([name, count]) =>
      [...document.querySelectorAll(`math ${name}`)]
        .filter((one) => one.childElementCount !== count)
        .map((one) => `<${name}> of ${one.childElementCount}: ${short(one.textContent)}`),
    );

  // Fills and strokes of figures that are not of this theme. Mixes have numbered variables.
  const wrongFigures = (palette) => {
    const wrong = new Set();
    const known = new Set(Object.values(palette).map((rgb) => `rgb(${rgb})`));
    const parts = ["style", "fill", "stroke"].map((name) => `figure svg [${name}]`).join();
    for (const part of document.querySelectorAll(parts)) {
      const style = getComputedStyle(part);
      for (const property of ["fill", "stroke"]) {
        const asked = part.style.getPropertyValue(property) || part.getAttribute(property);
        if (!asked || asked === "none" || /^var\(--m\d/.test(asked)) continue;
        const name = /var\(--([a-z]+)/.exec(asked)?.[1];
        const colour = style[property];
        const fits = name ? colour === `rgb(${palette[name]})` : known.has(colour);
        if (!fits && !/url\(/.test(asked)) wrong.add(`${property}: ${asked} is ${colour}`);
      }
    }
    return [...wrong];
  };

  // Words that a box cuts off and nobody can scroll to.
  const cutOff = () => {
    const lost = new Set();
    for (const node of texts(document.querySelector("main") ?? document.body)) {
      const parent = node.parentElement;
      if (!seen(parent) || parent.closest("svg, .katex, .copy, .heard")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right } = range.getBoundingClientRect();
      for (let box = parent; box !== document.body && box; box = box.parentElement) {
        const flow = getComputedStyle(box).overflowX;
        if (flow === "auto" || flow === "scroll") break;
        const edge = box.getBoundingClientRect();
        if (flow !== "visible" && (right > edge.right + 1 || left < edge.left - 1))
          lost.add(short(node.data));
      }
    }
    return [...lost];
  };

  // The words that are in view, without what only scripts add.
  const words = () => {
    // The heads of tables that stack: on a narrow page each row says its own. The strip shows
    // neighbours alone; a number is compared, and a figure's sentence told, by scripts; the symbols
    // stand in the margin or behind a button.
    const extra =
      "button:not(.ebm-try), .needs-script, .ebm-controls, .run-seconds, .katex-html, noscript," +
      "nav.strip, .symbols, #search-results, .ebm-number, .ebm-said, .cell-head," +
      ":is(table.notation, .stacks) thead";
    unfold();
    return [...texts(document.querySelector("main"))]
      .filter(({ parentElement: box }) => seen(box) && !box.closest(extra))
      .map((node) => node.data)
      .join(" ")
      .replace(/\s+/g, " ");
  };

  // A walk by Tab: what should be reached, what was, and what of it could not be seen.
  const startWalk = () => {
    unfold();
    // A choice is reached in its group, and chosen by arrows; what lies behind words is not.
    const kinds =
      "a[href]:not([aria-hidden=true]), button, summary, input, select, textarea, [tabindex='0']," +
      "[data-action], [role=button], [role=link]";
    const first = (one) =>
      one.type !== "radio" || one === document.querySelector(`[name="${one.name}"]`);
    const pressed = [...document.querySelectorAll("body *")].filter(
      (one) =>
        seen(one) && getComputedStyle(one).cursor === "pointer" &&
        !one.closest(`${kinds}, label, [aria-hidden=true]`),
    );
    const scrolls = (one) => one.scrollWidth > one.clientWidth + 1;
    const wide = [...document.querySelectorAll("main *")].filter(
      (one) =>
        scrolls(one) && /auto|scroll/.test(getComputedStyle(one).overflowX) && seen(one) &&
        !one.querySelector(kinds),
    );
    const wanted = new Set(
      [...document.querySelectorAll(kinds)].filter(seen).filter(first).concat(wide, pressed),
    );
    const walk = { reached: new Set(), unmarked: new Set(), hidden: new Set(), last: null };
    walk.round = false; // whether it has come round to where it began
    const bar = document.querySelector("header.bar");
    const check = (one) => {
      const box = one.getBoundingClientRect();
      const over = one.closest("header.bar, .skip");
      const top = bar && !over ? bar.getBoundingClientRect().bottom : 0;
      const place = one.closest(".math") ?? one;
      // A link that is laid over its whole card marks that.
      const outline = (e) =>
        [null, "::after"].some((part) => getComputedStyle(e, part).outlineStyle !== "none");
      if (!outline(one) && !outline(place) && !outline(one.closest(".maths-box") ?? one))
        walk.unmarked.add(named(one));
      if (box.bottom <= top || box.top >= innerHeight) walk.hidden.add(named(one));
    };
    addEventListener("focusin", ({ target }) => {
      walk.round ||= walk.reached.size > 1 && target === [...walk.reached][0];
      walk.last = target;
      walk.reached.add(target);
    });
    addEventListener("keyup", () => document.activeElement === walk.last && check(walk.last));
    // What scrolled sideways need not do so any more where folds have opened.
    const stop = (one) => one.tabIndex >= 0 || wide.includes(one) || pressed.includes(one);
    walk.missed = () =>
      [...wanted].filter((one) => !walk.reached.has(one) && seen(one) && stop(one)).map(named);
    probe.walk = walk;
    return wanted.size;
  };
  const endWalk = () => {
    const { walk } = probe;
    return { missed: walk.missed(), unmarked: [...walk.unmarked], hidden: [...walk.hidden] };
  };

  // An element's name, of its own or of words that it points at.
  const said = (one) =>
    one?.ariaLabel ?? document.getElementById(one?.getAttribute("aria-labelledby"))?.textContent;

  const moving = () =>
    document.getAnimations().length +
    document.querySelectorAll("animate, animateMotion, animateTransform, set, marquee").length +
    [...document.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      return (
        parseFloat(style.transitionDuration) > 0 ||
        style.animationName !== "none" ||
        style.scrollBehavior === "smooth"
      );
    }).length;

  const look = ({ palette, roles }) => ({
    wide: wide(),
    heads: document.querySelectorAll("h1").length,
    small: smallText(),
    maths: wrongMaths(palette, roles),
    markup: wrongMarkup(),
    figures: wrongFigures(palette),
    cut: cutOff(),
    moving: moving(),
    errors: document.querySelectorAll(".katex-error, .problematic").length,
    unnamed: [...document.querySelectorAll(".ebm-picture > svg, main img")]
      // The panels of a figure that moves are one picture.
      .filter((one) => !(said(one.closest("[role=img]")) ?? one.alt)?.trim())
      // A small picture in a link, on a card or promised says nothing that the words beside it
      // do not say.
      .filter((one) => !(one.closest(".promise") ?? one.closest("a, .card-of-page"))
        ?.textContent.trim()).length,
    next: document.querySelector("a[rel=next], a.start-link")?.href ?? "",
    previous: document.querySelector("a[rel=prev]")?.href ?? "",
  });

  const facts = (sheet) => {
    unfold();
    return look(sheet);
  };

  // A formula that holds nothing to focus becomes a tab stop when it is first seen to be wide.
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const settle = async () => {
    for (const box of document.querySelectorAll(".maths-box:not(:has(math[tabindex]))")) {
      box.scrollIntoView({ block: "center" });
      for (let i = 0; i < 4 && box.scrollWidth > box.clientWidth && box.tabIndex < 0; i++)
        await frame();
      await frame();
    }
    scrollTo(0, 0);
  };

  // Code that is not folded and of which a reader sees all of a line only by scrolling.
  const cutCode = () =>
    [...document.querySelectorAll(".cell_input:not(details *) pre")]
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => short(one.textContent));

  const probe = { settle, themes, words, facts, cutOff, cutCode, startWalk, endWalk };
  window.probe = probe;
})();
