"""The five steps of training, as a generator, so that a page can watch every step."""

import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from tqdm import tqdm

from ebmlib.checks import check_count


class Step(NamedTuple):
    """What `train` yields after each update."""

    step: int
    """1, 2, 3 ..."""
    loss: float
    """The loss BEFORE this update."""


def quiet() -> bool:
    """Whether progress bars are off: EBMLIB_QUIET is set, or nobody watches a terminal."""
    return bool(os.environ.get("EBMLIB_QUIET")) or not sys.stderr.isatty()


def train(
    loss: Callable[..., Tensor],
    optimiser: torch.optim.Optimizer,
    steps: int,
    *,
    batches: Iterable[tuple[Tensor, ...]] | None = None,
    schedule: torch.optim.lr_scheduler.LRScheduler | None = None,
) -> Iterator[Step]:
    """Descend on a loss: forward, loss, forget, backward, step.

    Args:
        loss: takes the tensors of a batch (nothing, if no batches are given) through the
            model to one number: steps one and two.
        optimiser: holds the parameters.
        steps: how many updates.
        batches: gone through again from its start whenever it ends (a list or a data loader).
        schedule: a learning-rate schedule, stepped after each update.

    Yields:
        `Step(step, loss)` after each update. Nothing happens unless the generator is read:
        `for step, L in train(...)`.

    Raises:
        ValueError: if steps < 1, if the batches are empty, or if the loss is not one finite
            number.
    """
    check_count("steps", steps)
    again = itertools.repeat(()) if batches is None else _cycle(batches)
    bar = tqdm(range(1, steps + 1), desc="training", disable=quiet())
    for step, batch in zip(bar, again, strict=False):
        L = loss(*batch)  # 1. forward: predict or infer; 2. the loss of what came out
        if L.ndim != 0 or not bool(L.isfinite()):
            raise ValueError(f"loss must be one finite number at step {step}. Got {L.detach()}.")
        optimiser.zero_grad()  # 3. forget the gradients of the step before
        L.backward()  # type: ignore[no-untyped-call]  # 4. backward: accumulate gradients
        optimiser.step()  # 5. step: move the parameters
        if schedule is not None:
            schedule.step()
        yield Step(step, L.item())


def _cycle(batches: Iterable[tuple[Tensor, ...]]) -> Iterator[tuple[Tensor, ...]]:
    """Start again at the end; unlike itertools.cycle a loader shuffles anew, nothing is kept."""
    while True:
        empty = True
        for batch in batches:
            empty = False
            yield batch
        if empty:  # from its start, or a generator that has ended for good
            raise ValueError("batches must hold at least one batch each time they start. Got none.")


def generators(seeds: Sequence[int]) -> list[torch.Generator]:
    """One generator a seed."""
    return [torch.Generator().manual_seed(seed) for seed in seeds]


def adam(
    parameters: Iterable[nn.Parameter], lr: float, steps: int
) -> tuple[torch.optim.Adam, torch.optim.lr_scheduler.CosineAnnealingLR]:
    r"""Adam and a cosine schedule that takes its rate from lr to 0 in `steps` steps.

    Formula:
        lr_k = lr (1 + cos(pi k / steps)) / 2.

    Raises:
        ValueError: if steps < 1.
    """
    check_count("steps", steps)
    optimiser = torch.optim.Adam(parameters, lr=lr, fused=True)  # one pass over all entries
    return optimiser, torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
