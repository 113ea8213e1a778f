"""What a mistake of `tests/faults/features.py` is, and the texts in which they are planted."""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults.tiny import FIGURE
from tests.helpers.tiny import HEAD, cell


@dataclass(frozen=True)
class Planted:
    """What is planted, and what the build must say.

    Attributes:
        said: must be in the line that names the place; PAGE is the page.
        text: of a page, on which PAGE is its name; or of a file.
        page: the page on which it stands with others; by default one of its own.
        file: is written with the text, if it is no page.
        mark: stands in the line that must be named, and in none below it; by default the text's
            first line.
    """

    said: str
    text: str
    page: str = ""
    file: str = ""
    mark: str = ""


def front(key: str) -> str:
    """A page whose front matter has a key more."""
    return HEAD.replace("kernelspec", f"{key}\nkernelspec", 1) + "# Head\n\nWords.\n"


def exercise(name: str, *solutions: str) -> str:
    """An exercise and its solutions."""
    asked = f"```{{exercise-start}} More\n:label: {name}\n```\nDo.\n```{{exercise-end}}\n```\n\n"
    return asked + "".join(solutions)


def solution(name: str, label: str) -> str:
    head = f"```{{solution-start}} {name}\n:class: dropdown\n:label: {label}\n```\n"
    return f"{head}Done.\n```{{solution-end}}\n```\n\n"


def shown(name: str = "PAGE-data") -> str:
    """A figure in its place."""
    drawn = cell(FIGURE.replace("tiny-data", name))
    return f"{drawn}```{{computed}} {name}\nTwo points.\n```\n\n"


QUESTION = """```{question} PAGE-way
Which way?
- {up} Up.
- {down} Down.  *No: it rises.*
---
Up, as it rises.
```

"""


def asking(answer: object, more: str = "") -> str:
    """A question, and the cell that answers it."""
    given = f"answer('PAGE-way', {answer!r}{', ' * bool(more)}{more})"
    return cell(f"from ebmlib.glue import answer\n\n{given}") + QUESTION


def promise(name: str = "PAGE-data", words: str = "Two points.") -> str:
    return f"```{{promise}} {name}\n{words}\n```\n\n"


SLIDER = '"a": Slider(1.0, -2.0, 2.0, "$a$", "the factor a")'


def moving(
    drawn: str = "a * t.square()",
    settings: str = SLIDER,
    say: str = "$f(1)$ = {end:.2f}",
    limits: str = ", xlim=(-1, 1), ylim=(-2, 2)",
    more: str = "",
    before: str = "",
) -> str:
    """A figure that the reader moves, in its place."""
    return (
        cell(f"""import torch
from ebmlib.plot.controls import Point, Slider, Switch
from ebmlib.plot.curves import curve
from ebmlib.plot.frame import frame
from ebmlib.plot.live import live

t = torch.linspace(-1, 1, 51)
{before}

def draw(axes, a, **others):
    (ax,) = axes
    curve(ax, t, {drawn}, colour="blue", name="parabola")
    frame(ax, "$t$", "$f(t)$"{limits})
    return {{"end": a}}

live(draw, "PAGE-steep", alt="A parabola.", say="{say}",
     settings={{{settings}}}{more})""")
        + "```{computed} PAGE-steep\nA parabola.\n```\n\n"
    )
