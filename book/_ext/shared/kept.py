"""What Sphinx's environment keeps between builds for a feature."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic, TypeVar, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

T = TypeVar("T")


def kept(holder: object, name: str, make: Callable[[], T]) -> T:
    """What the environment, or a document, keeps under this name; made when first asked for."""
    if name not in vars(holder):
        setattr(holder, name, make())
    return cast("T", vars(holder)[name])


class ByPage(Generic[T]):
    """What each page said when it was read: an edit reads one page again, and not all.

    It is forgotten with its page, and brought together from the processes that read in parallel.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, env: BuildEnvironment) -> dict[str, T]:
        """Page -> what it said; to be read and written."""
        return kept(env, self.name, dict[str, T])

    def setup(self, app: Sphinx) -> None:
        app.connect("env-purge-doc", self._forget)
        app.connect("env-merge-info", self._merge)

    def _forget(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        self(env).pop(docname, None)

    def _merge(
        self, app: Sphinx, env: BuildEnvironment, read: Collection[str], other: BuildEnvironment
    ) -> None:
        found = self(other)
        self(env).update({name: found[name] for name in read if name in found})
