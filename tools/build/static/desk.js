// Loaded by served pages alone: reloads after each good build, and tells of one that failed.
"use strict";

(() => {
  const shown = new URL(document.currentScript.src).searchParams.get("site");
  const bar = document.createElement("div");
  const words = document.createElement("pre");
  bar.id = "desk-failure";
  bar.setAttribute("role", "alert");
  bar.style.cssText =
    "position:fixed;inset:0 0 auto 0;z-index:2147483647;max-height:60vh;overflow:auto;" +
    "padding:.8rem 1.2rem;background:#7a0014;color:#fff;box-shadow:0 2px 12px #0008";
  words.style.cssText =
    "margin:0;white-space:pre-wrap;background:none;color:inherit;font:.9rem/1.45 monospace";
  bar.append(words);

  new EventSource("/-/desk/events").onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.failure) {
      words.textContent = `This page is of the last good build. ${told.failure}`;
      document.body.append(bar);
    } else {
      bar.remove();
    }
    if (told.site !== shown) location.reload();
  };
})();
