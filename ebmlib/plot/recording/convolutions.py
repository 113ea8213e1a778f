"""Backward passes of convolutions, and transposed ones, as ordinary convolutions."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import pad

from ebmlib.plot.recording.text import NotKnownError


def _each(values: Sequence[int], count: int) -> list[int]:
    return list(values) * (count if len(values) == 1 else 1)


def _plain(x: Tensor, w: Tensor, padding: list[int], dilation: list[int]) -> Tensor:
    """A convolution of stride 1."""
    ones, zeros = [1] * len(padding), [0] * len(padding)
    out: Tensor = torch.ops.aten.convolution.default(
        x, w, None, ones, padding, dilation, False, zeros, 1
    )
    return out


def _apart(g: Tensor, stride: Sequence[int], extra: Sequence[int]) -> Tensor:
    """The entries with stride - 1 zeros between them, and some more behind the last one."""
    for dim, (s, more) in enumerate(zip(stride, extra, strict=True), start=2):
        if s > 1:
            size = (g.shape[dim] - 1) * s + 1
            frame = [0, 0] * (g.ndim - 1 - dim) + [0, s - 1]
            g = pad(g.unsqueeze(dim + 1), frame).flatten(dim, dim + 1).narrow(dim, 0, size)
        if more:
            g = pad(g, [0, 0] * (g.ndim - 1 - dim) + [0, more])
    return g


def to_input(
    g: Tensor, w: Tensor, size: Sequence[int], stride: Any, padding: Any, dilation: Any
) -> Tensor:
    """The transposed map: what reaches an input of this size from the output."""
    taps = w.shape[2:]
    back = [d * (k - 1) - p for d, k, p in zip(dilation, taps, padding, strict=True)]
    extra = [
        n - ((m - 1) * s + 1 + 2 * b - d * (k - 1))
        for n, m, s, b, d, k in zip(size, g.shape[2:], stride, back, dilation, taps, strict=True)
    ]
    dims = list(range(2, w.ndim))
    return _plain(_apart(g, stride, extra), w.transpose(0, 1).flip(dims), back, dilation)


def _to_weight(
    g: Tensor, x: Tensor, taps: Sequence[int], stride: Any, padding: Any, dilation: Any
) -> Tensor:
    kernel = g.transpose(0, 1)
    zeros = [0] * len(taps)
    out: Tensor = torch.ops.aten.convolution.default(
        x.transpose(0, 1), kernel, None, dilation, padding, stride, False, zeros, 1
    ).transpose(0, 1)
    for dim, size in enumerate(taps, start=2):
        out = out.narrow(dim, 0, size)
    return out


def backward(
    g: Tensor, x: Tensor, w: Tensor, bias: Any, stride: Any, padding: Any, dilation: Any,
    transposed: bool, output_padding: Any, groups: int, mask: Sequence[bool],
) -> tuple[Tensor | None, Tensor | None, Tensor | None]:  # fmt: skip
    """aten.convolution_backward: what reaches the input, the weights and the bias."""
    if transposed or groups != 1:
        raise NotKnownError(
            "backward passes of convolutions transposed or in groups are not known to live "
            "figures yet."
        )
    how = [_each(one, x.ndim - 2) for one in (stride, padding, dilation)]
    return (
        to_input(g, w, x.shape[2:], *how) if mask[0] else None,
        _to_weight(g, x, w.shape[2:], *how) if mask[1] else None,
        g.sum([0, *range(2, g.ndim)]) if mask[2] else None,
    )


CONVOLUTIONS: dict[str, Callable[..., Any]] = {"aten.convolution_backward.default": backward}
