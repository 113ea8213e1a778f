"""References to figures of one page read it once, and afterwards the page is read as ever."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from _ext.incremental.numbered import _remember


class Environment:
    """A page is read whenever somebody asks for it."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.domain = SimpleNamespace(_resolve_numref_xref=lambda env, page: env.get_doctree(page))

    def get_doctree(self, page: str) -> str:
        self.read.append(page)
        return f"{page} as it is"

    def get_domain(self, name: str) -> Any:
        assert name == "std"
        return self.domain


def test_a_page_is_read_once_for_all_references_to_it() -> None:
    env = Environment()
    _remember(SimpleNamespace(env=env))  # type: ignore[arg-type]
    asked = [env.domain._resolve_numref_xref(env, page) for page in ("one", "two", "one")]
    assert asked == ["one as it is", "two as it is", "one as it is"]
    assert env.read == ["one", "two"]
    env.get_doctree("one")
    assert env.read == ["one", "two", "one"]
