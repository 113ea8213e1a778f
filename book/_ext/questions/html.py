"""A question in the page: native controls, whose verdicts the style shows."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from _ext.questions.nodes import Answer, Asked, Choice, Question, Reason, Words
from _ext.shared import assets

RIGHT = '<b class="ebm-sign">\N{CHECK MARK} Right.</b> '
WRONG = '<b class="ebm-sign">\N{MULTIPLICATION X} Not so.</b> '
NUMBER = (
    '<div class="ebm-number"><label>Your number '
    '<input type="text" autocomplete="off" spellcheck="false" '
    'data-value="{value!r}" data-within="{within!r}"/></label>'
    '<button type="button" class="ebm-check">Check</button>'
    '<p class="ebm-verdict ebm-right" hidden data-verdict="right">' + RIGHT + "</p>"
    '<p class="ebm-verdict ebm-wrong" hidden data-verdict="low">' + WRONG + "It is more.</p>"
    '<p class="ebm-verdict ebm-wrong" hidden data-verdict="high">' + WRONG + "It is less.</p>"
    '<p class="ebm-verdict ebm-wrong" hidden data-verdict="unread">'
    '<b class="ebm-sign">?</b> Write a number: 0.5, 1/2, pi/3.</p></div>\n'
)
END = (
    '<button type="button" class="ebm-forget" hidden>Ask me again</button>'
    '<span class="ebm-told heard" role="status"></span></fieldset>\n'
)


def place(question: nodes.Element) -> str:
    """The id of a question in its page."""
    return f"question-{question['name']}"


def load(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Only pages that ask load what answers."""
    if doctree is not None and next(iter(doctree.findall(Question)), None) is not None:
        assets.load(app, "questions.css")
        assets.load(app, "questions.js")


def _visit_question(self: Any, node: Question) -> None:
    name = escape(node["name"])
    attributes = f'class="ebm-question" id="{escape(place(node))}" data-question="{name}"'
    self.body.append(f"<fieldset {attributes}>\n")


def _depart_question(self: Any, node: Question) -> None:
    self.body.append(END)


def _visit_asked(self: Any, node: Asked) -> None:
    number = node.parent["number"]
    self.body.append(f'<legend><span class="ebm-count">Question {number}.</span> ')


def _depart_asked(self: Any, node: Asked) -> None:
    self.body.append("</legend>\n")


def _visit_choice(self: Any, node: Choice) -> None:
    name = escape(place(node.parent))
    one = f"{name}-{node['letter']}"
    right = ' data-right=""' if node.get("right") else ""
    self.body.append(
        f'<div class="ebm-choice"><input type="radio" autocomplete="off" name="{name}" '
        f'id="{one}" value="{escape(node["key"])}"{right}/><label for="{one}">'
    )


def _depart_choice(self: Any, node: Choice) -> None:
    if not isinstance(node[-1], Reason):
        self.body.append(_verdict(node) + "</p>")
    self.body.append("</div>\n")


def _verdict(choice: nodes.Element) -> str:
    kind, words = ("right", RIGHT) if choice.get("right") else ("wrong", WRONG)
    return f'<p class="ebm-verdict ebm-{kind}">{words}'


def _visit_words(self: Any, node: Words) -> None:
    """The label is open."""


def _depart_words(self: Any, node: Words) -> None:
    self.body.append("</label>")


def _visit_reason(self: Any, node: Reason) -> None:
    self.body.append(_verdict(node.parent))


def _depart_reason(self: Any, node: Reason) -> None:
    self.body.append("</p>")


def _visit_answer(self: Any, node: Answer) -> None:
    question = node.parent
    if "value" in question:
        self.body.append(NUMBER.format(value=question["value"], within=question["within"]))
    self.body.append('<details class="ebm-answer"><summary>Answer</summary>\n')


def _depart_answer(self: Any, node: Answer) -> None:
    self.body.append("</details>\n")


def _nothing(self: Any, node: nodes.Element) -> None:
    """Other formats read what is within."""


def setup(app: Sphinx) -> None:
    html: dict[type[nodes.Element], Any] = {
        Question: (_visit_question, _depart_question),
        Asked: (_visit_asked, _depart_asked),
        Choice: (_visit_choice, _depart_choice),
        Words: (_visit_words, _depart_words),
        Reason: (_visit_reason, _depart_reason),
        Answer: (_visit_answer, _depart_answer),
    }
    others: Any = dict.fromkeys(("latex", "text", "man", "texinfo"), (_nothing, _nothing))
    for node, visitors in html.items():
        app.add_node(node, html=visitors, **others)
    app.connect("html-page-context", load)
