"""Sphinx's pages in several processes, with the bytes of a build in one.

Sphinx takes what its processes have read as each of them ends, so that its memory would be in
another order each time; and it swallows the error of a process that ends while others are started.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sphinx import builders
from sphinx.util.parallel import ParallelTasks

from tools.machine import cores


class InOrder(ParallelTasks):
    """Takes the results in the order of the tasks, and tells of the first that failed."""

    def __init__(self, nproc: int) -> None:
        super().__init__(nproc)
        self._next = 0
        self._early: dict[int, Callable[[], None]] = {}
        self._failed: Exception | None = None

    def add_task(
        self,
        task_func: Callable[..., Any],
        arg: Any = None,
        result_func: Callable[..., Any] | None = None,
    ) -> None:
        number = self._taskid

        def take(arg: Any, result: Any) -> None:
            self._early[number] = lambda: result_func(arg, result) if result_func else None
            while self._next in self._early:
                self._early.pop(self._next)()
                self._next += 1

        super().add_task(task_func, arg, take)

    def _join_one(self) -> bool:
        try:
            return super()._join_one()
        except Exception as error:
            self._failed = self._failed or error
            raise

    def join(self) -> None:
        """Wait for all.

        Raises:
            SphinxParallelError: what the first process that failed told.
        """
        if self._failed:
            self.terminate()
            raise self._failed
        super().join()


@contextmanager
def in_order() -> Iterator[None]:
    """Within, Sphinx's builders take results in order."""
    plain, builders.ParallelTasks = builders.ParallelTasks, InOrder  # type: ignore[attr-defined]
    try:
        yield
    finally:
        builders.ParallelTasks = plain  # type: ignore[attr-defined]


def jobs() -> int:
    """How many processes; one alone on one core, and where what has drawn must not be forked.

    One more than cores: of those that write, Sphinx counts the one that only gives them work.
    """
    return cores() + 1 if sys.platform == "linux" and cores() > 1 else 1
