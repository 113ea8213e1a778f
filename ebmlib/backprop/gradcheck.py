"""Is a gradient right? Ask the function itself, by central differences."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor

from ebmlib.backprop.module import Module, check_shape

__all__ = ["check_module", "numerical_gradient", "relative_error"]


def numerical_gradient(
    f: Callable[[Tensor], Tensor], x: Float[Tensor, "*shape"], *, step: float = 1e-5
) -> Float[Tensor, "*shape"]:
    """Estimate the gradient of a scalar f at x, two evaluations a component.

    Formula:
        df/dx_i = (f(x + h e_i) - f(x - h e_i)) / (2 h) + O(h^2), plus rounding, about
        epsilon |f| / h. With f''' of f's size the best h is near epsilon^(1/3): 6e-6 in float64.
    Shapes:
        x and the gradient: any, the same; f's value: ().
    Raises:
        ValueError: where f does not return a scalar.
        TypeError: where x holds no floating-point numbers.
    Source:
        Derivation (Taylor); Nocedal and Wright (2006), section 8.1.
    Derived on: book/backprop/graph.md
    """
    if not x.is_floating_point():
        raise TypeError(f"x must hold floating-point numbers. Got {x.dtype}.")
    gradient = torch.zeros_like(x, memory_format=torch.contiguous_format)
    for i in range(x.numel()):
        e_i = torch.zeros_like(gradient)
        e_i.view(-1)[i] = step
        difference = f(x + e_i) - f(x - e_i)
        if difference.numel() != 1:
            raise ValueError(f"f must return a scalar. Got shape {tuple(difference.shape)}.")
        gradient.view(-1)[i] = difference.reshape(()) / (2 * step)
    return gradient


def relative_error(a: Float[Tensor, "*shape"], b: Float[Tensor, "*shape"]) -> float:
    """Return how far two gradients are apart, on the scale of the larger.

    Formula:
        max_i |a_i - b_i| / max(1, max_i |a_i|, max_i |b_i|).
    Shapes:
        a and b: any, the same.
    Raises:
        ValueError: where the shapes differ.
    Derived on: book/backprop/graph.md
    """
    check_shape("b", b, tuple(a.shape))
    scale = max(1.0, float(a.abs().max()), float(b.abs().max()))
    return float((a - b).abs().max()) / scale


def check_module(
    module: Module,
    r: Float[Tensor, "batch in"],
    *,
    generator: torch.Generator,
    step: float = 1e-5,
) -> dict[str, float]:
    """Compare every gradient that a module's backward gives with central differences.

    Formula:
        L = <gradOutput, module(r)> with gradOutput drawn normal, whatever the output's shape;
        gradInput and each parameter's gradient against `numerical_gradient` of L.
    Shapes:
        r: the module's input; the module maps one tensor to one tensor.
    Returns:
        The relative error of 'gradInput' and of 'gradient 0', 'gradient 1', ... in the order of
        `parameters()`: below 1e-8 where the module is right and r is float64.
    Raises:
        ValueError: where r is not float64 (what float32 does is shown on the page), or where a
            gradient has not the shape of its input or parameter.
    Derived on: book/backprop/graph.md
    """
    if r.dtype != torch.float64:
        raise ValueError(f"r must be float64. Got {r.dtype}.")
    r = r.detach().clone()  # it is moved about
    output = module(r)
    gradOutput = torch.randn(output.shape, dtype=r.dtype, device=r.device, generator=generator)
    module.zero_grad()
    errors = {"gradInput": (module.backward(gradOutput), r)}
    errors |= {f"gradient {i}": (g.clone(), p) for i, (p, g) in enumerate(module.parameters())}
    found = {}
    for name, (analytic, place) in errors.items():
        loss = _loss_at(place, module, r, gradOutput)
        found[name] = relative_error(analytic, numerical_gradient(loss, place.clone(), step=step))
    return found


def _loss_at(
    place: Tensor, module: Module, r: Tensor, gradOutput: Tensor
) -> Callable[[Tensor], Tensor]:
    """L = <gradOutput, module(r)> as a function of the value at `place`, input or parameter."""

    def f(value: Tensor) -> Tensor:
        kept = place.clone()
        place.copy_(value)
        L: Tensor = (gradOutput * module(r)).sum()
        place.copy_(kept)
        return L

    return f
