"""The appendix's figures are A.1, A.2, ...: bare numbers would go on from the preface's."""

from __future__ import annotations

from collections.abc import Callable

from sphinx.environment import BuildEnvironment

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


def counted(env: BuildEnvironment, count: Callable[[], list[str]]) -> list[str]:
    """Letters over what Sphinx counts; it compares with the numbers that it gave before."""
    env.toc_fignumbers = getattr(env, "counted_fignumbers", env.toc_fignumbers)
    changed = count()
    vars(env)["counted_fignumbers"] = env.toc_fignumbers
    # Sphinx's own type has no letters; whoever shows a number writes each part as it is.
    env.toc_fignumbers = lettered(env.toc_fignumbers)  # type: ignore[arg-type, assignment]
    return changed
