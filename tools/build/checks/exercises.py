"""Exercises and their solutions: all are closed, all have their other half, after them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.book import Page
from tools.build.checks.fault import Fault, did_you_mean
from tools.build.checks.markdown import directives

GATE = re.compile(r"(exercise|solution)-(start|end)")
A = {"exercise": "an", "solution": "a"}
EXERCISES = ("exercise", "exercise-start")
SOLUTIONS = ("solution", "solution-start")


def check(page: Page) -> Iterator[Fault]:
    yield from _gates(page)
    exercises = {
        found.options.get("label", ""): block.line
        for block, found in directives(page.text, *EXERCISES)
    }
    solved: dict[str, int] = {}
    for block, found in directives(page.text, *SOLUTIONS):
        label, line = found.argument, block.line
        if (first := solved.setdefault(label, line)) != line:
            words = f"the exercise {label!r} has its solution in line {first} already"
            yield Fault(page.path, line, words)
        elif line < exercises.get(label, line):
            words = f"a solution before its exercise, which stands in line {exercises[label]}"
            yield Fault(page.path, line, words)
        elif label not in exercises:
            near = did_you_mean(label, exercises)
            words = f"a solution of the exercise {label!r}, which is not on this page{near}"
            yield Fault(page.path, line, words)
    for label, line in exercises.items():
        if not label:
            yield Fault(page.path, line, "this exercise has no :label:, which its solution names")
        elif label not in solved and set(solved) <= set(exercises):
            write = f"```{{solution-start}} {label}"
            yield Fault(page.path, line, f"the exercise {label!r} has no solution: write {write}")


def _gates(page: Page) -> Iterator[Fault]:
    """Starts and ends that do not meet."""
    opened: list[tuple[str, int]] = []
    for block, found in directives(page.text):
        if not (gate := GATE.fullmatch(found.name)):
            continue
        kind, end = gate[1], gate[2] == "end"
        if not end:
            opened.append((kind, block.line))
        elif opened and opened[-1][0] == kind:
            opened.pop()
        else:
            yield Fault(page.path, block.line, f"{kind}-end without {A[kind]} {kind}-start")
    for kind, line in opened:
        yield Fault(page.path, line, f"{kind}-start without {A[kind]} {kind}-end")
