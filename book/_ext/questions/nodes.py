"""What a question consists of; every kind of output shows these in its own way."""

from __future__ import annotations

from docutils import nodes


class Question(nodes.General, nodes.Element):
    """Attributes: name; number, of the page's questions; value and within, if a number is asked."""


class Asked(nodes.General, nodes.TextElement):
    """The words of the question."""


class Choice(nodes.General, nodes.Element):
    """Attributes: key; letter; right, as the cell computed it. Holds words and a reason."""


class Words(nodes.General, nodes.TextElement):
    """What a choice says."""


class Reason(nodes.General, nodes.TextElement):
    """What is told to who chooses it; apart from its choice it knows the letter."""


class Answer(nodes.General, nodes.Element):
    """The answer with its why; attribute `right`: the letter of the right choice, if any."""


def gather_reasons(question: Question) -> None:
    """Where no choice can be made: the reasons of the wrong ones follow the answer."""
    (answer,) = question.findall(Answer)
    for choice in question.findall(Choice):
        for reason in [one for one in choice if isinstance(one, Reason)]:
            choice.remove(reason)
            if not choice.get("right"):
                reason["letter"] = choice["letter"]
                answer += reason
