"""However many processes read and write the pages, the bytes are the same, and faults are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import SphinxParallelError

from tests.equality.blocks import Block
from tests.equality.book import first
from tests.equality.compare import Desk, differing
from tests.faults.tiny import build, warm
from tools.build import parallel


def processes(number: int, plant: Callable[[], None] = lambda: None) -> Callable[[], None]:
    """To be called where a build begins: how many processes it takes, and what is wrong in it."""

    def before() -> None:
        parallel.jobs = lambda: number
        plant()

    return before


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A book with every extension, whose cells have run."""
    warm()
    found = Desk.new(tmp_path_factory.mktemp("parallel") / "book", first())
    told = build(found.root, before=processes(1))
    assert told.code == 0, told.text
    return found


@pytest.fixture(scope="module")
def alone(desk: Desk) -> dict[str, str]:
    """The files that one process writes."""
    told, files = desk.clean(before=processes(1))
    assert told.code == 0, told.text
    return files


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 5])
def test_more_processes_write_the_same_bytes(
    desk: Desk, alone: dict[str, str], number: int
) -> None:
    told, files = desk.clean(before=processes(number))
    assert told.code == 0, told.text
    assert differing(files, alone) == []


def forget_what_readers_said() -> None:
    from _ext.shared.kept import ByPage

    ByPage._merge = lambda *_: None  # type: ignore[method-assign]


def count_pages_as_they_are_written() -> None:
    from _ext.theme import page

    plain, seen = page.fill, []

    def fill(app: Any, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
        plain(app, name, template, context, tree)
        seen.append(name)
        context["title"] = f"{context['title']} {len(seen)}"

    page.fill = fill


@pytest.mark.slow
@pytest.mark.parametrize("plant", [forget_what_readers_said, count_pages_as_they_are_written])
def test_what_a_process_keeps_to_itself_is_seen(desk: Desk, plant: Callable[[], None]) -> None:
    """Else the test above would prove nothing: pages are read and written in several."""
    _, one = desk.clean(before=processes(1, plant))
    told, several = desk.clean(before=processes(2, plant))
    assert told.code or differing(several, one)


@pytest.mark.slow
def test_a_warning_of_a_reader_fails_the_build_with_its_place(tmp_path: Path) -> None:
    warm()
    state = first()
    leaf = next(one for one in state.leaves if one.name == "book/b/two")
    leaf.blocks = [Block("raw", "A line.\n\nNo {nowhere}`role`.")]
    told = build(Desk.new(tmp_path / "book", state).root, before=processes(2))
    assert told.code == 1
    line = leaf.text.splitlines().index("No {nowhere}`role`.") + 1
    assert f"book/b/two.md:{line}: WARNING" in told.text


@pytest.mark.parametrize(
    ("system", "cores", "wanted"), [("linux", 2, 3), ("linux", 1, 1), ("darwin", 8, 1)]
)
def test_one_core_and_macos_build_in_one_process(
    monkeypatch: pytest.MonkeyPatch, system: str, cores: int, wanted: int
) -> None:
    monkeypatch.setattr(parallel.sys, "platform", system)
    monkeypatch.setattr(parallel, "cores", lambda: cores)
    assert parallel.jobs() == wanted


def test_results_are_taken_in_the_order_of_the_tasks() -> None:
    taken: list[tuple[int, int]] = []
    tasks = parallel.InOrder(3)
    for number in range(12):
        tasks.add_task(lambda one: one * one, number, lambda one, two: taken.append((one, two)))
    tasks.join()
    assert taken == [(number, number * number) for number in range(12)]


def test_an_error_is_not_lost_while_others_are_started() -> None:
    def work(number: int) -> None:
        if number == 0:
            raise ValueError("page 0 is broken")

    tasks = parallel.InOrder(1)
    for number in range(20):
        tasks.add_task(work, number)
    with pytest.raises(SphinxParallelError, match="page 0 is broken"):
        tasks.join()
