"""What every module has."""

from torch import Tensor

from ebmlib.backprop.module import Module
from tests.helpers.modules import assert_equals


def test_a_module_is_called_and_has_no_parameters_of_its_own() -> None:
    class Double(Module):
        def forward(self, r: Tensor) -> Tensor:
            return 2 * r

        def backward(self, gradOutput: Tensor) -> Tensor:
            return 2 * gradOutput

    module = Double()
    assert module.parameters() == []
    assert_equals(module, lambda s: 2 * s)
    module.zero_grad()  # nothing to forget
