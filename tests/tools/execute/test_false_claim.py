"""A false claim tells the values that it was about, and asks nothing that could change one."""

from __future__ import annotations

import ast

import pytest

from tools.execute.false_claim import asked, failed, said


def claim(code: str) -> ast.Assert:
    found = failed(code, 1)
    assert found
    return found


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("assert best > 30", ["best"]),
        ("assert 1 < best < worst", ["best", "worst"]),
        ("assert losses[-1] < one.best.loss", ["losses[-1]", "one.best.loss"]),
        ("assert error.max() < 1e-3 and len(x) == n", ["error.max()", "len(x)", "n"]),
        ("assert torch.allclose(a, b, atol=eps)", ["torch", "a", "b", "eps"]),
        ("assert draw(generator) > 0.5", ["generator"]),
        ("assert (F <= bowls).all()", ["F", "bowls"]),
        ("assert all(x > 0 for x in found)", ["found"]),
        ("assert not found", ["found"]),
    ],
)
def test_what_is_asked(code: str, names: list[str]) -> None:
    assert asked(claim(code)) == names


def test_what_is_said() -> None:
    values = {
        "torch": "<module 'torch' from ...>",
        "a": "15.848931924611142",
        "b": "tensor([1,\n  2])",
    }
    words = "torch.equal(a, b) is false: a = 15.8489, b = tensor([1, 2])"
    assert said(claim("assert torch.equal(a, b)"), values) == words
    assert said(claim("assert a > n"), {"a": "7"}) == "a > n is false: a = 7"
    assert said(claim("assert 1 == 2"), {}) == "1 == 2 is false"
    assert len(said(claim("assert a"), {"a": "9" * 1000})) < 120


def test_a_claim_of_several_lines_and_in_a_loop_but_not_in_a_function() -> None:
    assert failed("for x in y:\n    assert (\n        x\n        > 3)\n", 3)
    assert failed("def f(x):\n    assert x\n\n\nf(0)\n", 2) is None
    assert failed("x = 1\n", 1) is None
    assert failed("x = (\n", 1) is None
