"""Conjugate gradient against scipy."""

from ebmlib.infer.conjugate import conjugate_gradient
from tests.helpers.scipy import assert_rosenbrock_as_scipy


def test_conjugate_gradient_on_rosenbrock() -> None:
    assert_rosenbrock_as_scipy(conjugate_gradient)
