/* Questions: the page's style shows the verdict. This speaks it, reads typed numbers, and remembers
   in the reader's own browser what was answered. */
(() => {
  "use strict";
  const KEY = "ebm-answers";
  /** @returns {Record<string, string>} */
  const known = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? "{}");
    } catch {
      return {}; // a browser that keeps nothing
    }
  };
  /** @param {string} name @param {string} [value] */
  const keep = (name, value) => {
    const { [name]: _, ...all } = known();
    try {
      localStorage.setItem(KEY, JSON.stringify(value ? { ...all, [name]: value } : all));
    } catch {
      // It is asked again.
    }
  };
  /** 0.5, 0,5, 1/2, 2pi/3. @param {string} text @returns {number} */
  const read = (text) => {
    const parts = text.replace(/[\s*]/g, "").replace(",", ".").replace("\u2212", "-").split("/");
    const numbers = parts.map((part) => {
      const found = /^([-+]?)(\d*\.?\d*(?:e[-+]?\d+)?)(pi|\u03c0)?$/i.exec(part);
      if (!found || !(found[2] || found[3])) return NaN;
      return Number(`${found[1]}${found[2] || 1}`) * (found[3] ? Math.PI : 1);
    });
    return numbers.length > 2 ? NaN : numbers.reduce((over, under) => over / under);
  };

  for (const box of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".ebm-question")
  )) {
    const name = box.dataset.question ?? "";
    /** @param {string} selector @returns {HTMLElement[]} */
    const all = (selector) => Array.from(box.querySelectorAll(selector));
    const [told, forget] = [".ebm-told", ".ebm-forget"].map((one) => all(one)[0]);
    const radios = /** @type {HTMLInputElement[]} */ (all("[type=radio]"));
    const [field] = /** @type {HTMLInputElement[]} */ (all("[data-value]"));
    /** What is shown of a typed number. */
    const judge = () => {
      const value = read(field.value);
      const off = value - Number(field.dataset.value);
      const verdict =
        Number.isNaN(off) ? "unread"
        : Math.abs(off) <= Number(field.dataset.within) ? "right"
        : off < 0 ? "low"
        : "high";
      for (const one of all("[data-verdict]")) one.hidden = one.dataset.verdict !== verdict;
    };
    /** @param {string} value @param {boolean} aloud */
    const answered = (value, aloud) => {
      if (field) judge();
      forget.hidden = false;
      if (!aloud) return;
      keep(name, value);
      const verdict = all(".ebm-verdict").find((one) => one.offsetParent);
      told.textContent = verdict?.textContent ?? "";
    };

    for (const one of radios) one.addEventListener("change", () => answered(one.value, true));
    all(".ebm-check")[0]?.addEventListener("click", () => answered(field.value, true));
    field?.addEventListener("keydown", ({ key }) => key === "Enter" && answered(field.value, true));
    forget.addEventListener("click", () => {
      for (const one of radios) one.checked = false;
      for (const one of all("[data-verdict]")) one.hidden = true;
      if (field) field.value = "";
      told.textContent = "";
      keep(name);
      (field ?? radios[0]).focus();
      forget.hidden = true;
    });
    const before = known()[name];
    const chosen = radios.find((one) => one.value === before);
    if (chosen) chosen.checked = true;
    else if (field && before) field.value = before;
    else continue;
    answered(before, false);
  }
})();
