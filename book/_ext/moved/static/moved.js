// The page has moved: go where its link leads, to the place within it that was asked for.
(() => {
  const link = document.querySelector("a");
  if (link) location.replace(link.href + location.search + location.hash);
})();
