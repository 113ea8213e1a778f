"""An autoencoder's energy is its error."""

import torch

from ebmlib.autoencoders.autoencoder import Autoencoder
from ebmlib.train import generators
from tests.helpers.draws import normal


def test_autoencoder_energy() -> None:
    model = Autoencoder([2, 8, 1], generators([0, 1]), dtype=torch.float64)
    y = normal(2, 5, 2)
    torch.testing.assert_close(model.energy(y), (y - model(y)).square().sum(-1))
    assert model.encoder(y).shape == (2, 5, 1)
