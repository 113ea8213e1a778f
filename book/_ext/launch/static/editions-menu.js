// Which edition this is, the way to the others, and a word where a newer one exists.
(() => {
  if (!window.bookEditions) return;
  const { here, root, newest, all } = window.bookEditions;
  if (!here && all.length < 2) return;
  /** @param {string} name */
  const words = (name) => (name ? `Edition ${name.slice(1)}` : "Newest draft");
  const base = document.documentElement.dataset.content_root ?? "";
  const top = new URL(base || ".", location.href).pathname;
  const page = decodeURI(location.pathname).slice(decodeURI(top).length);
  const away = /^[a-z]+:/.test(root) ? root : base + root;
  /**
   * The same page of another edition, if it has that page.
   * @param {Edition} edition
   */
  const where = ({ path, pages }) => away + path + (pages.includes(page) ? page : "index.html");

  const bar = document.querySelector(".bar-buttons");
  if (bar && all.length > 1) {
    const choice = document.createElement("select");
    choice.className = "edition";
    choice.setAttribute("aria-label", "Edition");
    for (const one of all) {
      const option = new Option(words(one.name), where(one), false, one.name === here);
      choice.append(option);
    }
    choice.addEventListener("change", () => location.assign(choice.value));
    bar.prepend(choice);
  } else if (bar) {
    const link = document.createElement("a");
    link.className = "edition";
    link.href = away;
    link.textContent = words(here);
    bar.prepend(link);
  }

  const newer = all.find((one) => one.name === newest);
  const article = document.querySelector("article");
  if (here && newer && here !== newest && article) {
    const note = document.createElement("p");
    note.className = "edition-note";
    note.setAttribute("role", "note");
    const link = document.createElement("a");
    link.href = where(newer);
    link.textContent = words(newest);
    note.append(`This is edition ${here.slice(1)}, which is no longer the newest. Read this page in `);
    note.append(link, ".");
    article.prepend(note);
  }
})();
