// Numbers that a cell computed, and terms of the glossary: pointed at or tapped, they say what
// stands of them at the page's end. A link to a cell opens what the cell is folded in.
(() => {
  "use strict";

  const SAID = ".number[data-told], a.reference:has(> .std-term)";

  /** @param {HTMLElement} about */
  const rowOf = (about) => {
    const link = about instanceof HTMLAnchorElement ? about.hash.slice(1) : "";
    return document.getElementById(`told-${about.dataset.told ?? decodeURIComponent(link)}`);
  };

  window.bookTip.add({
    at: (target) => (target instanceof Element ? target.closest(SAID) : null),
    fill: (about) => {
      const html = rowOf(about)?.querySelector(".told-body")?.innerHTML;
      return html ? { html, colour: "var(--ink)" } : null;
    },
  });

  const open = () => {
    const cell = location.hash.startsWith("#cell-") && document.querySelector(location.hash);
    if (!cell) return;
    const folds = [...cell.querySelectorAll("details")];
    for (let box = cell.closest("details"); box; box = box.parentElement?.closest("details") ?? null)
      folds.push(box);
    for (const fold of folds) fold.open = true;
    cell.scrollIntoView();
  };
  addEventListener("hashchange", open);
  // A cell that is the address already is closed perhaps, and wanted again.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="#cell-"]') : null;
    if (!link) return;
    window.bookTip.hide();
    if (link.getAttribute("href") === location.hash) open();
  });
  open();
})();
