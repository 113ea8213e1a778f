// The box that finds: `/` or Ctrl-K opens it on every page, and so does whatever has `data-search`.
// All that it needs (the library, the records, the ranking) is loaded when it is first opened.
(() => {
  const source = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = new URL("./", source.src);
  const root = new URL("../../", folder);
  const MOST = 30;
  const LONGEST = 190; // letters of a sentence
  const SHORT = 5; // words: fewer say little
  const WORD = /[\p{L}\p{N}][\p{L}\p{N}_.'’+-]*/gu;

  /** @param {string} name */
  const load = (name) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL(name, folder).href;
      script.onload = done;
      script.onerror = () => failed(new Error(`${name} could not be loaded.`));
      document.head.append(script);
    });
  /** @type {Promise<BookFind> | null} */
  let finding = null;
  let ready = false;
  const find = () => {
    const files = ["library.js", "records.js", "words.js", "engine.js"];
    finding ??= Promise.all(files.map(load)).then(async () => {
      const found = await window.bookSearch(window.bookRecords);
      ready = true;
      return found;
    });
    return finding;
  };

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} inside
   */
  const make = (tag, attributes = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  // The words of a text, those that were looked for marked.
  /** @param {string} text @param {BookFound} found */
  const marked = (text, found) => {
    /** @type {(Node | string)[]} */
    const parts = [];
    let end = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (!found.matches(word)) continue;
      const bare = word.replace(/[.'’-]+$/, "");
      parts.push(text.slice(end, index), make("mark", {}, bare));
      end = index + bare.length;
    }
    return [...parts, text.slice(end)];
  };

  /** The sentence that says most of what was looked for. @param {BookFound} found */
  const sentence = (found) => {
    const all = found.record.text.split(/\n|(?<=[.?!:])\s+/u).filter(Boolean);
    const counts = all.map((one) => {
      const words = [...one.matchAll(WORD)].map(([word]) => word.toLowerCase());
      return new Set(words.filter(found.matches)).size + (words.length < SHORT ? 0 : 0.5);
    });
    const best = all[Math.max(0, counts.indexOf(Math.max(...counts)))] ?? "";
    const first = [...best.matchAll(WORD)].find(([word]) => found.matches(word))?.index ?? 0;
    return around(best, first);
  };
  /** A long sentence is cut between words. @param {string} text @param {number} at */
  const around = (text, at) => {
    if (text.length <= LONGEST) return text;
    const start = at < LONGEST * 0.7 ? 0 : text.indexOf(" ", at - LONGEST / 3) + 1;
    const rest = text.slice(start, start + LONGEST);
    const end = start + LONGEST >= text.length ? rest.length : rest.lastIndexOf(" ");
    return `${start ? "… " : ""}${rest.slice(0, end)}${end < rest.length ? " …" : ""}`;
  };

  /** @param {BookFound} found */
  const item = (found) => {
    const { record } = found;
    const href = new URL(record.address + (record.place && `#${record.place}`), root).href;
    const title = make("span", { class: "search-title" }, ...marked(record.title, found));
    const line = make("span", { class: "search-sentence" }, ...marked(sentence(found), found));
    const page = `${record.number} ${record.pageTitle}`.trim();
    const where = record.kind === "page" ? record.number : page;
    const head = where ? [make("span", { class: "search-where" }, where), " "] : [];
    return make("li", {}, make("a", { href }, ...head, title, " ", line));
  };

  /** The field, what it found and how many. @param {string} label */
  const box = (label) => {
    const attributes = { type: "search", name: "q", autocomplete: "off", spellcheck: "false" };
    const field = make("input", { ...attributes, "aria-label": label, placeholder: "Search" });
    const said = make("p", { class: "search-said", role: "status" });
    const list = make("ol", { class: "search-results", "aria-label": "Found" });
    const form = make("form", { class: "search-form", role: "search" }, field);
    const answer = async () => {
      const query = field.value;
      if (!ready) said.textContent = "Opening the index …";
      const all = query.trim() ? (await find())(query).slice(0, MOST) : [];
      if (query !== field.value) return; // one has typed on
      list.replaceChildren(...all.map(item));
      list.scrollTop = 0;
      const places = all.length === 1 ? "1 place" : `${all.length} places`;
      const count = all.length === MOST ? `The best ${places}` : places;
      const none = "Nothing found. Fewer words, or another one?";
      said.textContent = !query.trim() ? "" : all.length ? count : none;
    };
    const tell = () =>
      answer().catch((error) => (said.textContent = `The search did not load: ${error.message}`));
    field.addEventListener("input", tell);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      tell().then(() => list.querySelector("a")?.click());
    });
    return { field, said, list, form, tell };
  };

  /** Up and down go through the field and the results. @param {HTMLElement} within */
  const arrows = (within) =>
    within.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const stops = /** @type {HTMLElement[]} */ ([...within.querySelectorAll("input, li > a")]);
      const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      event.preventDefault();
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
    });

  /** @type {{ dialog: HTMLDialogElement, field: HTMLInputElement } | null} */
  let made = null;
  const dialog = () => {
    if (made) return made;
    const { field, said, list, form } = box("Search the book");
    const close = make("button", { type: "button", class: "search-close" }, "Close");
    const head = make("div", { class: "search-head" }, form, close);
    const whole = make("dialog", { class: "search", "aria-label": "Search" }, head, said, list);
    close.addEventListener("click", () => whole.close());
    whole.addEventListener("click", ({ target }) => {
      const link = target instanceof Element && target.closest("a");
      if (target === whole || link) whole.close(); // beside the box, or on to this page's section
    });
    arrows(whole);
    document.body.append(whole);
    return (made = { dialog: whole, field });
  };
  const open = () => {
    const box = dialog();
    if (!box.dialog.open) box.dialog.showModal();
    box.field.focus();
    box.field.select();
    find().catch(() => {}); // told when something is typed
  };

  // The page `search` has the box in its text.
  const place = document.querySelector('[data-search="page"]');
  const own = place && box("Search the book");
  if (place && own) {
    place.append(own.form, own.said, own.list);
    arrows(/** @type {HTMLElement} */ (place));
    own.field.value = new URLSearchParams(location.search).get("q") ?? "";
    own.field.focus();
    own.tell();
  }
  const begin = () => (own ? own.field.focus() : open());

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const typing =
      target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const k = event.key === "k" && (event.ctrlKey || event.metaKey);
    if (!slash && !k) return;
    event.preventDefault();
    begin();
  });
  document.addEventListener("click", (event) => {
    const { target } = event;
    if (!(target instanceof Element) || !target.closest('[data-search="open"]')) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a page of its own
    event.preventDefault();
    document
      .querySelectorAll("[popover]:popover-open")
      .forEach((one) => /** @type {HTMLElement} */ (one).hidePopover());
    begin();
  });
})();
