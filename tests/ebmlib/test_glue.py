"""Glue refuses what prose cannot show."""

from __future__ import annotations

import pytest

from ebmlib.glue import ANSWER, answer, glue


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


def test_an_answer_is_a_key_or_a_number_with_its_tolerance(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[dict[str, object], dict[str, dict[str, str]]]] = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, raw, metadata: shown.append((data, metadata))
    )
    answer("tiny-way", "rises")
    answer("tiny-gap", 1 / 3, within=0.01)
    facts = [
        {"name": "tiny-way", "key": "rises"},
        {"name": "tiny-gap", "value": 0.333333, "within": 0.01},
    ]
    assert [data for data, _ in shown] == [{ANSWER: one} for one in facts]
    assert shown[0][1] == {"ebmlib": {"answer": "tiny-way"}}


@pytest.mark.parametrize(
    ("right", "within", "said"),
    [
        (1.0, None, "needs within > 0"),
        (1.0, 0.0, "needs within > 0"),
        (float("inf"), 0.1, "must be finite"),
        ("up", 0.1, "has no tolerance"),
        ("two words", None, "a key is a word"),
        ("", None, "a key is a word"),
    ],
)
def test_an_answer_that_no_question_could_take_is_told(
    right: str | float, within: float | None, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        answer("tiny-way", right, within)
    with pytest.raises(ValueError, match="name must be a word"):
        answer("two words", "up")
