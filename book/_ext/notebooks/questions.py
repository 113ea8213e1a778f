"""Questions in a notebook: empty boxes, and the answer in a folded block."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx_markdown_builder.contexts import SubContextParams, WrappedContext

from _ext.questions.nodes import Answer, Asked, Choice, Question, Reason, Words, gather_reasons

BOX = "\N{BALLOT BOX}"


class Questions:
    """What `PageTranslator` makes of a question."""

    add: Any
    ensure_eol: Any
    _push_context: Any
    _pop_context: Any

    def visit_Question(self, node: Question) -> None:
        gather_reasons(node)
        self.ensure_eol(2)

    def depart_Question(self, node: Question) -> None:
        self.ensure_eol(2)

    def visit_Asked(self, node: Asked) -> None:
        self.add(f"**Question {node.parent['number']}.** ")

    def depart_Asked(self, node: Asked) -> None:
        self.ensure_eol(2)

    def visit_Choice(self, node: Choice) -> None:
        self.add(f"- {BOX} {node['letter']}. ")

    def depart_Choice(self, node: Choice) -> None:
        self.ensure_eol(1)

    def visit_Words(self, node: Words) -> None:
        """They follow their letter."""

    def depart_Words(self, node: Words) -> None:
        """The choice ends the line."""

    def visit_Answer(self, node: Answer) -> None:
        opened = "<details><summary>Answer</summary>\n\n"
        self._push_context(WrappedContext(opened, "\n\n</details>", params=SubContextParams(2, 2)))
        if node.get("right") and isinstance(node[0], nodes.paragraph):
            node[0].insert(0, nodes.Text(f"{node['right']}. "))

    def depart_Answer(self, node: Answer) -> None:
        self._pop_context()

    def visit_Reason(self, node: Reason) -> None:
        self.add(f"{node['letter']}. ", prefix_eol=2)

    def depart_Reason(self, node: Reason) -> None:
        self.ensure_eol(2)
