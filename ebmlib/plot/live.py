"""Live figures: a drawing with settings that a reader moves. The page's own torch code goes along.

`draw(axes, **settings)` draws the figure for one choice of its settings, with the functions that
draw every figure. It runs once, at the start's settings, while torch's operations are recorded;
whatever then follows a setting is written as a small JavaScript function, and the page moves those
curves, points, arrows and tints. Without scripts, and in print, the figure stands at its start.
"""

import keyword
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from matplotlib.figure import Figure
from torch import Tensor

from ebmlib.plot.canvas.export import data_map, svg
from ebmlib.plot.canvas.record import listeners
from ebmlib.plot.controls import Control
from ebmlib.plot.figure import figure
from ebmlib.plot.recording.proof import Claim, Drawn, Settings
from ebmlib.plot.recording.script import Script
from ebmlib.plot.recording.series import Arrays, Wanted, moving
from ebmlib.plot.recording.tracer import Tracer
from ebmlib.plot.show import MIME, check_words, facts
from ebmlib.plot.show import bundle as still_bundle

SHEET = 2.9
"""Inches: two sheets stand side by side in the page's column, one fills a phone."""
TESTS = 8
RESERVED = {"axes", "step"}
_SAID = re.compile(r"\$[^$]*\$|\{(\w+)(?::\.\d+f)?\}")  # braces of a formula are TeX's

Draw = Callable[..., Mapping[str, Tensor] | None]
Step = Callable[..., Mapping[str, Tensor]]


@dataclass(frozen=True)
class Live:
    """All that an author says of a live figure but its alternative text."""

    draw: Draw
    name: str
    settings: Mapping[str, Control]
    columns: int = 1
    aspect: float = 0.75
    say: str = ""
    state: Mapping[str, Tensor] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    """By the words on their buttons."""

    def start(self) -> dict[str, Tensor]:
        """Every argument of the drawing at the start: the state, then the settings."""
        return {**self.state, **{key: one.tensor() for key, one in self.settings.items()}}

    def drawn(self, values: Settings) -> Drawn:
        """One small figure a panel, and the numbers that the sentence may use."""
        made = [figure(width=SHEET, aspect=self.aspect) for _ in range(self.columns)]
        said = self.draw(tuple(ax for _, ax in made), **values) or {}
        return [fig for fig, _ in made], said


def live(
    draw: Draw,
    name: str,
    alt: str = "",
    *,
    settings: Mapping[str, Control],
    columns: int = 1,
    aspect: float = 0.75,
    say: str = "",
    state: Mapping[str, Tensor] | None = None,
    step: Step | Mapping[str, Step] | None = None,
) -> None:
    """Display the figure that `draw` makes of its settings, and let the page's reader move them.

    `draw(axes, **settings)` gets a tuple of axes, one a panel, and each setting as a tensor. It
    may return numbers (name -> tensor of one entry) for `say`, the sentence under the figure:
    `{F:.2f}` in it is such a number, a setting, a part of the state or, as `{step}`, the count.

    A figure that learns has a `state` and a `step(**state, **settings)` that returns the new
    one; several steps have the words of their buttons as keys. `draw` gets the state, too.

    Units: `aspect` is a panel's height by its width.

    Raises:
        ValueError: where the recorded program gives something else than `draw` at other settings,
            something besides the named series moves, or a call of torch is not known.
    """
    from IPython.display import display

    steps = step if isinstance(step, Mapping) else {"One step": step} if step else {}
    one = Live(draw, name, settings, columns, aspect, say, state or {}, steps)
    data = bundle(one, alt)
    display(data, metadata={"ebmlib": {"figure": name}}, raw=True)  # type: ignore[no-untyped-call]


def bundle(one: Live, alt: str) -> dict[str, Any]:
    """The mime types: an ordinary figure's for print and notebooks, and in its facts what moves."""
    words = check_words(one.name, alt)
    try:
        _check_names(one)
        about = _recorded(one, words)
    except ValueError as error:
        raise type(error)(f"figure {one.name!r}: {error}") from error
    fig, axes = figure(columns=one.columns, aspect=one.aspect)
    one.draw(tuple(axes) if one.columns > 1 else (axes,), **one.start())
    data = still_bundle(fig, one.name, words)
    data[MIME]["live"] = about
    return data


def _check_names(one: Live) -> None:
    """Raise ValueError for a name that is taken, or that no argument can have."""
    twice = set(one.settings) & set(one.state)
    if twice or RESERVED & {*one.settings, *one.state}:
        raise ValueError(
            f"names of settings and of the state must differ from each other and from "
            f"{', '.join(sorted(RESERVED))}. Got {', '.join(sorted([*one.settings, *one.state]))}."
        )
    for name in (*one.settings, *one.state):
        if not name.isidentifier() or keyword.iskeyword(name):
            raise ValueError(
                f"a setting is an argument of draw and needs such a name. Got {name!r}."
            )
    for control in one.settings.values():
        if getattr(control, "panel", 0) >= one.columns:
            raise ValueError(f"panel must be below {one.columns}, the number of panels.")


def _recorded(one: Live, words: str) -> dict[str, Any]:
    """What the page needs: the sheets, the controls, what moves, and the functions."""
    steps = {label: _step(one, label) for label in one.steps}  # a wrong one is told as such
    values, wanted = one.start(), Wanted()
    tracer = Tracer(values)
    arrays = Arrays(tracer)
    listeners.append(arrays)
    try:
        with tracer:
            sheets, said = one.drawn(values)
    finally:
        listeners.remove(arrays)
    series = [made for k, fig in enumerate(sheets) for made in moving(fig, k, arrays, wanted)]
    if not series:
        raise ValueError("nothing in the drawing follows a setting.")
    places = _said(one, said, tracer, wanted)
    claim = Claim(one.drawn, tracer.program, wanted.values, series, places, (sheets, said))
    tests = [claim.prove(settings) for settings in _settings(one)]
    return {
        "sheets": _pages(sheets, one.name, words, series),
        "settings": _controls(one, sheets),
        "inputs": list(values),
        "state": {key: tensor.reshape(-1).tolist() for key, tensor in one.state.items()},
        "series": series,
        "said": {"text": one.say, "values": places},
        "make": Script(tracer.program, wanted.values).text(),
        "steps": steps,
        "tests": tests,
    }


def _said(one: Live, said: Mapping[str, Tensor], tracer: Tracer, wanted: Wanted) -> dict[str, int]:
    """The outputs that the sentence uses; a name in it that nothing has is an error."""
    places = {}
    for name in filter(None, dict.fromkeys(_SAID.findall(one.say))):
        if name in said:
            value = tracer.value(said[name])
            if value is None:
                raise ValueError(f"the number {name!r} of the sentence follows no setting.")
            places[name] = wanted.place(value)
        elif name not in {*one.settings, *one.state, "step"}:
            raise ValueError(f"the sentence names {name!r}, which draw does not return.")
    return places


def _settings(one: Live) -> list[dict[str, Tensor]]:
    """Random settings; the state is where some steps at these settings lead."""
    generator = torch.Generator().manual_seed(0)
    found = []
    for number in range(TESTS):
        chosen = {key: control.any(generator) for key, control in one.settings.items()}
        state = dict(one.state)
        for _ in range(number if one.steps else 0):
            for step in one.steps.values():
                state |= {k: new.detach() for k, new in step(**state, **chosen).items()}
        found.append({**state, **chosen})
    return found


def _pages(
    sheets: list[Figure], name: str, words: str, series: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each sheet's drawing and its colours; the series learn their map from data to the drawing."""
    pages = []
    for number, fig in enumerate(sheets):
        drawing = svg(fig)
        about = facts(fig, name, words, drawing)
        for made in series:
            if made["sheet"] == number:
                made["map"] = about["maps"][0]
        pages.append({"svg": drawing, **{k: about[k] for k in ("palette", "rasters", "mixes")}})
    return pages


def _controls(one: Live, sheets: list[Figure]) -> list[dict[str, Any]]:
    """The controls as the page's script reads them; those of a panel know its map."""
    made = []
    for name, control in one.settings.items():
        panel = getattr(control, "panel", None)
        where = {}
        if panel is not None:
            where["map"] = data_map(sheets[panel], sheets[panel].axes[0])
        made.append({"name": name, "kind": control.kind, **asdict(control), **where})
    return made


def _step(one: Live, label: str) -> str:
    """What one press of a button does to the state, as a function that returns the whole state."""
    values = one.start()
    tracer, wanted = Tracer(values), []
    with tracer:
        new = {**values, **one.steps[label](**values)}
    for key in one.state:
        value = tracer.value(new[key])
        if value is None or new[key].shape != one.state[key].shape:
            raise ValueError(
                f"step must return {key!r} as it got it, computed from the settings. Got shape "
                f"{tuple(new[key].shape)} for {tuple(one.state[key].shape)}."
            )
        wanted.append(value)
    for chosen in _settings(one):
        replayed = tracer.program.replay(chosen, wanted)
        right = {**chosen, **one.steps[label](**chosen)}
        for key, mine in zip(one.state, replayed, strict=True):
            if not torch.allclose(mine, right[key].detach(), rtol=1e-6, atol=1e-9, equal_nan=True):
                raise ValueError(f"step gives {key!r} by something else than torch.")
    return Script(tracer.program, wanted).text()
