// The words of the search: how they are taken from a text, and all the ways in which one is found.
(() => {
  const WORD = /[\p{L}\p{N}][\p{L}\p{N}_.'’+-]*/gu;
  const SILENT = new Set("a an and are do does for how i in is it of on or the to what".split(" "));

  /** What is worked out of a word once. @template T @param {(word: string) => T} work */
  const once = (work) => {
    /** @type {Map<string, T>} */
    const known = new Map();
    return (/** @type {string} */ word) => {
      const found = known.get(word) ?? work(word);
      known.set(word, found);
      return found;
    };
  };
  const fold = once((word) => {
    const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.replace(/['’]s$/, "").replace(/[.'’-]+$/, "");
  });
  const parts = once((word) => word.split(/[^\p{L}\p{N}]+/u).filter(Boolean));
  /** The letters of a word; pluses at its end are among them: k-means++. */
  const joined = once((word) => parts(word).join("") + (/\++$/.exec(word)?.[0] ?? ""));
  const stem = once((word) => (/^[a-z]{4,}$/.test(word) ? window.porter2(word) : word));

  /** @param {Record<string, string>} greek */
  window.bookWords = (greek) => {
    /** All by which a word is found: whole, its parts, without endings, a Greek letter's name. */
    const forms = once((word) => {
      const letters = [...word].flatMap((letter) => greek[letter] ?? []);
      const found = [joined(word), ...parts(word), ...letters];
      if (word.endsWith("+")) found.push(parts(word).join("")); // one that is not typed in full
      return [...new Set([...found, ...found.map(stem)])];
    });
    /** @param {string} text */
    const all = (text) => (text.match(WORD) ?? []).map(fold).filter(joined);
    /** Those that say something, if there are any. @param {string} text */
    const telling = (text) => {
      const words = all(text).map((word) => greek[word] ?? word);
      const told = words.filter((word) => !SILENT.has(word));
      return told.length ? told : words;
    };
    /** Words as one compares them. @param {string} text */
    const same = (text) =>
      telling(text)
        .map((word) => stem(joined(word)))
        .join(" ");
    return {
      all,
      telling,
      same,
      forms: (/** @type {string} */ word) => forms(fold(word)),
      parts,
      joined,
      stem,
    };
  };
})();
