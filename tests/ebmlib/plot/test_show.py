"""Showing a figure: one output that carries everything, and what is refused."""

import base64
import json

import pytest

from ebmlib.plot.show import MIME, bundle, show
from tests.helpers.recorded import drawn


def test_one_output_carries_all(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display

    caught = []
    monkeypatch.setattr(IPython.display, "display", lambda *a, **k: caught.append((a, k)))
    fig, _ = drawn()
    show(fig, "two-things", alt="Three points\n  and a line.")
    (((data,), how),) = caught
    assert how == {"metadata": {"ebmlib": {"figure": "two-things"}}, "raw": True}
    assert set(data) == {"image/svg+xml", "application/pdf", "text/plain", MIME}
    assert data["text/plain"] == "Figure two-things: Three points and a line."
    assert base64.b64decode(data["application/pdf"]).startswith(b"%PDF")
    assert json.loads(json.dumps(data[MIME]))["alt"] == "Three points and a line."


def test_table_has_one_header_and_nan_padding() -> None:
    fig, _ = drawn()
    table = bundle(fig, "a", "b")[MIME]["table"].splitlines()
    assert table[0] == "y.x y.y line.x/rad line.y"
    assert table[1] == "0 1 0 0"
    assert table[4] == "nan nan 0.75 1.5"
    assert len(table) == 6


@pytest.mark.parametrize("name", ["", "Two", "two_things", "two things", "-two"])
def test_bad_names(name: str) -> None:
    with pytest.raises(ValueError, match="name must be lower-case words joined by hyphens"):
        bundle(drawn()[0], name, "words")


@pytest.mark.parametrize("alt", ["", "  \n "])
def test_no_words(alt: str) -> None:
    with pytest.raises(ValueError, match="figure 'two' needs alt=, a text that says what is to be"):
        bundle(drawn()[0], "two", alt)
