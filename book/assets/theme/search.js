// Under each result: what its page begins with. Sphinx's own way is to fetch the pages.
(() => {
  const summaries = window.bookSummaries ?? {};
  const root = document.documentElement.dataset.content_root;
  const results = document.getElementById("search-results");
  const tell = (item) => {
    const link = item.querySelector?.("a[data-score]");
    if (!link || "told" in item.dataset) return;
    item.dataset.told = "";
    const name = link.getAttribute("href").replace(/#.*$/, "").replace(/\.html$/, "");
    const words = summaries[name.startsWith(root) ? name.slice(root.length) : name];
    if (!words) return;
    const line = document.createElement("p");
    line.textContent = words;
    item.append(line);
  };
  new MutationObserver(() => results.querySelectorAll("li").forEach(tell)).observe(results, {
    childList: true,
    subtree: true,
  });
  document.querySelector(".find-large input")?.focus();
})();
