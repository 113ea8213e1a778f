r"""Handwritten digits of 8 x 8 pixels: the one data set of the book that nobody drew by formula.

The 1797 digits are the test set of E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten
Digits, UCI Machine Learning Repository (1998), licence CC BY 4.0: each pixel counts the dark
points, 0 to 16, of a 4 x 4 block of a scan. `digits.xz` beside this module holds them as bytes.
"""

import lzma
from pathlib import Path
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor

DIGITS = 1797
"""How many digits there are."""
TEST = 497
"""How many of them `split_digits` keeps for the test."""
_DARKEST = 16


class Digits(NamedTuple):
    """Images and what they show, n of each (train and test have an n of their own)."""

    pixels: Float[Tensor, "_ 64"]
    """Darkness in [0, 1] (a count of 16ths), row by row of the 8 x 8 image."""
    label: Int[Tensor, "_"]
    """The digit shown, 0 to 9."""


class Split(NamedTuple):
    """What a model may learn from, and what it is asked about."""

    train: Digits
    """1300 digits."""
    test: Digits
    """The other 497."""


def digits(*, dtype: torch.dtype | None = None) -> Digits:
    """All 1797 digits, in the order of their source.

    Source: Alpaydin and Kaynak (1998), CC BY 4.0.
    """
    raw = lzma.decompress(Path(__file__).with_name("digits.xz").read_bytes())
    values = torch.frombuffer(bytearray(raw), dtype=torch.uint8)
    pixels, label = values[:-DIGITS].view(DIGITS, 64), values[-DIGITS:]
    return Digits(pixels.to(dtype or torch.get_default_dtype()) / _DARKEST, label.long())


def split_digits(
    *, generator: torch.Generator | None = None, dtype: torch.dtype | None = None
) -> Split:
    """Shuffle the digits, and keep the first 497 for the test.

    Source: Alpaydin and Kaynak (1998), CC BY 4.0.
    """
    pixels, label = digits(dtype=dtype)
    order = torch.randperm(DIGITS, generator=generator)
    test, train = order[:TEST], order[TEST:]
    return Split(Digits(pixels[train], label[train]), Digits(pixels[test], label[test]))
