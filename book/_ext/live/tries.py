"""Words in the prose that set a figure: the role ``try``, checked when the page is read.

    {try}`put it into the middle <NAME y=0,0 beta=10>`
    {try}`exchange them <NAME p=q q=p>`
    {try}`train from here <NAME w=1,0.5 rate=3>`

A setting has numbers or the name of another one, whose numbers it gets as they stand.
A part of the state has numbers, or one that fills it, and the count of steps starts again.
Scripts make a button of the words; without scripts, in print and in notebooks they are words.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from difflib import get_close_matches
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from _ext.live.controls import flat
from _ext.shared import assets

LOG = logging.getLogger(__name__)
MARK = re.compile("[.,;:!?)’”]+")
WHOLE = {"switch", "cells", "noise"}  # 0 or 1, or the number of a draw
WRITTEN = re.compile(r"(?P<words>.+?)\s*<(?P<name>[\w-]+)(?P<set>(?:\s+\w+=[^\s=<>]+)+)>", re.S)


class Try(nodes.Inline, nodes.TextElement):
    """Attributes: figure; set, setting -> numbers, or a setting's name."""


class TryRole(SphinxRole):
    """``{try}`words <NAME setting=value ...>```."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found = WRITTEN.fullmatch(self.text)
        if not found:
            words = f"write {{try}}`words <FIGURE setting=1 point=0,1>`. Got {self.text!r}"
            LOG.warning(words, location=self.get_location(), type="live")
            return [nodes.Text(self.text)], []
        pairs = [one.partition("=") for one in found["set"].split()]
        values = {name: text for name, _, text in pairs}
        if len(values) < len(pairs):
            words = f"try: a setting stands there twice. Got {found['set'].strip()!r}"
            LOG.warning(words, location=self.get_location(), type="live")
        node = Try(self.text, figure=found["name"], set=values)
        self.set_source_info(node)
        inliner: Any = self.inliner  # its state is MyST's own
        words, messages = inliner.parse(found["words"], self.lineno, None, node)
        node += words
        return [node], messages


def check(document: nodes.document, figures: Mapping[str, Mapping[str, Any]]) -> None:
    """Every word that sets a figure finds it on its page, and in it such settings.

    Args:
        document: the page.
        figures: its live figures by name, as `ebmlib.plot.live` tells of them.
    """
    for node in list(document.findall(Try)):
        try:
            node["set"] = _values(node["figure"], node["set"], figures)
        except ValueError as error:
            LOG.warning("try: %s", error, location=node, type="live")
            node.replace_self(node.children)


def _values(
    name: str, given: Mapping[str, str], figures: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[float] | str]:
    if name not in figures:
        near = _near(name, figures)
        raise ValueError(f"no figure of this page that moves is {name!r}{near}")
    settings = {one["name"]: one for one in figures[name]["settings"]}
    state: Mapping[str, list[float]] = figures[name]["state"]
    found: dict[str, list[float] | str] = {}
    for key, text in given.items():
        what = f"{key} of {name}"
        if key in state:
            found[key] = _filled(what, len(state[key]), _numbers(what, text))
        elif key not in settings:
            raise ValueError(f"{name} has no setting {key!r}{_near(key, {**settings, **state})}")
        elif text in settings:
            for end in zip(*_range(settings[text]), strict=True):
                _check_range(what, settings[key], list(end))
            found[key] = text
        else:
            found[key] = _numbers(what, text)
            _check_range(what, settings[key], _numbers(what, text))
    return found


def _numbers(what: str, text: str) -> list[float]:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        found = []
    if not found or not all(map(math.isfinite, found)):
        raise ValueError(f"{what} needs numbers. Got {text!r}")
    return found


def _filled(what: str, count: int, values: list[float]) -> list[float]:
    """One number fills a state."""
    if len(values) not in {1, count}:
        raise ValueError(f"{what} needs {count} numbers, or one for all. Got {len(values)}")
    return values * count if len(values) == 1 else values


def _range(one: Mapping[str, Any]) -> list[tuple[float, float]]:
    """The least and the largest of each number of a setting."""
    low, high = flat(one.get("low", 0)), flat(one.get("high", one.get("largest", 1)))
    count = len(flat(one["start"]))
    return [(low[k % len(low)], high[k % len(high)]) for k in range(count)]


def _check_range(what: str, one: Mapping[str, Any], values: list[float]) -> None:
    ends = _range(one)
    if len(values) != len(ends):
        raise ValueError(f"{what} needs {len(ends)} numbers. Got {len(values)}")
    for (least, most), value in zip(ends, values, strict=True):
        if not least <= value <= most:
            raise ValueError(f"{what} lies between {least:g} and {most:g}. Got {value:g}")
        if one["kind"] in WHOLE and value != int(value):
            raise ValueError(f"{what} is a whole number. Got {value:g}")


def _near(name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f": did you mean {near[0]!r}?" if near else ""


def _visit(self: Any, node: Try) -> None:
    values = escape(json.dumps(node["set"], separators=(",", ":")))
    self.body.append(f'<span class="ebm-try" data-try="{escape(node["figure"])}" ')
    self.body.append(f'data-set="{values}">')


def _depart(self: Any, node: Try) -> None:
    self.body.append("</span>")


def _close(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """A line may end behind a button, whatever follows: the mark that closes it stays with it."""
    if app.builder.format != "html":
        return
    for one in list(doctree.findall(Try)):
        after = one.next_node(descend=False, siblings=True)
        if isinstance(after, nodes.Text) and (mark := MARK.match(after)):
            after.parent.replace(after, nodes.Text(after[mark.end() :]))
            whole = nodes.inline(classes=["ebm-try-end"])
            one.replace_self(whole)
            whole += [one, nodes.Text(mark[0])]


def _load(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is not None and next(iter(doctree.findall(Try)), None) is not None:
        assets.load(app, "live-tries.js")


def _nothing(self: Any, node: nodes.Element) -> None:
    """The words are read."""


def setup(app: Sphinx) -> None:
    others: Any = dict.fromkeys(("latex", "text", "man", "texinfo"), (_nothing, _nothing))
    app.add_node(Try, html=(_visit, _depart), **others)
    app.add_role("try", TryRole())
    app.connect("doctree-resolved", _close)
    app.connect("html-page-context", _load)
