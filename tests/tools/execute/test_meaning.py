"""Words of a module mean nothing to a page; its code does, and so do words that are shown."""

from __future__ import annotations

import pytest

from tools.execute.meaning import meaning, shows_words

SOURCE = '''"""A module."""

BETA = 1.0  # cold


class Soft:
    """A class."""

    beta: float = BETA

    async def wait(self) -> None:
        """A coroutine."""


def softmin(x, /, beta=BETA):
    """A function."""
    return "a word" if x else beta
'''
WORDS = {
    "docstring of the module": ("A module.", "Another.\n\nOf two paragraphs."),
    "docstring of a class": ("A class.", "Another."),
    "docstring of a function": ('    """A function."""\n', ""),
    "docstring of a coroutine": ("A coroutine.", "Another."),
    "comment": ("  # cold", "  # warm"),
    "lines": ('return "a word"', 'return (\n        "a word"\n    )'),
}
CODE = {
    "value": ("BETA = 1.0", "BETA = 2.0"),
    "default": ("beta=BETA", "beta=2.0"),
    "kind of a parameter": ("(x, /, ", "(x, "),
    "string that is no docstring": ('"a word"', '"another"'),
    "annotation": ("beta: float", "beta: int"),
    "name": ("class Soft", "class Hard"),
}


@pytest.mark.parametrize("change", WORDS)
def test_words_count_for_nothing(change: str) -> None:
    old, new = WORDS[change]
    assert old in SOURCE
    assert meaning(SOURCE.replace(old, new)) == meaning(SOURCE)


@pytest.mark.parametrize("change", CODE)
def test_code_counts(change: str) -> None:
    old, new = CODE[change]
    assert old in SOURCE
    assert meaning(SOURCE.replace(old, new)) != meaning(SOURCE)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("print(softmin.__doc__)", True),
        ("inspect.getsource(softmin)", True),
        ("inspect.getdoc(softmin)", True),
        ("help(softmin)", True),
        ("x = 1\nsoftmin?\ny = 2", True),
        ("Soft().wait??", True),
        ("softmin(x)  # which beta?", False),
        ("show(fig, alt='is it low?')", False),
    ],
)
def test_code_that_shows_words_is_known(code: str, shown: bool) -> None:
    assert shows_words(code) is shown
