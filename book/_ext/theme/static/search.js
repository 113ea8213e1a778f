// Under each result: what its page begins with. Sphinx's own way is to fetch the pages.
(() => {
  const root = document.documentElement.dataset.content_root ?? "";
  const results = /** @type {HTMLElement} */ (document.getElementById("search-results"));
  /** @param {HTMLElement} item */
  const tell = (item) => {
    const link = item.querySelector("a[data-score]");
    if (!link || "told" in item.dataset) return;
    item.dataset.told = "";
    const name = (link.getAttribute("href") ?? "").replace(/#.*$/, "").replace(/\.html$/, "");
    const words = window.bookSummaries?.[name.startsWith(root) ? name.slice(root.length) : name];
    if (!words) return;
    const line = document.createElement("p");
    line.textContent = words;
    item.append(line);
  };
  const tellAll = () => results.querySelectorAll("li").forEach(tell);
  new MutationObserver(tellAll).observe(results, { childList: true, subtree: true });
  tellAll(); // what was found before this script came
  /** @type {HTMLElement | null} */ (document.querySelector(".find-large input"))?.focus();
})();
