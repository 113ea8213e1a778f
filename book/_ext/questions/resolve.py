"""Bring together the questions of a page and the answers that its cells computed."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from _ext.questions.collect import Computed, answers_in
from _ext.questions.nodes import Answer, Choice, Question, Reason

LOG = logging.getLogger(__name__)


def resolve(app: Sphinx, document: nodes.document) -> None:
    """Tell each question which of its choices is right; what does not fit is a warning."""
    docname = app.env.docname
    computed: dict[str, Computed] = {}
    for one in answers_in(document).values():
        if one.facts["name"] in computed:
            _warn(f"the question {one.facts['name']!r} is answered twice", (docname, one.line))
        computed[one.facts["name"]] = one
    questions = list(document.findall(Question))
    for number, question in enumerate(questions, 1):
        question["number"] = number
        answer = computed.get(question["name"])
        if answer is None:
            words = f"no cell of this page says answer({question['name']!r}, ...)"
            _warn(words, question)
        elif fault := _fill(question, answer.facts):
            _warn(f"question {question['name']!r}: {fault}", question)
    asked = {question["name"] for question in questions}
    for name, one in computed.items():
        if name not in asked:
            _warn(f"a cell answers {name!r}, and no {{question}} asks it", (docname, one.line))


def _fill(question: Question, facts: dict[str, Any]) -> str:
    """Mark the right choice, or keep the number; returns what does not fit."""
    choices = list(question.findall(Choice))
    if not choices and "key" in facts:
        return f"the cell answers {facts['key']!r}, and the question has no choices"
    if not choices:
        question["value"], question["within"] = facts["value"], facts["within"]
        return ""
    try:
        right = [one for one in choices if _is_right(one["key"], facts)]
    except ValueError:
        return f"the answer is a number: {[one['key'] for one in choices]} must be numbers, too"
    if len(right) != 1:
        keys = ", ".join(one["key"] for one in right or choices)
        what = "more than one choice is right" if right else "no choice is right"
        return f"{what} ({keys}); the cell computed {facts.get('key', facts.get('value'))}"
    for choice in choices:
        choice["right"] = choice is right[0]
        if choice is not right[0] and not list(choice.findall(Reason)):
            return f"the choice {choice['key']!r} is wrong: end it with *a reason*"
    next(question.findall(Answer))["right"] = right[0]["letter"]
    return ""


def _is_right(key: str, facts: dict[str, Any]) -> bool:
    if "key" in facts:
        return bool(key == facts["key"])
    return bool(abs(float(key) - facts["value"]) <= facts["within"])


def _warn(text: str, location: Any) -> None:
    LOG.warning(text, location=location, type="questions")
