"""What was found out about a text, kept from build to build by the text's hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.files import write_atomically


class Recall:
    """Answers that depend on a text alone; those that nobody asked for again are dropped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            known = json.loads(path.read_text(encoding="utf8"))
        except (OSError, ValueError):  # never written, or damaged: asked again
            known = {}
        self._known: dict[str, Any] = known if isinstance(known, dict) else {}
        self._asked: dict[str, Any] = {}
        self._found: dict[str, Any] = {}

    def once(self, name: str, find: Callable[[], Any]) -> Any:
        """What is looked for once in one execution: pages reach the same modules."""
        if name not in self._found:
            self._found[name] = find()
        return self._found[name]

    def answer(self, kind: str, text: str, find: Callable[[], Any]) -> Any:
        """The answer for `text`, which `find` gives the first time; it must suit JSON."""
        key = f"{kind}-{hashlib.sha256(text.encode()).hexdigest()}"
        if key not in self._asked:
            self._asked[key] = self._known[key] if key in self._known else find()
        return self._asked[key]

    def save(self) -> None:
        if self._asked != self._known:
            write_atomically(self.path, json.dumps(self._asked))
