// Ranks the book's places for what a reader types; it touches no page, so Node can run it, too.
// First comes what is called just that (by its title, the index, a link from elsewhere), then words
// by BM25 in weighted fields; endings, beginnings and typing errors are forgiven, in this order.
(() => {
  /** @type {Record<string, number>} */
  const WEIGHTS = {
    ...{ title: 6, terms: 6, called: 4, defined: 3, marked: 2.5 },
    ...{ inside: 1, text: 1, names: 0.6, context: 0.3 },
  };
  const LOOSER = Object.fromEntries(Object.entries(WEIGHTS).map(([name, one]) => [name, one / 4]));
  const ERRORS = { prefix: 0.35, fuzzy: 0.15 }; // what a word counts that is longer, or misspelt
  // What teaches comes before what is asked, and that before what is looked up.
  /** @type {Record<string, number>} */
  const KINDS = {
    ...{ page: 1.4, section: 1, exercise: 0.5, solution: 0.4 },
    ...{ code: 0.3, symbol: 0.3, work: 0.3 },
  };
  const UNNUMBERED = 0.35; // the appendices
  const FRAME = 0.4; // sections that many pages have, as their exercises
  const MANY = 3;
  const FEW = 10; // found with all words; below, places with some of them are added
  const READ = 80; // places that are ranked

  /** @param {BookRecords} book @returns {BookRecord[]} */
  const recordsOf = (book) =>
    book.records.map((row, id) => {
      const [page, place, kind, heading, terms, marked, defined, names, text, called] = row;
      const [address, pageTitle, number] = book.pages[page];
      // A page is called as its address, too, and as what stands before the colon of its title.
      const slug = address.replace(/^.*\/|\.html$/g, "");
      const title = kind === "page" ? [heading, slug, heading.split(":")[0]] : [heading];
      const fields = { title, terms, marked, defined, called, names };
      return { id, page, place, kind, title: heading, address, pageTitle, number, text, fields };
    });

  /** The terms of each page's sections. @param {BookRecord[]} records */
  const inside = (records) => {
    /** @type {Map<number, string[]>} */
    const found = new Map();
    for (const { page, place, fields } of records) {
      if (place) found.set(page, [...(found.get(page) ?? []), ...fields.terms]);
    }
    return found;
  };

  // What the library indexes of a place.
  /** @param {BookRecord[]} records @param {BookRecords} book */
  const indexed = (records, book) => {
    const terms = inside(records);
    const tops = new Map(
      records.filter((one) => one.kind === "page").map((one) => [one.page, one]),
    );
    return records.map(({ id, page, kind, pageTitle, text, fields }) => {
      const above = tops.get(page)?.fields;
      const context = [pageTitle, ...(above?.terms ?? []), ...(above?.called ?? [])];
      if (kind === "page" || kind === "section") context.push(book.pages[page][3]);
      const lists = { ...fields, context, inside: kind === "page" ? (terms.get(page) ?? []) : [] };
      const texts = Object.entries(lists).map(([name, list]) => [name, list.join("\n")]);
      return { id, text, ...Object.fromEntries(texts) };
    });
  };

  /** What places are worth before one asks. @param {BookRecord[]} records */
  const worths = (records) => {
    /** @type {Map<string, number>} */
    const titles = new Map();
    for (const { title, kind } of records) {
      if (kind === "section") titles.set(title, (titles.get(title) ?? 0) + 1);
    }
    const numbered = records.some(({ number }) => number);
    return records.map(({ kind, number, title }) => {
      const frame = kind === "section" && (titles.get(title) ?? 0) >= MANY ? FRAME : 1;
      return (KINDS[kind] ?? 1) * (numbered && !number ? UNNUMBERED : 1) * frame;
    });
  };

  // How much a place gains that says just what is asked.
  /** @param {BookRecord[]} records @param {BookWords} words */
  const gains = (records, { same }) => {
    const terms = inside(records);
    /** @type {Map<number, Record<string, string[]>>} */
    const known = new Map();
    /** @param {BookRecord} record */
    const compared = ({ id, kind, page, text, fields }) => {
      const inner = kind === "page" ? (terms.get(page) ?? []) : [];
      const lists = Object.entries({ ...fields, inner, text: [text] });
      const found =
        known.get(id) ?? Object.fromEntries(lists.map(([name, list]) => [name, list.map(same)]));
      known.set(id, found);
      return found;
    };
    return (/** @type {BookRecord} */ record, /** @type {string} */ query) => {
      const { title, terms, called, marked, defined, inner, text } = compared(record);
      const within = ` ${query} `;
      if (title.includes(query)) return 5;
      if (terms.includes(query) || called.includes(query)) return 4;
      if (defined.includes(query) || ` ${title[0]} `.startsWith(within)) return 3; // its subject
      if (` ${title[0]} `.includes(within)) return 2.5;
      if (marked.includes(query) || inner.includes(query)) return 2;
      return ` ${text[0]} `.includes(within) ? 1.3 : 1;
    };
  };

  /** The library's answers. @param {SearchLibrary} library @param {BookWords} words */
  const asking = (library, { parts, joined, stem }) => {
    /** @param {string} word @param {boolean} last */
    const asked = (word, last) => {
      const whole = joined(word);
      const fuzzy = whole.length > 4 && /^\p{L}+$/u.test(whole) ? 0.2 : false;
      /** @type {object[]} */
      const queries = [{ queries: [whole], prefix: last || whole.length > 3, fuzzy }];
      const bare = stem(whole);
      if (bare !== whole) queries.push({ queries: [bare], fuzzy: bare.length > 4 && fuzzy });
      const apart = parts(word).length > 1 && !word.endsWith("+");
      if (apart)
        queries.push({ combineWith: "AND", queries: parts(word).map(stem), boost: LOOSER });
      return { combineWith: "OR", queries };
    };
    /** @param {string[]} words @param {string} combineWith */
    const ask = (words, combineWith) => {
      const queries = words.map((word, k) => asked(word, k === words.length - 1));
      const tokenize = (/** @type {string} */ text) => [text];
      const options = { boost: WEIGHTS, weights: ERRORS, tokenize };
      return library.search({ combineWith, queries }, options).slice(0, READ);
    };
    /** Places with all words; where they are few, those with some after them. */
    return (/** @type {string[]} */ words) => {
      const every = ask(words, "AND");
      if (every.length >= FEW || words.length === 1) return every;
      const ids = new Set(every.map(({ id }) => id));
      const some = ask(words, "OR").filter(({ id }) => !ids.has(id));
      return [...every, ...some.map((hit) => ({ ...hit, score: hit.score / 10 }))];
    };
  };

  /** @param {BookRecords} book @returns {Promise<BookFind>} */
  window.bookSearch = async (book) => {
    const words = window.bookWords(book.greek);
    const records = recordsOf(book);
    const library = new window.MiniSearch({
      fields: Object.keys(WEIGHTS),
      tokenize: (/** @type {string} */ text) => words.all(text).flatMap(words.forms),
      processTerm: (/** @type {string} */ term) => term,
    });
    await library.addAllAsync(indexed(records, book), { chunkSize: 50 }); // the page lives on
    const [worth, gain, hits] = [worths(records), gains(records, words), asking(library, words)];
    return (query) => {
      const telling = words.telling(query);
      const exact = words.same(query);
      const found = (telling.length ? hits(telling) : []).map((hit) => {
        const record = records[hit.id];
        const terms = new Set([...hit.terms, ...hit.queryTerms]);
        const matches = (/** @type {string} */ word) =>
          words.forms(word).some((one) => terms.has(one));
        return { record, score: hit.score * gain(record, exact) * worth[hit.id], matches };
      });
      return found.sort((a, b) => b.score - a.score || a.record.id - b.record.id);
    };
  };
})();
