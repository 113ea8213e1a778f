"""What must hold of the finished editions, asked of the files that readers get.

No source text stands outside of code; ids are unique; nothing is loaded from another host; a
page's notebook has every cell that ran, and its pictures, tables and footnotes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from tools.book import Book, BookError, Page
from tools.execute.recall import Recall
from tools.files import mark

OWN = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()  # another version may find more
EXPORTER = "_ext.notebooks"  # the extension that makes the pages' notebooks
# Each begins with a plain character, for which a text of megabytes is searched at once.
LEFT = {
    "a role": re.compile(r"\{[a-z][\w:+.-]*\}`"),
    "a directive": re.compile(r"\{(?<=(?:```|:::|~~~)\{)[a-z]"),
    "a label": re.compile(r"\((?<=^\()[A-Za-z][\w-]*\)=\s*$", re.M),
    "a glued value": re.compile(r"glue:(?<=\bglue:)(?:text|figure)\b"),
    "a value to be glued": re.compile("<pending"),
    "a footnote's mark": re.compile(r"\[\^[\w-]+\]"),
}
MACRO = re.compile(r"\\[A-Za-z]{2,}")
# Of a page: what is no text, and what is code or a formula.
ARTICLE = re.compile(r"<article\b.*?</article>", re.S)
CODE = re.compile(
    r'<(pre|code|script|style|svg|math|textarea)\b.*?</\1>|<span class="pre">[^<]*</span>', re.S
)
OUTPUT = re.compile(
    r'<div class="cell_output\b.*?(?=<div class="cell |<section|</section>|\Z)', re.S
)
TAG = re.compile(r"<[^>]*>")
ID = re.compile(r'<[^>]*?\sid="([^"]+)"')
LOADED = re.compile(
    r'<(?:script|img|iframe|source|video|audio|embed|track|object)\b[^>]*?\s(?:src|srcset|data|poster)="'
    r'((?:https?:)?//[^"]*)|<link\b(?=[^>]*rel="(?:stylesheet|preload|icon|modulepreload)")[^>]*?'
    r'href="((?:https?:)?//[^"]*)'
)
# Of a notebook's words: code, formulas.
TYPED = re.compile(r"^(`{3,}).*?^\1`*\s*$|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.M | re.S)
FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?!\s)[^$\n]+?\$", re.S)
# Of the LaTeX that is typeset: code, and how its text writes what was typed.
BLOCK = re.compile(r"\\begin\{ebmcodeblock\}.*?\\end\{ebmcodeblock\}", re.S)
INLINE = re.compile(r"\\sphinx(?:code|href)\{")
BRACE = re.compile(r"(?<!\\)[{}]")
TYPED_TEX = {
    r"\textasciigrave{}": "`", r"\textasciicircum{}": "^", r"\{": "{", r"\}": "}", r"\_": "_",
    "{[}": "[", "{]}": "]", r"\sphinxhyphen{}": "-",
}  # fmt: skip
MACRO_TEX = re.compile(r"\\textbackslash\{\}([A-Za-z]{2,})")
# An image without words is a small copy of a figure, which is counted where it stands.
PICTURE = re.compile(r'<img\b(?![^>]*\balt="")|<(?:div|figure)[^>]*\bebm-picture\b')
RULE = re.compile(r"^(?:> )*\s*\| :?---", re.M)
NOTE = re.compile(r"^<sup>[^<]*</sup> ", re.M)


def check(book: Book, site: Path) -> None:
    """Ask a built site; what was asked of the same texts is not asked again, nor is a file read
    that is as it was.

    Raises:
        BookError: with a line for each fault.
    """
    recall = Recall(book.build / "finished.json")
    told: list[str] = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        told += (f"{name}: {one}" for one in _asked(recall, page, path))
    for one in book.notebooks if _makes_notebooks(book) else ():
        told += _notebook(one, site, recall)
    for path in (site / "searchindex.js", site / "_static" / "search" / "records.js"):
        if path.is_file():
            told += (f"{path.name}: {words}" for words in _asked(recall, left, path))
    recall.save()
    if told:
        raise BookError("\n".join(told))


def _asked(recall: Recall, ask: Callable[..., Iterator[str]], *paths: Path, more: str = "") -> Any:
    """What is wrong with the texts of files, and with `more` beside them."""

    def find() -> list[str]:
        return list(ask(*(path.read_text("utf8") for path in paths), *((more,) if more else ())))

    known = (_hash(recall, path) for path in paths)
    return recall.answer(ask.__name__, "\0".join((OWN, *known, more)), find)


def _hash(recall: Recall, path: Path) -> Any:
    """Of a file's text; one that is as it was is not read."""
    return recall.answer(
        "file", repr(mark(path)), lambda: hashlib.sha256(path.read_bytes()).hexdigest()
    )


def left(text: str) -> Iterator[str]:
    """Source text that stands among words."""
    for what, pattern in LEFT.items():
        if found := pattern.search(text):
            where = " ".join(text[max(0, found.start() - 40) : found.end() + 40].split())
            yield f"{what} was left as it was typed: ... {where} ..."


def page(html: str) -> Iterator[str]:
    """What is wrong with a page of the site."""
    twice = [name for name, count in Counter(ID.findall(html)).items() if count > 1]
    yield from (f"the id {name!r} stands there twice" for name in twice)
    for found in LOADED.findall(html):
        yield f"{''.join(found)} is loaded from another host"
    article = ARTICLE.search(html)
    if article:
        words = unescape(TAG.sub("", CODE.sub(" ", article[0])))
        yield from left(words)
        yield from (f"the macro {one} was left as it was typed" for one in MACRO.findall(words)[:1])


def check_print(source: Path) -> None:
    """Ask what is typeset: `source` is the LaTeX of the book, or of a volume.

    Raises:
        BookError: with a line for each fault.
    """
    if told := list(printed(source.read_text("utf8"))):
        raise BookError("\n".join(f"{source.name}: {one}" for one in told))


def printed(tex: str) -> Iterator[str]:
    """What is wrong with the LaTeX that Sphinx wrote."""
    words = _without_code(BLOCK.sub(" ", tex.partition(r"\begin{document}")[2]))
    for written, typed in TYPED_TEX.items():
        words = words.replace(written, typed)
    yield from left(words)
    macros = MACRO_TEX.findall(words)[:1]
    yield from (f"the macro \\{one} was left as it was typed" for one in macros)


def _without_code(tex: str) -> str:
    """Text without what stands in the braces of code and addresses, however deep these are."""
    kept, at = [], 0
    while found := INLINE.search(tex, at):
        kept.append(tex[at : found.start()])
        depth, at = 1, found.end()
        while depth:
            brace = BRACE.search(tex, at)
            if brace is None:
                return "".join(kept)
            depth, at = depth + (1 if brace[0] == "{" else -1), brace.end()
    return "".join([*kept, tex[at:]])


def _makes_notebooks(book: Book) -> bool:
    sphinx = book.config.get("sphinx")
    local = sphinx.get("local_extensions") if isinstance(sphinx, dict) else None
    return EXPORTER in (local or ())


def _notebook(one: Page, site: Path, recall: Recall) -> Iterator[str]:
    path, html = site / f"{one.docname}.ipynb", site / f"{one.docname}.html"
    if not path.is_file():
        yield f"{one.docname}.ipynb: is missing"
        return
    found = _asked(recall, notebook, path, html, more=one.text)
    yield from (f"{one.docname}.ipynb: {words}" for words in found)


def notebook(content: str, html: str, source: str) -> Iterator[str]:
    """What is wrong with a page's notebook.

    Args:
        content: of the notebook's file.
        html: the page as the site shows it.
        source: the page as it was written.
    """
    from myst_nb.core.read import read_myst_markdown_notebook

    held = json.loads(content)["cells"]
    code = [one for one in held if one["cell_type"] == "code"]
    own = ["".join(c["source"]) for c in code if "install" not in c["metadata"].get("tags", [])]
    ran = [c.source for c in read_myst_markdown_notebook(source).cells if c.cell_type == "code"]
    if own != ran:
        yield f"{len(ran)} cells ran, and it has {len(own)}, or others"
    words = "\n\n".join("".join(one["source"]) for one in held if one["cell_type"] == "markdown")
    plain = FORMULA.sub("", TYPED.sub("`", words))  # so that a role is seen before its code
    yield from left(plain)
    yield from (f"the macro {one} was left as it was typed" for one in MACRO.findall(plain)[:1])
    yield from _lacks(words, code, html)


def _lacks(words: str, code: list[Any], html: str) -> Iterator[str]:
    """What the page shows and its notebook does not."""
    article = ARTICLE.search(html)
    shown = OUTPUT.sub("", article[0] if article else "")
    outputs = [output.get("data", {}) for one in code for output in one["outputs"]]
    drawn = sum(any(kind.startswith("image/") for kind in data) for data in outputs)
    kinds = {
        "pictures": (
            len(PICTURE.findall(shown)),
            words.count("](attachment:") + drawn,
        ),
        "tables": (len(re.findall(r"<table\b", CODE.sub("", shown))), len(RULE.findall(words))),
        "footnotes": (len(re.findall(r'<aside class="footnote ', shown)), len(NOTE.findall(words))),
    }
    for kind, (there, here) in kinds.items():
        if here < there:
            yield f"the page shows {there} {kind}, and it has {here}"
