"""The pages that are asked for are written, and few of them by the process that has them.

Sphinx writes the first page of the book with any other, in case that it lists it: `shown` knows.
And it starts a process for a single page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sphinx.application import Sphinx

FEW = 3  # pages: to start processes for them takes as long as to write them
ALL = ["__all__"]


def _these_alone(app: Sphinx) -> None:
    if app.builder.format != "html":
        return
    builder: Any = app.builder
    plain, serial, parallel = builder.write, builder._write_serial, builder._write_parallel

    def write(given: Iterable[str] | None, updated: Sequence[str], method: str = "update") -> None:
        everything = given is None or given == ALL
        asked = {*(given or ()), *(updated if method == "update" else ())}

        def wanted(names: Sequence[str]) -> list[str]:
            return [name for name in names if everything or name in asked]

        def some(names: Sequence[str], nproc: int) -> None:
            if len(names := wanted(names)) > FEW:
                parallel(names, nproc)
            else:
                serial(names)

        builder._write_serial = lambda names: serial(wanted(names))
        builder._write_parallel = some
        plain(given, updated, method)

    builder.write = write


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _these_alone)
