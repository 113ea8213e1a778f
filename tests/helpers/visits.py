"""How long the visits of pages took: of all that is tested here they cost the most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest

PROPERTY = "visits"
MOST = 12  # pages that are named
BROWSERS = {"browser", "session"}  # the fixtures of a test that opens pages; `name` is the page's


def mark(item: pytest.Item) -> None:
    """Say of a test whether it visits a page; its report carries that, from a worker, too."""
    names = getattr(item, "fixturenames", ())
    page = getattr(item, "callspec", None) and item.callspec.params.get("name")
    if page and BROWSERS & set(names):
        item.user_properties.append((PROPERTY, page))


def seconds(reports: Iterable[Any]) -> dict[str, list[float]]:
    """By page, how long each of its visits took, those of a page that cost the most first."""
    found: dict[str, list[float]] = defaultdict(list)
    for report in reports:
        for key, page in getattr(report, "user_properties", ()):
            if key == PROPERTY and report.when == "call":
                found[page].append(report.duration)
    return dict(sorted(found.items(), key=lambda one: -sum(one[1])))


def lines(reports: Iterable[Any]) -> list[str]:
    """What is told when all have been made: the longest, and their sum."""
    found = seconds(reports)
    told = [
        f"{sum(took):7.1f} s  {page} ({', '.join(f'{one:.1f}' for one in took)})"
        for page, took in list(found.items())[:MOST]
    ]
    visits = [one for took in found.values() for one in took]
    total = f"{sum(visits):7.1f} s  {len(visits)} visits of {len(found)} pages"
    return [*told, total] if told else []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell it; `tests/conftest.py` takes this in, since a worker has no terminal."""
    outcomes = ("passed", "failed")
    if told := lines(one for name in outcomes for one in terminalreporter.stats.get(name, ())):
        terminalreporter.section("visits of pages: the longest, and all")
        terminalreporter.write_line("\n".join(told))
