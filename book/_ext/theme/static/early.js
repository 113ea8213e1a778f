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

  // The page's letters, early enough for its first paint. On file:// asking for them so is an
  // error, and `optional` letters (1-letters.css) always come too late: there they may replace the
  // fallback when they come, which is at once.
  /** @type {Record<string, [string, FontFaceDescriptors]>} */
  const FACES = {
    "stix-two-text-normal": ["Book Serif", { weight: "400 700" }],
    "stix-two-text-italic": ["Book Serif", { weight: "400 700", style: "italic" }],
    "source-sans-3-normal": ["Book Sans", { weight: "200 900" }],
    "source-code-pro-normal": ["Book Code", { weight: "200 900" }],
  };
  const { src, dataset } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = location.protocol === "file:";
  for (const name of (dataset.letters ?? "").split(" ")) {
    const href = new URL(`fonts/${name}.woff2`, src).href;
    if (folder) {
      const [family, how] = FACES[name];
      document.fonts.add(new FontFace(family, `url("${href}")`, { ...how, display: "swap" }));
    } else {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
      document.head.append(link);
    }
  }
  dark.addEventListener("change", show);
  addEventListener("storage", show); // another tab
  addEventListener("pageshow", show); // back and forward
})();
