"""What the environment keeps of each page."""

import pickle
from types import SimpleNamespace
from typing import Any

from _ext.shared.kept import ByPage, kept


class Events:
    """Connects handlers as Sphinx does, and calls them."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def connect(self, event: str, handler: Any) -> None:
        self.known[event] = handler


def test_it_is_made_once_and_survives_a_pickle() -> None:
    env: Any = SimpleNamespace()
    kept(env, "seeds", dict[str, int])["one"] = 1
    assert kept(pickle.loads(pickle.dumps(env)), "seeds", dict[str, int]) == {"one": 1}


def test_a_page_is_forgotten_and_what_was_read_elsewhere_comes_in() -> None:
    app: Any = Events()
    words = ByPage[str]("words")
    words.setup(app)
    here: Any = SimpleNamespace(words={"one": "old", "two": "kept", "gone": ""})
    there: Any = SimpleNamespace(words={"one": "new", "two": "not read there"})
    app.known["env-purge-doc"](app, here, "gone")
    app.known["env-purge-doc"](app, here, "never there")
    app.known["env-merge-info"](app, here, {"one", "silent"}, there)
    assert words(here) == {"one": "new", "two": "kept"}
