// One long-lived process. It reads a JSON array a line, of [tex, display] pairs, and answers with a
// line, an array of {html} or {error}. The first line read is {katex, preamble} and its answer {}.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const lines = require("node:readline").createInterface({ input: process.stdin });

let katex = null;
const coloured = "\\htmlClass{c-#1}{#2}";
const macros = { "\\textcolor": coloured, "\\mathcolor": coloured };

// Only the commands that the stylesheet's macros are made of: no links, no images, no styles.
const trust = (context) => ["\\htmlClass", "\\htmlData"].includes(context.command);
// What LaTeX would refuse or draw otherwise is an error, for the print edition's sake.
const strict = (code) => (code === "htmlExtension" ? "ignore" : "error");

// KaTeX lets `\\[10pt]` make a row at least so deep, as LaTeX's array does: a row with braces under
// it, which is deeper, gets no space at all. In amsmath's aligned the space is added, in print too.
const ROW = "if (depth < gap) {\n          depth = gap; // \\@xargarraycr\n        }";
const OURS = "depth = group.addJot ? depth + gap - arstrutDepth : Math.max(depth, gap);";

function load(path) {
  const source = fs.readFileSync(path, "utf8");
  if (source.split(ROW).length !== 2) throw new Error(`${path} spaces its rows in another way`);
  const found = new Module(path, module);
  found._compile(source.replace(ROW, OURS), path);
  return found.exports;
}

function render(tex, displayMode, globalGroup = false) {
  const options = { displayMode, globalGroup, trust, strict, throwOnError: true };
  // A copy: a \def of one formula must not reach the next.
  options.macros = globalGroup ? macros : { ...macros };
  options.errorColor = "#badbad"; // what is not trusted is drawn in it instead of thrown
  return katex.renderToString(tex, options);
}

function answer([tex, display]) {
  try {
    return { html: render(tex, display) };
  } catch (error) {
    return { error: error.rawMessage || error.message, position: error.position ?? null };
  }
}

lines.on("line", (line) => {
  const asked = JSON.parse(line);
  let reply = {};
  if (Array.isArray(asked)) {
    reply = asked.map(answer);
  } else {
    try {
      katex = load(asked.katex);
      render(asked.preamble, false, true);
    } catch (error) {
      reply = { error: error.rawMessage || error.message, position: error.position ?? null };
    }
  }
  process.stdout.write(JSON.stringify(reply) + "\n");
});
