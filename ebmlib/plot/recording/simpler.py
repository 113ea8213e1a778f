"""Calls that are taken apart into simpler ones, by our own short forms or by torch's."""

import math
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import torch
from torch import Tensor
from torch._decomp import decomposition_table

from ebmlib.plot.recording.convolutions import CONVOLUTIONS
from ebmlib.plot.recording.matrices import MATRICES
from ebmlib.plot.recording.script import KNOWN
from ebmlib.plot.recording.text import NotKnownError

Form = Callable[..., Any]


def _softmax(x: Tensor, dim: int, half: bool = False) -> Tensor:
    e = torch.exp(x - torch.amax(x, [dim], True))
    return e / torch.sum(e, [dim], True)


def _log_softmax(x: Tensor, dim: int, half: bool = False) -> Tensor:
    s = x - torch.amax(x, [dim], True)
    return s - torch.log(torch.sum(torch.exp(s), [dim], True))


def _safe_softmax(x: Tensor, dim: int, dtype: torch.dtype | None = None) -> Tensor:
    return _softmax(x if dtype is None else x.to(dtype), dim)


def _norm(
    x: Tensor, ord: float = 2, dim: Any = None, keepdim: bool = False, dtype: Any = None
) -> Tensor:
    dims = list(range(x.ndim)) if dim is None else dim
    if ord == math.inf:
        return torch.amax(x.abs(), dims, keepdim)
    if ord == 2:
        return torch.sqrt(torch.sum(x * x, dims, keepdim))
    powers = x.abs() if ord == 1 else x.abs() ** ord
    total = torch.sum(powers, dims, keepdim)
    return total if ord == 1 else total ** (1 / ord)


def _topk(
    x: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
) -> tuple[Tensor, Tensor]:
    values, places = torch.sort(x, dim=dim, descending=largest)
    return values.narrow(dim, 0, k), places.narrow(dim, 0, k)


def _kth(x: Tensor, k: int, dim: int = -1, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    values, places = torch.sort(x, dim=dim)
    if keepdim:
        return values.narrow(dim, k - 1, 1), places.narrow(dim, k - 1, 1)
    return values.select(dim, k - 1), places.select(dim, k - 1)


def _median(x: Tensor, dim: int, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    return _kth(x, (x.shape[dim] + 1) // 2, dim, keepdim)


def _bucketize(
    x: Tensor, boundaries: Tensor, *, out_int32: bool = False, right: bool = False
) -> Tensor:
    below = boundaries <= x.unsqueeze(-1) if right else boundaries < x.unsqueeze(-1)
    return below.sum(-1).to(torch.int32 if out_int32 else torch.int64)


def _searchsorted(
    boundaries: Tensor, x: Tensor, *, out_int32: bool = False, right: bool = False, **other: Any
) -> Tensor:
    if boundaries.ndim != 1 or any(other.values()):
        raise NotKnownError("searchsorted in more than one row is not known to live figures yet.")
    return _bucketize(x, boundaries, out_int32=out_int32, right=right)


def _distances(x: Tensor, y: Tensor, p: float, mode: int | None = None) -> Tensor:
    return _norm(x.unsqueeze(-2) - y.unsqueeze(-3), p, [-1])


def _distances_back(g: Tensor, x: Tensor, y: Tensor, p: float, found: Tensor) -> Tensor:
    if p != 2:
        raise NotKnownError("slopes of distances other than 2 are not known to live figures yet.")
    share = torch.where(found > 0, g / found, 0.0)
    return (share.unsqueeze(-1) * (x.unsqueeze(-2) - y.unsqueeze(-3))).sum(-2)


def _variance(
    x: Tensor, dim: Any = None, *, correction: float | None = None, keepdim: bool = False
) -> Tensor:
    return _spread(x, dim, correction=correction, keepdim=keepdim)[0]


def _spread(
    x: Tensor, dim: Any = None, *, correction: float | None = None, keepdim: bool = False
) -> tuple[Tensor, Tensor]:
    """Variance and mean; the correction is 1 where nothing is said."""
    dims = list(range(x.ndim)) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    mean = torch.mean(x, dims, True)
    count = math.prod(x.shape[d] for d in dims) - (1 if correction is None else correction)
    squares = torch.sum((x - mean) * (x - mean), dims, keepdim) / count
    return squares, mean if keepdim else mean.reshape(squares.shape)


def _layer_norm(
    x: Tensor, shape: list[int], weight: Tensor | None, bias: Tensor | None, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    variance, mean = _spread(x, list(range(-len(shape), 0)), correction=0, keepdim=True)
    scale = torch.rsqrt(variance + eps)
    y = (x - mean) * scale
    y = y if weight is None else y * weight
    return y if bias is None else y + bias, mean, scale


def _split(x: Tensor, sizes: int | list[int], dim: int = 0) -> list[Tensor]:
    if isinstance(sizes, int):
        sizes = [min(sizes, x.shape[dim] - at) for at in range(0, x.shape[dim], sizes)]
    starts = [0, *accumulate(sizes)]
    return [x.narrow(dim, at, size) for at, size in zip(starts, sizes, strict=False)]


def _mean_pool(
    x: Tensor, size: list[int], stride: list[int] | None = None, padding: Any = (0,), *other: Any
) -> Tensor:
    if any(padding) or any(other):
        raise NotKnownError("pools with padding are not known to live figures yet.")
    stride = stride or size
    return x.unfold(-2, size[0], stride[0]).unfold(-2, size[1], stride[1]).mean((-1, -2))


def _extremes(x: Tensor, *, dim: int | None = None, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    dims = list(range(x.ndim)) if dim is None else [dim]
    return torch.amin(x, dims, keepdim), torch.amax(x, dims, keepdim)


FORMS: dict[str, Form] = {
    **MATRICES,
    **CONVOLUTIONS,
    "aten._softmax.default": _softmax,
    "aten._safe_softmax.default": _safe_softmax,
    "aten._log_softmax.default": _log_softmax,
    "aten.linalg_vector_norm.default": _norm,
    "aten.topk.default": _topk,
    "aten.kthvalue.default": _kth,
    "aten.median.dim": _median,
    "aten.bucketize.Tensor": _bucketize,
    "aten.searchsorted.Tensor": _searchsorted,
    "aten._cdist_forward.default": _distances,
    "aten._cdist_backward.default": _distances_back,
    "aten.aminmax.default": _extremes,
    "aten.var.correction": _variance,
    "aten.var_mean.correction": _spread,
    "aten.std.correction": lambda *args, **how: torch.sqrt(_variance(*args, **how)),
    "prims.var.default": lambda x, dims, correction=1: _variance(x, dims, correction=correction),
    "aten.native_layer_norm.default": _layer_norm,
    "aten.split.Tensor": _split,
    "aten.split_with_sizes.default": _split,
    "aten.unbind.int": lambda x, dim=0: [x.select(dim, k) for k in range(x.shape[dim])],
    "aten.avg_pool2d.default": _mean_pool,
    "aten.max.other": torch.maximum,
    "aten.min.other": torch.minimum,
}


def _without_dim(form: Form) -> Form:
    """argmax or argmin over all entries, as over one row of them."""

    def flat(x: Tensor, dim: None = None, keepdim: bool = False) -> Tensor:
        place: Tensor = form(x.reshape(-1), 0)
        return place.reshape([1] * x.ndim) if keepdim else place

    return flat


def _by_mask(x: Tensor, indices: list[Tensor | None], *rest: Any) -> Any:
    """A mask among the indices as the places where it is true."""
    places: list[Tensor | None] = []
    for one in indices:
        masks = one is not None and one.dtype == torch.bool
        places += list(one.nonzero().unbind(1)) if masks and one is not None else [one]
    if rest:
        return torch.ops.aten.index_put.default(x, places, *rest)
    return torch.ops.aten.index.Tensor(x, places)


def simpler(func: Any, args: Any, kwargs: Any) -> Form | None:
    """The simpler form of a call; None where it is written as it is, or not known at all.

    Args:
        func: the operation that torch is about to run.
        args: its arguments.
        kwargs: its arguments by name.
    """
    name, kind = str(func), str(func).split(".")[1].removesuffix("_")
    if name in FORMS:
        return FORMS[name]
    if kind in ("argmax", "argmin") and (args[1] if args[1:] else kwargs.get("dim")) is None:
        return _without_dim(torch.argmax if kind == "argmax" else torch.argmin)
    if kind in ("index", "index_put") and any(
        one is not None and one.dtype == torch.bool for one in args[1]
    ):
        return _by_mask
    if kind in KNOWN:
        return None
    if func in decomposition_table:
        return decomposition_table[func]
    composite = torch._C.DispatchKey.CompositeImplicitAutograd
    return func.decompose if func.has_kernel_for_dispatch_key(composite) else None
