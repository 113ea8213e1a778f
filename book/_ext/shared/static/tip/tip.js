// One box that explains what is pointed at, whatever it is: a feature says what it explains and how
// (`bookTip.add`), this file when and where. By pointer: hover, or tap; Escape closes it.
(() => {
  "use strict";

  const QUIET = "a, button, summary, label, nav, [contenteditable]";
  /** @type {TipKind[]} */
  const kinds = [];
  /** @type {HTMLElement | null} What is being explained. */
  let told = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  tip.setAttribute("popover", "manual");
  document.body.append(tip);

  /** @param {EventTarget | null} node */
  const inTip = (node) => node instanceof Node && tip.contains(node);

  /** @param {Element} about */
  const place = (about) => {
    const at = about.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), innerWidth - width - 8);
    const above = at.top - height - 10;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above < 8 ? at.bottom + 10 : above}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    told?.classList.remove("told");
    told = null;
    if (!tip.hidden) {
      if (tip.matches(":popover-open")) tip.hidePopover();
      tip.hidden = true;
    }
  };

  /**
   * @param {HTMLElement} about
   * @param {TipKind} kind
   */
  const show = async (about, kind) => {
    clearTimeout(timer);
    if (told === about) return;
    hide();
    told = about;
    const inside = await kind.fill(about);
    if (told !== about || !inside) return;
    for (const element of [tip, about]) element.style.setProperty("--tip", inside.colour);
    tip.innerHTML = inside.html;
    about.classList.add("told");
    tip.hidden = false;
    tip.showPopover?.();
    place(about);
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
   * What is meant, and by whom it is explained.
   * @param {(kind: TipKind) => HTMLElement | null | undefined} look
   * @returns {[HTMLElement, TipKind] | null}
   */
  const meant = (look) => {
    for (const kind of kinds) {
      const about = look(kind);
      if (about) return [about, kind];
    }
    return null;
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const found = meant((kind) => kind.at(event.target));
    if (found) soon(() => show(...found), 120);
    else if (inTip(event.target)) clearTimeout(timer);
    else if (told) soon(hide, 300);
    else clearTimeout(timer);
  });
  document.addEventListener("click", (event) => {
    if (inTip(event.target)) return;
    const { target, clientX, clientY } = event;
    const quiet = target instanceof Element && target.closest(QUIET);
    const found = meant((kind) => kind.at(target) ?? kind.near?.(clientX, clientY));
    if (found && !quiet) show(...found);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !told) return;
    hide();
    event.stopPropagation();
  });
  const follow = () => {
    if (!told || tip.hidden) return;
    const { top, bottom } = told.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) hide();
    else place(told);
  };
  // Captured: a wide formula scrolls in its own box.
  document.addEventListener("scroll", follow, { passive: true, capture: true });

  window.bookTip = {
    quiet: QUIET,
    about: () => told,
    add: (kind) => kinds.push(kind),
    show,
    hide,
    holds: inTip,
  };
})();
