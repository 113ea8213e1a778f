"""Formulas to HTML: one Node process for a build, a memory for what was rendered before."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _ext.katex.fonts import Shown, characters
from _ext.shared.npm import ensure_package, node
from _ext.stylesheet.model import Macro, Stylesheet, StylesheetError
from _ext.stylesheet.writers import katex_preamble

HERE = Path(__file__).resolve().parent
ANNOTATION = re.compile(r"<annotation .*?</annotation>", re.S)
CLASS = re.compile(r'class="enclosing c-([^" ]*)')
STYLE = re.compile(r'(?<=[";])color:([^;"]+);')
# An operator's name, which KaTeX spells letter by letter around our mark.
SPELT = re.compile(r'<mi mathvariant="normal"><mrow>((?:<(mi|mtext)[^>]*>[^<]*</\2>)+)</mrow></mi>')
TAG = re.compile(r"<[^>]*>")
MATHCOLOUR = re.compile(r' mathcolor="[^"]*"| columnspacing=""')  # Firefox: an error, if empty
# A letter in wrappers that have no style of their own: half of KaTeX's elements.
WRAPPED = re.compile(
    r'<span class="(?P<outer>(?:enclosing|mord|mathrm|mtight|c-[a-z]+|\s)+)"'
    r"(?P<symbol> data-[^>]*)?>"
    r'<span class="(?P<inner>[^"]*)"(?P<rest>[^>]*)>(?P<text>[^<]*)</span></span>'
)
# A slanted letter and the index below it: KaTeX moves the index under the letter's overhang, but
# only if it sees the letter itself, not our mark around it.
SLANTED = re.compile(
    r'(<span class="[^"]*c-[a-z]+[^"]*"[^>]* style="margin-right:([0-9.]+)em;">[^<]*</span>)'
    r'(<span class="msupsub"><span class="vlist-t vlist-t2"><span class="vlist-r">'
    r'<span class="vlist" style="[^"]*"><span style="top:[^;]*;)(?!margin-left)'
)
# KaTeX puts 'applied to' after every operator's name, in an index such as that of \lambda_{\max},
# too, which then has a child more than MathML allows.
APPLIED = "<mo>\u2061</mo>"
APPLIED_OR_TAG = re.compile(rf"{APPLIED}|<(?P<end>/?)(?P<name>\w+)[^>]*?(?P<empty>/?)>")
COUNTED = {"mfrac", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"}
UNTRUSTED = "#badbad"  # render.js draws in it what it does not trust


@dataclass(frozen=True)
class Rendered:
    """A formula's HTML, or why there is none."""

    html: str = ""
    error: str = ""


class Renderer:
    """Renders with one stylesheet; what it rendered is kept in `memory`, a file, between builds."""

    def __init__(self, sheet: Stylesheet, memory: Path | None = None) -> None:
        self.sheet, self.memory = sheet, memory
        self.katex = ensure_package("katex", HERE)
        self.preamble = katex_preamble(sheet)
        self.rendered_now, self._owner, self._new = 0, 0, False
        self._process: subprocess.Popen[str] | None = None
        self._key = self._fingerprint()
        self._known, self._of_page, self._shown = self._load()
        self._asked: set[str] = set()

    def __call__(self, tex: str, display: bool = False) -> Rendered:
        """Render one formula."""
        return self.all([(tex, display)])[0]

    def all(self, formulas: Sequence[tuple[str, bool]]) -> list[Rendered]:
        """Render many formulas at once, those known from memory."""
        self._asked |= {self._name(*formula) for formula in formulas}
        asked = list(dict.fromkeys(f for f in formulas if self._name(*f) not in self._known))
        if asked:
            self.rendered_now += len(asked)
            for formula, answer in zip(asked, self._ask(asked), strict=True):
                rendered = self._finish(answer)
                self._known[self._name(*formula)] = (rendered.html, rendered.error)
            self._new = True
        return [Rendered(*self._known[self._name(*formula)]) for formula in formulas]

    def note(self, page: str, formulas: Sequence[tuple[str, bool]]) -> None:
        """Remember which formulas a page shows: they are not asked for until it changes."""
        names = sorted({self._name(*formula) for formula in formulas})
        self._new |= self._of_page.get(page) != names
        self._of_page[page] = names

    def forget_others(self, pages: Collection[str]) -> None:
        """Drop what no page of these shows and nothing of this build has asked for."""
        of_page = {page: names for page, names in self._of_page.items() if page in pages}
        kept = self._asked.union(*of_page.values())
        known = {name: one for name, one in self._known.items() if name in kept}
        self._new |= len(known) < len(self._known) or len(of_page) < len(self._of_page)
        self._known, self._of_page = known, of_page

    def pages(self) -> set[str]:
        """The pages whose formulas are remembered."""
        return set(self._of_page)

    def shown(self) -> Shown:
        """The characters of all that is remembered; found again where anything is new."""
        if self._new or not self._shown:
            self._shown, self._new = characters(html for html, _ in self._known.values()), True
        return self._shown

    def check(self) -> None:
        """Render every macro of the stylesheet once.

        Raises: StylesheetError for the first that KaTeX cannot carry.
        """
        uses = [(macro, use) for macro in self.sheet.macros.values() for use in _uses(macro)]
        for (macro, _), rendered in zip(uses, self.all([(u, True) for _, u in uses]), strict=True):
            if rendered.error:
                why = f"KaTeX cannot carry \\{macro.name}: {rendered.error}."
                raise StylesheetError(self.sheet.path, macro.line, why)

    def save(self) -> None:
        """Write the memory, if anything is new."""
        if self.memory and self._new:
            self.memory.parent.mkdir(parents=True, exist_ok=True)
            draft = self.memory.with_suffix(f".{os.getpid()}")
            content = {"key": self._key, "known": self._known, "pages": self._of_page}
            draft.write_text(json.dumps(content | {"shown": self.shown()}), encoding="utf-8")
            os.replace(draft, self.memory)
            self._new = False

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if it is ours and runs."""
        process, self._process = self._process, None
        if process and self._owner == os.getpid():
            process.communicate()  # closes its input: it ends by itself

    def _ask(self, request: Any) -> Any:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            raise RuntimeError("Node ended while it rendered maths; its message is above.")
        return json.loads(answer)

    def _running(self) -> subprocess.Popen[str]:
        # A worker of a parallel build must not talk into its parent's pipe: it starts its own.
        if self._process and self._owner == os.getpid():
            return self._process
        command = [node(), str(HERE / "render.js")]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self._owner = os.getpid()
        script = str(self.katex / "dist" / "katex.js")
        answer = self._ask({"katex": script, "preamble": self.preamble})
        if "error" in answer:
            raise StylesheetError(self.sheet.path, 1, f"KaTeX cannot read it: {answer['error']}")
        return self._process

    def _finish(self, answer: dict[str, Any]) -> Rendered:
        if "error" in answer:
            return Rendered(error=answer["error"])
        html = ANNOTATION.sub("", answer["html"])
        html = SPELT.sub(lambda match: f"<mi>{TAG.sub('', match[1])}</mi>", html)
        html = _whole_scripts(html)
        html = MATHCOLOUR.sub("", html).replace("<semantics>", "").replace("</semantics>", "")
        if UNTRUSTED in html:
            return Rendered(error="it holds a command that the book's maths does not carry")
        for name in (*CLASS.findall(html), *STYLE.findall(html)):
            if name not in self.sheet.colours:
                return Rendered(error=f"the stylesheet has no colour {name!r}")
        return Rendered(_thin(STYLE.sub(r"color:var(--\1);", html)))

    def _load(self) -> tuple[dict[str, tuple[str, str]], dict[str, list[str]], Shown]:
        """Formula -> what it became, page -> its formulas, and the characters of all."""
        try:
            content = json.loads(self.memory.read_text("utf8")) if self.memory else {}
        except (OSError, ValueError):
            return {}, {}, {}
        if content.get("key") != self._key:
            return {}, {}, {}
        known = {name: (html, error) for name, (html, error) in content["known"].items()}
        return known, content["pages"], content.get("shown", {})

    def _fingerprint(self) -> str:
        digest = hashlib.sha256(self.preamble.encode())
        digest.update(repr(sorted(self.sheet.colours)).encode())
        digest.update((self.katex / "package.json").read_bytes())
        digest.update((HERE / "render.js").read_bytes())
        digest.update(Path(__file__).read_bytes())
        return digest.hexdigest()

    @staticmethod
    def _name(tex: str, display: bool) -> str:
        return f"{'D' if display else 'I'}{tex}"


def _whole_scripts(html: str) -> str:
    """Take away what would be a child too many: a name in an index is applied to nothing."""
    within: list[str] = []

    def kept(match: re.Match[str]) -> str:
        if match[0] == APPLIED:
            return "" if within[-1:] and within[-1] in COUNTED else APPLIED
        if match["end"]:
            within.pop()
        elif not match["empty"]:
            within.append(match["name"])
        return match[0]

    return APPLIED_OR_TAG.sub(kept, html) if APPLIED in html else html


def _thin(html: str) -> str:
    """Take a letter out of its wrappers; what they say of it, it says itself."""

    def merged(match: re.Match[str]) -> str:
        if match["symbol"] and "data-" in match["rest"]:
            return match[0]  # a symbol within a symbol
        outer = [name for name in match["outer"].split() if name.startswith("c-")]
        names = dict.fromkeys([*match["inner"].split(), *outer])
        names.pop("enclosing", None)
        return (
            f'<span class="{" ".join(names)}"{match["symbol"] or ""}{match["rest"]}>'
            f"{match['text']}</span>"
        )

    before = ""
    while html != before:
        before, html = html, WRAPPED.sub(merged, html)
    return SLANTED.sub(r"\1\3margin-left:-\2em;", html)


def _uses(macro: Macro) -> list[str]:
    """A macro with plain arguments: without its optional one, and with the default given."""
    command, arguments = f"x\\{macro.name}", "{a}" * macro.arity
    if macro.default is None:
        return [command + arguments]
    return [f"{command}{given}{arguments[3:]}" for given in ("", f"[{macro.default}]")]
