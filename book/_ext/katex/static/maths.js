// A formula wider than its box can be scrolled by keyboard too, and its fading edge tells of more.
// Nothing here typesets: the formulas are in the page.
(() => {
  "use strict";

  /** @param {HTMLElement} box */
  const mark = (box) => {
    const more = [];
    if (box.scrollLeft > 1) more.push("start");
    if (box.scrollLeft + box.clientWidth < box.scrollWidth - 1) more.push("end");
    if (more.length) box.dataset.more = more.join(" ");
    else delete box.dataset.more;
    // A box whose formula can be focused needs no tab stop of its own.
    if (more.length && !box.querySelector("math[tabindex]")) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };

  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) mark(/** @type {HTMLElement} */ (entry.target));
  });
  /** @type {NodeListOf<HTMLElement>} */
  const boxes = document.querySelectorAll(".maths-box");
  for (const box of boxes) {
    sizes.observe(box);
    box.addEventListener("scroll", () => mark(box), { passive: true });
    // Until it is near, nothing of it is laid out.
    box.addEventListener("contentvisibilityautostatechange", (event) => {
      if (!(/** @type {ContentVisibilityAutoStateChangeEvent} */ (event).skipped)) requestAnimationFrame(() => mark(box));
    });
  }
})();
