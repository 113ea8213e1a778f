"""CPU seconds of two rivals that take turns, so that both meet the same machine."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from threadpoolctl import threadpool_limits


class Race(NamedTuple):
    """CPU seconds of each turn, ours and the peer's."""

    ours: list[float]
    peer: list[float]

    def row(self, name: str, note: str) -> str:
        """A row of a table: milliseconds of both, and the median of their ratios."""
        ratio = [mine / other for mine, other in zip(self.ours, self.peer, strict=True)]
        cells = (spread([1e3 * one for one in self.ours], 0),
                 spread([1e3 * one for one in self.peer], 0), spread(ratio, 2))  # fmt: skip
        return f"| {name} | {' | '.join(cells)} | {note} |"


def asked(doc: str | None) -> argparse.Namespace:
    """How many turns and draws the command asks for; both rivals have one thread."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=5, help="turns that count")
    parser.add_argument("--seeds", type=int, default=3, help="draws of the data, where there are")
    torch.set_num_threads(1)
    threadpool_limits(1)  # scikit-learn's
    return parser.parse_args()


def cpu_seconds(task: Callable[[], object]) -> float:
    """CPU seconds of all threads of this process."""
    begun = time.process_time()
    task()
    return time.process_time() - begun


def race(ours: Callable[[], object], peer: Callable[[], object], repeats: int) -> Race:
    """Run both so often by turns; the first turn warms up and does not count."""
    turns = [(cpu_seconds(ours), cpu_seconds(peer)) for _ in range(repeats + 1)][1:]
    return Race([mine for mine, _ in turns], [other for _, other in turns])


def head(peer: str) -> str:
    """The head of a table of such rows."""
    return f"| | ours, CPU ms | {peer}, CPU ms | ours / peer | |\n| --- | --- | --- | --- | --- |"


def spread(values: Sequence[float], digits: int) -> str:
    """The median, with the least and the greatest where there are several."""
    middle, least, most = (f"{of(values):.{digits}f}" for of in (statistics.median, min, max))
    return middle if len(values) == 1 else f"{middle} ({least} to {most})"
