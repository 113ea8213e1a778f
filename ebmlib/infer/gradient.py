"""Gradient descent on the latent, with a fixed step or with backtracking."""

from jaxtyping import Float
from torch import Tensor

from ebmlib.energy import Energy
from ebmlib.infer.descend import Steepest, descend
from ebmlib.infer.minimum import Minimum, batch_shape
from ebmlib.infer.search import Backtracking, Fixed


def spread(
    lr: Float[Tensor, "*#batch"],
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch latent"],
) -> Float[Tensor, " samples"]:
    """The step of each sample of the flat batch.

    Raises:
        ValueError: as `batch_shape`, or if lr cannot be broadcast to that shape.
    """
    batch = batch_shape(y, z)
    try:
        return lr.to(z).expand(batch).reshape(-1)
    except RuntimeError:
        raise ValueError(
            f"lr must be one step or one for each of {tuple(batch)}. Got shape {tuple(lr.shape)}."
        ) from None


def gradient_descent(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch latent"],
    /,
    *,
    lr: float | Float[Tensor, "*#batch"] = 0.1,
    steps: int = 1000,
    tolerance: float = 1e-5,
    path: bool = False,
) -> Minimum:
    """Descend with a fixed step.

    Formula:
        z <- z - lr grad_z E(y, z). Near a minimum of curvature h it converges for
        0 < lr < 2 / h, and fastest for lr = 1 / h.

    Args:
        E: the energy.
        y: targets.
        z: starts.
        lr: the step, one for all samples or one for each.
        steps: the most steps a sample may take.
        tolerance: a sample stops when no component of its gradient is larger.
        path: whether to keep every latent on the way.

    Raises:
        ValueError: on a wrong shape, a NaN, lr <= 0, steps < 1 or tolerance < 0.

    Derived on: book/ellipse/inference.md
    """
    search = Fixed(lr)
    if isinstance(lr, Tensor):
        search.lr = spread(lr, y, z)
    return descend(E, y, z, Steepest(), search, steps=steps, tolerance=tolerance, path=path)


def backtracking_descent(
    E: Energy,
    y: Float[Tensor, "*#batch dim"],
    z: Float[Tensor, "*#batch latent"],
    /,
    *,
    lr: float = 1.0,
    steps: int = 1000,
    tolerance: float = 1e-5,
    path: bool = False,
) -> Minimum:
    """Descend with a step that is halved until the energy falls enough.

    Formula:
        z <- z - t g, with g the gradient and t the first of lr, lr/2, lr/4 ... for which
        E(z - t g) <= E(z) - 0.3 t |g|^2. Each sample has its own t.

    Args:
        E: the energy.
        y: targets.
        z: starts.
        lr: the first step that is tried.
        steps: the most steps a sample may take.
        tolerance: a sample stops when no component of its gradient is larger.
        path: whether to keep every latent on the way.

    Raises:
        ValueError: on a wrong shape, a NaN, lr <= 0, steps < 1 or tolerance < 0.

    Source: Armijo, Minimization of functions having Lipschitz continuous first partial
        derivatives, 1966.

    Derived on: book/ellipse/inference.md
    """
    search = Backtracking(lr)
    return descend(E, y, z, Steepest(), search, steps=steps, tolerance=tolerance, path=path)
