"""Text, code and formulas as Markdown that every notebook reader takes as the page has it."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util.math import get_node_equation_number
from sphinx_markdown_builder.contexts import SubContext
from sphinx_markdown_builder.translator import MarkdownTranslator, pushing_context

from _ext.katex import state
from _ext.notebooks.tex import standalone

SPECIAL = re.compile(r"[\\*`]|(?<!\w)_|_(?!\w)|~(?=~)|<(?=[A-Za-z/!?])")
LINK = re.compile(r"\](?=\()")  # words in brackets and words in round ones would be a link
ENTITY = re.compile(r"&(?=#?\w+;)")
BEGINS = re.compile(r"^(?:(?=[#+-]+(?:\s|$))|(?==+$)|(?=>))", re.M)
COUNTS = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))", re.M)
TASK = re.compile(r"\[(?=[ xX]\] )")
# Within one sentence a lone backslash does not keep MathJax from two prices: the element does.
DOLLAR = r"<span>\$</span>"


def escaped(text: str, first: bool) -> str:
    """Words that Markdown takes for words.

    Args:
        text: as it is to be read.
        first: whether a line begins with it.
    """
    text = LINK.sub(r"]\\", SPECIAL.sub(r"\\\g<0>", ENTITY.sub("&amp;", text)))
    head, line, rest = ("", "", text) if first else text.partition("\n")
    rest = COUNTS.sub(r"\1\\", BEGINS.sub(r"\\", rest))
    if first and TASK.match(rest):
        rest = f"\\{rest}"
    return f"{head}{line}{rest}".replace("$", DOLLAR)


def code_span(text: str) -> str:
    """Code within words, between as many backticks as it does not hold itself."""
    text = " ".join(text.split("\n"))
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    blank = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def code_block(text: str, language: str) -> str:
    """The same for lines."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"


class Marked(SubContext):  # type: ignore[misc]
    """Words between stars, or between tags where Markdown would not see that stars open there."""

    def __init__(self, stars: str, tag: str, free: bool) -> None:
        super().__init__()
        self.stars, self.tag, self.free = stars, tag, free

    def make(self) -> str:
        text = str(super().make())
        if not text.strip():
            return text
        plain = text == text.strip() and (self.free or (text[0].isalnum() and text[-1].isalnum()))
        return f"{self.stars}{text}{self.stars}" if plain else f"<{self.tag}>{text}</{self.tag}>"


class Words(MarkdownTranslator):  # type: ignore[misc]
    """The part of the writer for what stands within a paragraph, and for blocks of code."""

    tables = 0  # how many are open
    links = 0

    def visit_Text(self, node: nodes.Text) -> None:
        text = node.astext().replace("\r", "")
        if not self.status.escape_text:
            self.add(text)
            return
        before = self._before()
        text = escaped(text, before in ("", "\n"))
        if self.tables:
            text = text.replace("\n", " ")
        if self.links:
            text = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", text)
        self.add(text)

    def _before(self) -> str:
        """The letter before the place where words come next."""
        body = "".join(self.ctx.content)
        return "\n" if self.ctx.ensure_eol_count else body[-1:]

    def _marked(self, node: nodes.Element, stars: str, tag: str) -> None:
        after = node.next_node(descend=False, siblings=True, ascend=False)
        ends = after is None or (isinstance(after, nodes.Text) and not after[:1].isalnum())
        self._push_context(Marked(stars, tag, ends and not self._before().isalnum()))

    @pushing_context  # type: ignore[untyped-decorator]
    def visit_emphasis(self, node: nodes.Element) -> None:
        self._marked(node, "*", "em")

    @pushing_context  # type: ignore[untyped-decorator]
    def visit_strong(self, node: nodes.Element) -> None:
        self._marked(node, "**", "strong")

    visit_title_reference = visit_literal_emphasis = visit_emphasis
    depart_emphasis = depart_strong = depart_title_reference = depart_literal_emphasis = (
        MarkdownTranslator._pop_context
    )

    def _tagged(self, node: nodes.Element) -> None:
        self.add(f"<{node.tagname[:3]}>")

    def _closed(self, node: nodes.Element) -> None:
        self.add(f"</{node.tagname[:3]}>")

    visit_subscript = visit_superscript = _tagged
    depart_subscript = depart_superscript = _closed

    def visit_comment(self, node: nodes.comment) -> None:
        raise nodes.SkipNode

    # Code -------------------------------------------------------------------------------------

    def visit_literal(self, node: nodes.literal) -> None:
        self.add(code_span(node.astext()))
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        text = node.astext()
        if self.tables:
            for line in text.splitlines():
                self.add(code_span(line), prefix_eol=1, suffix_eol=1)
        else:
            language = node.get("language", "")
            shown = {"ipython3": "python", "default": "", "none": ""}.get(language, language)
            self.add(code_block(text, shown), prefix_eol=2, suffix_eol=2)
        raise nodes.SkipNode

    # Maths ------------------------------------------------------------------------------------

    def visit_math(self, node: nodes.Element) -> None:
        self.add(f"${self._tex(node)}$")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        number = get_node_equation_number(self, node) if node.get("number") else ""
        tag = rf" \tag{{{number}}}" if number else ""
        # On one line: within a quotation Jupyter would take its marks for maths.
        self.add(f"$${self._tex(node)}{tag}$$", prefix_eol=2, suffix_eol=2)
        raise nodes.SkipNode

    def _tex(self, node: nodes.Element) -> str:
        tex = standalone(" ".join(state.source(node).split()), state.stylesheet(self.builder.app))
        if self.tables:  # a bar would part two cells
            tex = tex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
        return tex
