"""Questions on paper: empty boxes where they are asked, the answers among the solutions."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.questions.nodes import Answer, Asked, Choice, Question, Reason, Words, gather_reasons


def prepare(question: Question, answer: Answer) -> None:
    """What an answer must know of its question, which it is about to leave."""
    answer["label"] = f"answer-{question['name']}"
    answer["asked"], answer["number"] = question["name"], question["number"]
    gather_reasons(question)


def _visit_question(self: Any, node: Question) -> None:
    label = f"\\phantomsection\\label{{question:{node['name']}}}"
    self.body.append(f"\n\n\\begin{{ebmexercise}}{{Question {node['number']}}}{{}}{label}")


def _depart_question(self: Any, node: Question) -> None:
    self.body.append("\n\\end{ebmexercise}\n\n")


def _visit_asked(self: Any, node: Asked) -> None:
    self.body.append("\\ignorespaces\n")
    self.mark(node)


def _visit_choice(self: Any, node: Choice) -> None:
    self.body.append(f"\n\\ebmchoice{{{node['letter']}}}")


def _visit_reason(self: Any, node: Reason) -> None:
    self.body.append(f"\n\n\\noindent\\textit{{{node['letter']}}}\\enspace ")


def _visit_answer(self: Any, node: Answer) -> None:
    docname = self.curfilestack[-1]
    label = f"\\phantomsection\\label{{{docname}:{node['label']}}}"
    right = f"\\textit{{{node['right']}}}\\enspace " if node.get("right") else ""
    opened = f"\\begin{{ebmsolution}}{{Question {node['number']}}}{{}}{{question:{node['asked']}}}"
    self.body.append(f"\n\n{opened}{label}{right}")


def _depart_answer(self: Any, node: Answer) -> None:
    self.body.append("\n\\end{ebmsolution}\n\n")


def _line_end(self: Any, node: nodes.Element) -> None:
    self.body.append("\n")


def _nothing(self: Any, node: nodes.Element) -> None:
    """The words within are read."""


def setup(app: Sphinx) -> None:
    visitors: dict[type[nodes.Element], Any] = {
        Question: (_visit_question, _depart_question),
        Asked: (_visit_asked, _line_end),
        Choice: (_visit_choice, _nothing),
        Words: (_nothing, _line_end),
        Reason: (_visit_reason, _line_end),
        Answer: (_visit_answer, _depart_answer),
    }
    for node, pair in visitors.items():
        app.add_node(node, override=True, latex=pair)
