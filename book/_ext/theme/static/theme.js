// What the page can do beyond being read. All of it can be missing: see layout.html.
(() => {
  const root = document.documentElement;
  /**
   * @param {string} selector
   * @param {ParentNode} within
   * @returns {HTMLElement[]}
   */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].map(html);
  /** @param {Node} node */
  const html = (node) => /** @type {HTMLElement} */ (node);
  /**
   * @param {Event} event
   * @param {string} selector
   * @returns {HTMLElement | null}
   */
  const around = ({ target }, selector) =>
    target instanceof Element ? target.closest(selector) : null;

  /** @type {Record<string, () => void>} */
  const actions = { theme: () => window.bookTheme.toggle(), print: () => window.print() };
  document.addEventListener("click", (event) => {
    const action = around(event, "[data-action]")?.dataset.action ?? "";
    if (action in actions) actions[action]();
  });

  // A link of the contents closes them where they lie over the page.
  const contents = document.getElementById("contents");
  contents?.addEventListener("click", (event) => {
    if (around(event, "a") && contents.matches(":popover-open")) contents.hidePopover();
  });
  const here = contents?.querySelector('[aria-current="page"]');
  requestAnimationFrame(() => here?.scrollIntoView({ block: "nearest" }));

  // The contents say which section is read.
  const links = new Map(
    all(".sections a").map((link) => {
      const { hash } = /** @type {HTMLAnchorElement} */ (link);
      return [decodeURIComponent(hash.slice(1)), link];
    }),
  );
  const heads = [...links.keys()].flatMap((id) => document.getElementById(id) ?? []);
  const mark = () => {
    const line = innerHeight / 3;
    const passed = heads.filter((head) => head.getBoundingClientRect().top < line);
    const current = links.get(passed.at(-1)?.id ?? "");
    for (const link of links.values()) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  if (heads.length) {
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    };
    addEventListener("scroll", soon, { passive: true });
    soon();
  }

  // Code: a button that copies; prompts of a session are left out.
  /** @param {string} text */
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  for (const box of all("div.highlight")) {
    const pre = box.querySelector("pre");
    if (!pre || box.closest(".cell_output")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const code = html(pre.cloneNode(true));
      for (const extra of all(".linenos, .gp, .go", code)) extra.remove();
      await copied((code.textContent ?? "").replace(/\n$/, ""));
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1600);
    });
    box.append(button);
  }

  // What scrolls sideways can be scrolled by keyboard, and its fading edge tells of more.
  const SIDEWAYS =
    ".pst-scrollable-table-container, .highlight pre, .cell_output pre, .ebm-picture[role=group]";
  /** @param {Element} box */
  const sizes = (box) => ({
    wide: box.scrollWidth > box.clientWidth + 1,
    start: box.scrollLeft > 1,
    end: box.scrollLeft + box.clientWidth < box.scrollWidth - 1,
  });
  /**
   * @param {HTMLElement} box
   * @param {{start: boolean, end: boolean}} sizes
   */
  const fade = (box, { start, end }) => {
    const more = [start && "start", end && "end"].filter(Boolean).join(" ");
    if (more) box.dataset.more = more;
    else delete box.dataset.more;
  };
  const reach = () => {
    // What lies in closed boxes is not laid out; it is measured when its box opens.
    const boxes = all(SIDEWAYS).filter((box) => box.checkVisibility?.() ?? true);
    // All are measured before any is changed, or each would lay out the page anew.
    const measured = boxes.map(sizes);
    boxes.forEach((box, i) => {
      if (measured[i].wide) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
      fade(box, measured[i]);
    });
  };
  /** @param {Event} event */
  const scrolled = ({ target: box }) => {
    if (box instanceof HTMLElement && box.matches(SIDEWAYS)) fade(box, sizes(box));
  };
  document.addEventListener("scroll", scrolled, { passive: true, capture: true });
  requestAnimationFrame(reach);
  addEventListener("resize", reach);
  addEventListener("toggle", reach, { capture: true });
  document.fonts?.ready.then(reach);

  // Paper shows what is folded.
  addEventListener("beforeprint", () => {
    for (const box of all("details:not([open])")) {
      box.setAttribute("open", "");
      box.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const box of all("details[data-printed]")) {
      box.removeAttribute("open");
      delete box.dataset.printed;
    }
  });
  root.classList.add("ready");
})();
