"""The outer product as a table."""

import pytest
import torch

from ebmlib.plot.figure import figure
from ebmlib.plot.scenes.product import product
from ebmlib.plot.show import facts
from tests.helpers.plotted import loaded


@pytest.mark.usefixtures("unchecked")
def test_product_is_the_outer_product_and_knows_no_minus_zero() -> None:
    fig, ax = figure()
    product(ax, torch.tensor([1.0, -2.0]), torch.tensor([0.0, 3.0]))
    values = loaded(facts(fig, "one", "alt", ""))["product.value"]
    assert values.tolist() == [0, 3, 0, -6]
    assert "\N{MINUS SIGN}0" not in "".join(text.get_text() for text in ax.texts)
    with pytest.raises(ValueError, match=r"a and b must be vectors. Got \(1, 2\) and \(2,\)."):
        product(ax, torch.ones(1, 2), torch.ones(2))
