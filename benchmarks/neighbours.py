"""A map of neighbours beside scikit-learn's exact t-SNE: 300 digits of 64 pixels, 500 steps.

    python -m benchmarks.neighbours [--repeats 5] [--seeds 3]

Both choose the temperatures of all samples, start from the same small map and take as many steps,
one quarter of ours and half of theirs with the stronger pull of the beginning, as both do by
themselves. How good the maps are is their Kullback-Leibler divergence, in nats.
"""

from __future__ import annotations

import torch
from sklearn.manifold import TSNE
from torch import Tensor

from benchmarks.turns import asked, head, race
from ebmlib.data.digits import digits
from ebmlib.generative.neighbours import perplexity_weights, squared_distances, tsne, tsne_loss

SAMPLES, PERPLEXITY, STEPS = 300, 30.0, 500


def ours(x: Tensor, start: Tensor) -> Tensor:
    P = perplexity_weights(squared_distances(x), PERPLEXITY)
    return tsne(P, start, steps=STEPS).y


def peer(x: Tensor, start: Tensor) -> Tensor:
    theirs = TSNE(perplexity=PERPLEXITY, method="exact", init=start.numpy(), max_iter=STEPS,
                  n_iter_without_progress=STEPS, min_grad_norm=0.0)  # fmt: skip
    return torch.from_numpy(theirs.fit_transform(x.numpy())).double()


def divergence(x: Tensor, y: Tensor) -> float:
    """KL(P | Q) in nats: the loss is its cross-entropy, of which P's entropy is no map's fault."""
    P = perplexity_weights(squared_distances(x), PERPLEXITY)
    return float(tsne_loss(P, y) + torch.special.xlogy(P, P).sum())


def main() -> None:
    options = asked(__doc__)
    print(head("scikit-learn"))
    for seed in range(options.seeds):
        generator = torch.Generator().manual_seed(seed)
        every = digits(dtype=torch.float64).pixels
        x = every[torch.randperm(len(every), generator=generator)[:SAMPLES]]
        start = 1e-4 * torch.randn(SAMPLES, 2, generator=generator, dtype=x.dtype)
        times = race(lambda: ours(x, start), lambda: peer(x, start), options.repeats)  # noqa: B023
        told = ", theirs ".join(f"{divergence(x, one(x, start)):.3f}" for one in (ours, peer))
        print(times.row(f"{SAMPLES} digits, draw {seed}", f"divergence {told} nats"))


if __name__ == "__main__":
    main()
