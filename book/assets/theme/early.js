// Runs before anything is painted, so that the other theme never flashes.
//
// The reader's system decides; a choice that differs from it is kept.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("book-theme");
    } catch {
      return null; // storage may be forbidden
    }
  };
  const show = () => {
    const system = dark.matches ? "dark" : "light";
    const choice = kept();
    root.dataset.theme = choice === "dark" || choice === "light" ? choice : system;
  };
  window.bookTheme = {
    toggle() {
      const next = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        if ((next === "dark") === dark.matches) localStorage.removeItem("book-theme");
        else localStorage.setItem("book-theme", next);
      } catch {
        root.dataset.theme = next;
        return;
      }
      show();
    },
  };
  show();
  root.classList.add("scripted");

  // The page's letters, early enough for its first paint. On file:// they are near, and asking
  // for them so is an error.
  const { src, dataset } = document.currentScript;
  for (const name of location.protocol === "file:" ? [] : dataset.letters.split(" ")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "" });
    link.href = new URL(`fonts/${name}.woff2`, src).href;
    document.head.append(link);
  }
  dark.addEventListener("change", show);
  addEventListener("storage", show); // another tab
  addEventListener("pageshow", show); // back and forward
})();
