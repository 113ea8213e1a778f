"""The digits: entry by entry scikit-learn's copy, and a split that loses none."""

import torch
from sklearn.datasets import load_digits

from ebmlib.data.digits import DIGITS, TEST, digits, split_digits


def test_digits_are_those_of_scikit_learn() -> None:
    peer = load_digits()
    pixels, label = digits(dtype=torch.float64)
    assert torch.equal(pixels * 16, torch.from_numpy(peer.data))
    assert torch.equal(label, torch.from_numpy(peer.target).long())
    assert digits().pixels.dtype == torch.get_default_dtype()


def test_a_split_holds_every_digit_once(generator) -> None:
    train, test = split_digits(generator=generator(3))
    assert (len(train.label), len(test.label)) == (DIGITS - TEST, TEST)
    both = torch.cat([train.pixels, test.pixels])
    order = torch.cat([train.label, test.label])
    images = torch.cat([both, order[:, None].float()], -1)
    whole = torch.cat([digits().pixels, digits().label[:, None].float()], -1)
    assert sorted(images.tolist()) == sorted(whole.tolist())
    again = split_digits(generator=generator(3))
    assert torch.equal(again.test.pixels, test.pixels)
    assert not torch.equal(split_digits(generator=generator(4)).test.label, test.label)
