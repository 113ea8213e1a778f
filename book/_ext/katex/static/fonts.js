// Fetch the three faces that nearly every formula needs together with the page, not after its first
// layout, so that formulas are seen with the first paint. Opened from a folder a page may not ask
// for fonts this way, and has them at once.
if (location.protocol !== "file:") {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  for (const face of ["Math-BoldItalic", "Math-Italic", "Main-Regular"]) {
    const link = document.createElement("link");
    const href = new URL(`../katex/fonts/KaTeX_${face}.woff2`, src);
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
    document.head.append(link);
  }
}
