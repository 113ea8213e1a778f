"""What a page shows of other pages, told by the feature that shows it.

A page is written again when this changes, though its own text has not; who writes pages asks here
and need not know the features.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx

Shows = Callable[[Sphinx, str], str]  # of a page: all that it shows of others, in words
_told: WeakKeyDictionary[Sphinx, list[Shows]] = WeakKeyDictionary()


def tell(app: Sphinx, shows: Shows) -> None:
    """Have pages written again when what this function says of them has changed."""
    _told.setdefault(app, []).append(shows)


def shown(app: Sphinx, page: str) -> list[str]:
    """What the features say of a page."""
    return [shows(app, page) for shows in _told.get(app, ())]
