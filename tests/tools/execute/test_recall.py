"""What a text says is asked once, and a text that is gone is forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.execute.recall import Recall


def test_an_answer_is_kept_by_the_text_and_dropped_when_nobody_asks(tmp_path: Path) -> None:
    path, asked = tmp_path / "recall.json", []

    def answer(recall: Recall, text: str) -> int:
        return recall.answer("length", text, lambda: asked.append(text) or len(text))

    for texts in (["one", "three"], ["three", "three"], ["one", "three"]):
        recall = Recall(path)
        assert [answer(recall, text) for text in texts] == [len(text) for text in texts]
        recall.save()
    assert asked == ["one", "three", "one"]
    assert len(json.loads(path.read_text())) == 2


def test_what_is_found_once_is_not_looked_for_again(tmp_path: Path) -> None:
    recall, looked = Recall(tmp_path / "recall.json"), []
    for _ in range(2):
        assert recall.once("nothing", lambda: looked.append(1)) is None
    assert looked == [1]


@pytest.mark.parametrize("damaged", ["{", "[]", ""])
def test_a_damaged_file_is_asked_again(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "recall.json"
    path.write_text(damaged)
    assert Recall(path).answer("kind", "text", lambda: [1]) == [1]
