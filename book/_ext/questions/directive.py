"""The directive that asks: the question, its choices, and below a line of dashes the answer."""

from __future__ import annotations

import re

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext.questions.nodes import Answer, Asked, Choice, Question, Reason, Words

LOG = logging.getLogger(__name__)
KEY = re.compile(r"\{([^{}\s]+)\}\s*")
LETTERS = "abcdefgh"


class AskedHere(SphinxDirective):
    """``{question} NAME``, whose answer a cell computes by `answer(NAME, ...)`."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0].strip()
        try:
            question = self._question(name)
        except ValueError as error:
            LOG.warning("question %r %s", name, error, location=self.get_location(), type="ebm")
            return []
        self.set_source_info(question)
        for part in question.findall(nodes.Element):
            part.line = part.line or question.line
            part.source = part.source or question.source
        return [question]

    def _question(self, name: str) -> Question:
        dashes = [n for n, line in enumerate(self.content) if line.strip() == "---"]
        if not dashes:
            raise ValueError("has no answer: write it below a line of ---")
        words = self._parsed(0, dashes[0])
        first = words.pop(0) if words else None
        if not isinstance(first, nodes.paragraph):
            raise ValueError("must begin with a paragraph that asks")
        choices: list[Choice] = []
        if words and isinstance(listed := words[-1], nodes.bullet_list):
            choices = _choices(listed)
            words.pop()
        answer = Answer("", *self._parsed(dashes[0] + 1, len(self.content)))
        if not answer.children:
            raise ValueError("has no answer below its line of ---")
        asked = Asked(first.rawsource, "", *first.children)
        asked.line, asked.source = first.line, first.source
        return Question("", asked, *words, *choices, answer, name=name)

    def _parsed(self, begin: int, end: int) -> list[nodes.Node]:
        lines: StringList = self.content[begin:end]
        holder = nodes.Element()
        self.state.nested_parse(lines, self.content_offset + begin, holder)
        return list(holder.children)


def _choices(listed: nodes.Element) -> list[Choice]:
    """The items of a list, each with its key in braces; an emphasised end is a reason.

    Raises:
        ValueError: for an item without a key, a key that two have, or a single choice.
    """
    found: dict[str, Choice] = {}
    for letter, item in zip(LETTERS, listed.children, strict=False):
        paragraph = item.children[0] if isinstance(item, nodes.Element) else None
        first = paragraph.children[0] if isinstance(paragraph, nodes.paragraph) else None
        match = KEY.match(first) if isinstance(first, nodes.Text) else None
        if not match or len(item.children) != 1 or not isinstance(paragraph, nodes.paragraph):
            raise ValueError(f"has a choice without a key: write - {{key}} {item.astext()[:30]}")
        if match[1] in found:
            raise ValueError(f"has two choices of the key {match[1]!r}")
        paragraph[0] = nodes.Text(str(first)[match.end() :])
        found[match[1]] = _choice(match[1], letter, paragraph)
    if not 2 <= len(listed) <= len(LETTERS):
        raise ValueError(f"needs 2 to {len(LETTERS)} choices, or none. It has {len(listed)}")
    return list(found.values())


def _choice(key: str, letter: str, paragraph: nodes.paragraph) -> Choice:
    parts = list(paragraph.children)
    reason = parts.pop() if len(parts) > 1 and isinstance(parts[-1], nodes.emphasis) else None
    if reason is not None and isinstance(parts[-1], nodes.Text):
        parts[-1] = nodes.Text(parts[-1].astext().rstrip())
    choice = Choice("", Words("", "", *parts), key=key, letter=letter)
    if reason is not None:
        choice += Reason("", "", *reason.children)
    return choice
