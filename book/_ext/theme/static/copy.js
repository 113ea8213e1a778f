// What is copied by hand reads as the page does: a formula once, as the TeX that one could type, and
// without our buttons, the marks of headings and the prompts of a session. For word processors, which
// take HTML, a formula is its MathML alone.
(() => {
  "use strict";
  const EXTRA = "button, .headerlink, .gp, .linenos, .eqno > a, .ebm-links";

  /**
   * A formula that is selected in part is copied whole.
   * @param {Range} range
   */
  const whole = (range) => {
    /** @param {Node} node */
    const around = (node) =>
      (node instanceof Element ? node : node.parentElement)?.closest("[data-tex]");
    const first = around(range.startContainer);
    const last = around(range.endContainer);
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    return range;
  };

  /**
   * @param {DocumentFragment} part
   * @param {boolean} lines whether line breaks are kept, as within code
   */
  const words = (part, lines) => {
    for (const formula of part.querySelectorAll("[data-tex]")) {
      const tex = formula.getAttribute("data-tex");
      const fence = formula.matches("div") ? "$$" : "$";
      // The stop behind a short formula and the bracket before it stand within it, and its number.
      for (const typeset of formula.querySelectorAll(".katex")) typeset.replaceWith(`${fence}${tex}${fence}`);
      formula.querySelector(".eqno")?.prepend(" ");
      if (fence === "$") formula.replaceWith(...formula.childNodes);
      else formula.replaceChildren(formula.textContent ?? "");
    }
    if (lines) return part.textContent ?? "";
    // Only what is laid out has its blocks in lines of their own.
    const box = document.createElement("div");
    box.className = "unseen";
    for (const late of part.querySelectorAll(".maths-lines")) late.classList.remove("maths-lines");
    box.append(part);
    document.body.append(box);
    const text = box.innerText;
    box.remove();
    return text.trim();
  };

  /** @param {DocumentFragment} part */
  const html = (part) => {
    for (const formula of part.querySelectorAll("[data-tex]")) {
      for (const typeset of formula.querySelectorAll(".katex")) {
        const maths = typeset.querySelector("math");
        if (maths) typeset.replaceWith(maths);
      }
      formula.removeAttribute("data-tex");
    }
    const box = document.createElement("div");
    box.append(part);
    return box.innerHTML;
  };

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    const typed = event.target instanceof HTMLElement && event.target.matches("input, textarea");
    if (typed || !event.clipboardData || !selection?.rangeCount || selection.isCollapsed) return;
    const range = whole(selection.getRangeAt(0).cloneRange());
    const part = range.cloneContents();
    if (!part.querySelector(`[data-tex], ${EXTRA}`)) return;
    for (const extra of part.querySelectorAll(EXTRA)) extra.remove();
    const parent = range.commonAncestorContainer;
    const code = (parent instanceof Element ? parent : parent.parentElement)?.closest("pre");
    const rich = /** @type {DocumentFragment} */ (part.cloneNode(true));
    event.clipboardData.setData("text/plain", words(part, Boolean(code)));
    event.clipboardData.setData("text/html", html(rich));
    event.preventDefault();
  });
})();
