"""What a text says is asked once, and a text that is gone is forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.execute.recall import Memory


def test_an_answer_is_kept_by_the_text_and_dropped_when_nobody_asks(tmp_path: Path) -> None:
    path, asked = tmp_path / "memory.json", []

    def recall(memory: Memory, text: str) -> int:
        return memory.recall("length", text, lambda: asked.append(text) or len(text))

    for texts in (["one", "three"], ["three", "three"], ["one", "three"]):
        memory = Memory(path)
        assert [recall(memory, text) for text in texts] == [len(text) for text in texts]
        memory.save()
    assert asked == ["one", "three", "one"]
    assert len(json.loads(path.read_text())) == 2


@pytest.mark.parametrize("damaged", ["{", "[]", ""])
def test_a_damaged_memory_is_asked_again(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "memory.json"
    path.write_text(damaged)
    assert Memory(path).recall("kind", "text", lambda: [1]) == [1]
