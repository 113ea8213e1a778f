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
        self._texts: dict[Path, str] = {}

    def text(self, path: Path) -> str:
        """A file's text, read once in one execution: pages reach the same modules."""
        if path not in self._texts:
            self._texts[path] = path.read_text(encoding="utf8")
        return self._texts[path]

    def answer(self, kind: str, text: str, find: Callable[[], Any]) -> Any:
        """The answer for `text`, which `find` gives the first time; it must suit JSON."""
        key = f"{kind}-{hashlib.sha256(text.encode()).hexdigest()}"
        if key not in self._asked:
            self._asked[key] = self._known[key] if key in self._known else find()
        return self._asked[key]

    def save(self) -> None:
        if self._asked != self._known:
            write_atomically(self.path, json.dumps(self._asked))
