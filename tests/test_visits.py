"""A test that visits a page says how long it took, when all are done."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.helpers import visits
from tests.helpers.tiny import REPOSITORY


def item(fixtures: set[str], **params: str) -> Any:
    callspec = SimpleNamespace(params=params)
    return SimpleNamespace(fixturenames=fixtures, callspec=callspec, user_properties=[])


def report(page: str, seconds: float, when: str = "call") -> Any:
    return SimpleNamespace(user_properties=[(visits.PROPERTY, page)], duration=seconds, when=when)


def test_a_test_with_a_browser_and_a_page_is_a_visit() -> None:
    visit, engine = item({"browser"}, name="book/one"), item({"session", "root"}, name="book/two")
    others = [item({"served"}, name="book/one"), item({"browser"}, theme="dark")]
    for one in (visit, engine, *others, plain := SimpleNamespace(user_properties=[])):
        visits.mark(one)
    assert visit.user_properties == [(visits.PROPERTY, "book/one")]
    assert engine.user_properties == [(visits.PROPERTY, "book/two")]
    assert all(one.user_properties == [] for one in (*others, plain))


def test_the_longest_come_first_with_each_of_their_visits_and_all_are_summed() -> None:
    reports = [report("short", 1.0), report("long", 2.0), report("long", 3.5)]
    reports += [report("long", 9.0, when="setup"), SimpleNamespace(duration=7.0, when="call")]
    assert visits.lines(reports) == [
        "    5.5 s  long (2.0, 3.5)",
        "    1.0 s  short (1.0)",
        "    6.5 s  3 visits of 2 pages",
    ]


def test_without_visits_nothing_is_said() -> None:
    assert visits.lines([SimpleNamespace(duration=7.0, when="call")]) == []


HOOKS = """
from tests.helpers import visits
from tests.helpers.visits import pytest_terminal_summary

def pytest_collection_modifyitems(items):
    for item in items:
        visits.mark(item)
"""
VISIT = """
import pytest

@pytest.fixture
def browser():
    pass

@pytest.mark.parametrize("name", ["book/one", "book/two"])
def test_visit(browser, name):
    pass
"""


def test_a_run_of_several_workers_tells_its_visits(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(HOOKS)
    (tmp_path / "test_visit.py").write_text(VISIT)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--rootdir", str(tmp_path)]
    run = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"visits of pages", run.stdout), run.stdout
    for told in ("book/one", "book/two", "2 visits of 2 pages"):
        assert re.search(rf"^ +\d+\.\d s  {told}", run.stdout, re.M), run.stdout
