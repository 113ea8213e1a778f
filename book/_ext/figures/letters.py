"""The appendix's figures are A.1, A.2, ...: bare numbers would go on from the preface's."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

FOLDER = "book/appendix/"
Numbers = dict[str, dict[str, dict[str, tuple[int | str, ...]]]]


def lettered(numbers: Numbers) -> Numbers:
    """Figures without a chapter, in the appendix's folder, counted anew under the letter A."""
    bare = {
        (page, one): number
        for page, kinds in numbers.items()
        if page.startswith(FOLDER)
        for one, number in kinds.get("figure", {}).items()
        if len(number) == 1
    }
    place = {key: ("A", i) for i, key in enumerate(sorted(bare, key=lambda key: bare[key]), 1)}
    return {
        page: {
            kind: {one: place.get((page, one), number) for one, number in found.items()}
            if kind == "figure"
            else found
            for kind, found in kinds.items()
        }
        for page, kinds in numbers.items()
    }


def _assign(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Sphinx compares with the numbers that it gave before, and writes again what has another."""
    env.toc_fignumbers = getattr(env, "counted_fignumbers", env.toc_fignumbers)
    changed = _plain(self, env)
    env.counted_fignumbers = env.toc_fignumbers  # type: ignore[attr-defined]
    env.toc_fignumbers = lettered(env.toc_fignumbers)  # type: ignore[arg-type, assignment]
    return changed


_plain = TocTreeCollector.assign_figure_numbers


def setup(app: Sphinx) -> None:
    TocTreeCollector.assign_figure_numbers = _assign  # type: ignore[method-assign]
