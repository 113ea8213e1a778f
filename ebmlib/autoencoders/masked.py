r"""Fill in the blank: one net for the conditionals of every cell given any others."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from ebmlib.checks import check_count

_SQUARINGS = 40


def states(D: int) -> Float[Tensor, "K {D}"]:
    r"""All K = 2^D states of D cells of -1 or 1; the first cell changes slowest.

    Raises:
        ValueError: if D is below 1.

    Derived on: book/codes/masked.md
    """
    check_count("D", D)
    bits = torch.arange(2**D)[:, None] >> torch.arange(D - 1, -1, -1)
    return (2 * (bits & 1) - 1).to(torch.get_default_dtype())


def random_masks(
    y: Float[Tensor, "*batch D"], *, generator: torch.Generator | None = None
) -> Bool[Tensor, "*batch D"]:
    r"""What to hide: each sample draws a share, and hides each cell with that probability.

    Raises:
        ValueError: if y has no cells.

    Source: Uria, Murray and Larochelle, A deep and tractable density estimator, 2014, for the
        idea of one net for all sets of hidden cells.

    Derived on: book/codes/masked.md
    """
    if y.ndim == 0 or y.shape[-1] == 0:
        raise ValueError(f"y must have shape (*batch, D), D > 0. Got {tuple(y.shape)}.")
    share = torch.rand((*y.shape[:-1], 1), generator=generator, dtype=y.dtype)
    return torch.rand(y.shape, generator=generator, dtype=y.dtype) < share


def blanked(y: Float[Tensor, "*batch D"], mask: Bool[Tensor, "*batch D"]) -> Tensor:
    r"""What the net sees: the cells with zeros where they are hidden, and which are hidden.

    Returns:
        (*batch, 2 D).

    Raises:
        ValueError: if y and mask differ in shape.

    Derived on: book/codes/masked.md
    """
    if y.shape != mask.shape:
        raise ValueError(f"mask must have shape {tuple(y.shape)}. Got {tuple(mask.shape)}.")
    return torch.cat((y * ~mask, mask.to(y.dtype)), -1)


def masked_loss(
    net: Callable[[Tensor], Tensor],
    y: Float[Tensor, "*batch D"],
    mask: Bool[Tensor, "*batch D"],
) -> Float[Tensor, "*batch"]:
    r"""Cross-entropy of the hidden cells, given what is seen.

    Formula:
        sum over hidden i of -log p(y_i | seen) = log(1 + exp(-2 y_i s_i)), s the net's scores.

    Raises:
        ValueError: as `blanked`.

    Source: Devlin et al., BERT, 2019; with one cell hidden it is Besag's pseudo-likelihood,
        Statistical analysis of non-lattice data, 1975.

    Derived on: book/codes/masked.md
    """
    s = net(blanked(y, mask))
    return (torch.nn.functional.softplus(-2 * y * s) * mask).sum(-1)


def chain_joint(
    conditional: Callable[[Bool[Tensor, " D"]], Float[Tensor, "*nets K D"]],
    order: Sequence[int],
) -> Float[Tensor, "*nets K"]:
    r"""Probability of each state if the cells are drawn one by one.

    Formula:
        p(y) = prod_t p(y_{o_t} | y_{o_1}, ..., y_{o_{t-1}}).

    Args:
        conditional: for what is hidden, p(y_i = 1 | seen) for each state of `states` and each i.
        order: the cells, each once.

    Raises:
        ValueError: if order does not hold each of 0..D-1 once.

    Derived on: book/codes/masked.md
    """
    D = len(order)
    if sorted(order) != list(range(D)):
        raise ValueError(f"order must hold each of 0..{D - 1} once. Got {list(order)}.")
    up, hidden, p = states(D) > 0, torch.ones(D, dtype=torch.bool), torch.ones(2**D)
    for i in order:
        q = conditional(hidden)[..., i]
        p = p * torch.where(up[:, i], q, 1 - q)
        hidden = hidden.clone()
        hidden[i] = False
    return p


def implied_joint(q: Float[Tensor, "*nets K D"]) -> Float[Tensor, "*nets K"]:
    r"""Where Gibbs sampling with these conditionals ends: one cell at random, drawn anew.

    Formula:
        p T = p, with T the mean over i of the matrices that redraw cell i from q_i.

    Args:
        q: p(y_i = 1 | all others) for each state of `states` and each i, strictly between 0 and 1.

    Raises:
        ValueError: if q is not (*nets, 2^D, D), or has an entry outside of (0, 1).

    Source: Heckerman et al., Dependency networks for inference, collaborative filtering, and data
        visualization, 2000.

    Derived on: book/codes/masked.md
    """
    if q.ndim < 2 or q.shape[-2] != 2 ** q.shape[-1]:
        raise ValueError(f"q must have shape (*nets, 2^D, D). Got {tuple(q.shape)}.")
    if not bool(((q > 0) & (q < 1)).all()):
        raise ValueError("q must lie in (0, 1).")
    K, D = q.shape[-2:]
    one, T = torch.arange(K), torch.zeros(*q.shape[:-2], K, K, dtype=torch.float64)
    for i in range(D):
        bit = 1 << (D - 1 - i)
        T[..., one, one | bit] += q[..., i].double() / D
        T[..., one, one & ~bit] += (1 - q[..., i].double()) / D
    for _ in range(_SQUARINGS):
        T = T @ T
        T = T / T.sum(-1, keepdim=True)
    return T[..., 0, :].to(q.dtype)
