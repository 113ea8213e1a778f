"""Glue refuses what prose cannot show."""

from __future__ import annotations

import pytest

from ebmlib.glue import glue


@pytest.mark.parametrize("name", ["", "two words", "a:b", "{x}"])
def test_a_bad_name_is_told(name: str) -> None:
    with pytest.raises(ValueError, match="name must be a word"):
        glue(name, 1.0)


def test_a_value_that_is_not_finite_is_told() -> None:
    with pytest.raises(ValueError, match=r"loss must be finite\. Got nan\."):
        glue("loss", float("nan"))


def test_six_digits_travel(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[dict[str, str], dict[str, dict[str, str]]]] = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, raw, metadata: shown.append((data, metadata))
    )
    glue("third", 1 / 3)
    [(data, metadata)] = shown
    assert data == {"application/papermill.record/text/plain": "0.333333"}
    assert metadata["scrapbook"]["name"] == "third"
