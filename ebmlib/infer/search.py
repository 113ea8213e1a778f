"""Searches along a line: a fixed step, backtracking, and one that meets Wolfe's conditions."""

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from ebmlib.checks import check_positive
from ebmlib.infer.batch import Rows, dot, put, take, where
from ebmlib.infer.descend import Found, Line, Point, pick

TRIALS = 30
"""The most points that a search tries."""

Look = TypeVar("Look", bound=tuple[Any, ...])


class Bracket(NamedTuple):
    """An interval a sample that holds an acceptable step, and the slopes at its ends."""

    lo: Float[Tensor, "*batch"]
    slope_lo: Float[Tensor, "*batch"]
    hi: Float[Tensor, "*batch"]
    slope_hi: Float[Tensor, "*batch"]
    last_beyond: Bool[Tensor, "*batch"]

    def narrow(
        self,
        t: Float[Tensor, "*batch"],
        slope: Float[Tensor, "*batch"],
        beyond: Bool[Tensor, "*batch"],
    ) -> tuple["Bracket", Float[Tensor, "*batch"]]:
        """Take t as an end of the interval; return that and the next step to try.

        That is where the slope would vanish if it changed evenly (a secant step). An end that
        stays twice counts half (the Illinois rule), or it might stay for ever.
        """
        step = t - self.lo
        further = step * slope / (self.slope_lo - slope)
        further = torch.where(slope > self.slope_lo, further, math.inf)
        further = t + further.clamp(1.1 * step, 4 * step)
        closed = self.hi.isfinite()
        halve_lo, halve_hi = beyond & closed & self.last_beyond, ~(beyond | self.last_beyond)
        slope_lo = torch.where(halve_lo, 0.5 * self.slope_lo, self.slope_lo)
        slope_hi = torch.where(halve_hi, 0.5 * self.slope_hi, self.slope_hi)
        slope_lo = torch.where(beyond, slope_lo, slope)
        slope_hi = torch.where(beyond, slope, slope_hi)
        lo, hi = torch.where(beyond, self.lo, t), torch.where(beyond, t, self.hi)
        part = slope_lo / (slope_lo - slope_hi)
        part = torch.where(slope_hi > 0, part, 0.5).clamp(0.02, 0.98)
        inside = lo + part * (hi - lo)
        new = Bracket(lo, slope_lo, hi, slope_hi, beyond)
        return new, torch.where(hi.isinf(), further, inside)


def half_line(slope: Float[Tensor, "*batch"]) -> Bracket:
    """All steps from 0 on, with the slope at 0."""
    zero = torch.zeros_like(slope)
    return Bracket(zero, slope, zero + math.inf, zero - 1, zero.bool())


class Trial(NamedTuple):
    """The step that is tried next, the best point so far and the interval that holds a better."""

    t: Float[Tensor, "*batch"]
    best: Point
    bracket: Bracket | None = None
    """None before the first trial."""


class Trying(Protocol[Look]):
    """A search that tries one step after another."""

    def look(
        self, line: Line, t: Float[Tensor, "*batch"], new: Point, /
    ) -> tuple[Bool[Tensor, "*batch"], Look]:
        """Whether the point at t fits, and what else there is to be seen."""
        ...

    def onward(self, line: Line, trial: Trial, new: Point, seen: Look, /) -> Trial:
        """What to try next where the point at trial.t does not fit."""
        ...


def give_up(line: Line, trial: Trial) -> Found:
    """The best point so far, without another look."""
    none = torch.zeros_like(trial.t, dtype=torch.long)
    return Found(trial.best, trial.best.e < line.at.e, none, trial.t)


def try_on(search: Trying[Look], line: Line, trial: Trial, left: int = TRIALS) -> Found:
    """Try until every sample has a point that fits; those that have one are not tried again."""
    if left == 0:
        return give_up(line, trial)
    new = line.point(trial.t)
    fits, seen = search.look(line, trial.t, new)
    found = Found(new, fits, torch.ones_like(fits, dtype=torch.long), trial.t)
    rest = where(~fits)
    if len(rest) == 0:
        return found
    line = line.take(rest)
    trial = search.onward(line, take(trial, rest), take(new, rest), take(seen, rest))
    further = try_on(search, line, trial, left - 1)
    return put(found, rest, further._replace(evaluations=further.evaluations + 1))


def try_active(
    search: Trying[Look], line: Line, trial: Trial, active: Bool[Tensor, "*batch"]
) -> Found:
    """Try for the samples that are active; the others stay where they are."""
    if bool(active.all()):
        return try_on(search, line, trial)
    rows = where(active)
    return put(give_up(line, trial), rows, try_on(search, line.take(rows), take(trial, rows)))


def slack(e: Float[Tensor, "*batch"]) -> Float[Tensor, "*batch"]:
    """What rounding may add to an energy: near a minimum all differences drown in it."""
    eps: float = torch.finfo(e.dtype).eps
    return math.pow(eps, 2 / 3) * e.abs()


@dataclass
class Fixed:
    """The step `lr` always, one for all samples or one for each."""

    lr: float | Float[Tensor, "*#batch"]

    def __post_init__(self) -> None:
        if not isinstance(self.lr, Tensor):
            check_positive("lr", self.lr)
        elif not bool(((self.lr > 0) & self.lr.isfinite()).all()):
            raise ValueError(f"lr must be finite and > 0. Got {self.lr}.")

    def __call__(self, line: Line, active: Bool[Tensor, "*batch"], /) -> Found:
        """Step without a look at the energy; a sample stops if it becomes infinite."""
        at = line.at
        t = torch.as_tensor(self.lr, dtype=at.e.dtype, device=at.e.device).expand_as(at.e)
        new = line.point(t)
        ok = active & new.e.isfinite()
        return Found(pick(ok, new, at), ok, active.long(), t)

    def keep(self, rows: Rows, /) -> None:
        """Keep the steps of these samples."""
        if isinstance(self.lr, Tensor):
            self.lr = take(self.lr, rows)


@dataclass
class Backtracking:
    """Halve the step, each sample its own, until the energy falls enough (Armijo 1966)."""

    lr: float = 1.0
    shrink: float = 0.5
    enough: float = 0.3

    def __post_init__(self) -> None:
        check_positive("lr", self.lr)
        if not 0 < self.shrink < 1:
            raise ValueError(f"shrink must lie in (0, 1). Got {self.shrink}.")

    def __call__(self, line: Line, active: Bool[Tensor, "*batch"], /) -> Found:
        """Accept the first t with E(z + t d) <= E(z) + enough t (gradient . d).

        Where the energies differ by no more than rounding, the gradient must shrink instead.
        """
        trial = Trial(torch.full_like(line.at.e, self.lr), line.at)
        return try_active(self, line, trial, active)

    def look(
        self, line: Line, t: Float[Tensor, "*batch"], new: Point, /
    ) -> tuple[Bool[Tensor, "*batch"], tuple[()]]:
        """Whether the energy has fallen enough at t."""
        at = line.at
        low = new.e <= at.e + self.enough * t * line.slope(at)
        flatter = dot(new.g, new.g) <= 0.8 * dot(at.g, at.g)
        return low | (flatter & ((new.e - at.e).abs() <= slack(at.e))), ()

    def onward(self, line: Line, trial: Trial, new: Point, seen: tuple[()], /) -> Trial:
        """A shorter step."""
        return trial._replace(t=self.shrink * trial.t)

    def keep(self, rows: Rows, /) -> None:
        """Nothing is remembered from one line to the next."""


class Seen(NamedTuple):
    """What Wolfe's search sees of a point: its slope, whether it is low or beyond a step."""

    slope: Float[Tensor, "*batch"]
    low: Bool[Tensor, "*batch"]
    beyond: Bool[Tensor, "*batch"]


@dataclass
class Wolfe:
    """A step that lowers the energy enough and flattens the slope (Wolfe's conditions).

    E(z + t d) <= E(z) + enough t s(0) and s(t) >= flat s(0), where s(t) is the slope along d
    and s(0) < 0 (Nocedal and Wright 2006, section 3.1). Where the energies differ by no more
    than rounding the slopes alone decide (Hager and Zhang 2005). With `strong` the slope may
    not climb either, |s(t)| <= flat |s(0)|, and the first trial is the last step, both as
    conjugate gradient needs; without it the first trial is t = 1.
    """

    flat: float = 0.9
    enough: float = 1e-4
    strong: bool = False
    _last: Tensor | None = field(default=None, init=False)

    def _first(self, line: Line) -> Tensor:
        if not self.strong:
            return torch.ones_like(line.at.e)
        if self._last is None:  # at first no component moves by more than 1
            return 1 / line.d.abs().amax(-1).clamp(min=1)
        return self._last

    def __call__(self, line: Line, active: Bool[Tensor, "*batch"], /) -> Found:
        """Bracket and interpolate, each sample its own interval."""
        found = try_active(self, line, Trial(self._first(line), line.at), active)
        if self.strong:
            self._last = found.t
        return found

    def look(
        self, line: Line, t: Float[Tensor, "*batch"], new: Point, /
    ) -> tuple[Bool[Tensor, "*batch"], Seen]:
        """Whether the point at t meets both conditions."""
        at, slope, slope_t = line.at, line.slope(line.at), line.slope(new)
        height = slope_t.abs() if self.strong else -slope_t
        limit = self.flat * slope.abs()
        low = new.e <= at.e + self.enough * t * slope
        level = (new.e - at.e).abs() <= slack(at.e)
        beyond = ~(low | level) | (slope_t > 0)
        low = low | (level & (slope_t.abs() <= limit))
        return low & (height <= limit), Seen(slope_t, low, beyond)

    def onward(self, line: Line, trial: Trial, new: Point, seen: Seen, /) -> Trial:
        """The secant step inside the smaller interval."""
        best = pick(seen.low & (new.e < trial.best.e), new, trial.best)
        bracket = trial.bracket or half_line(line.slope(line.at))
        bracket, t = bracket.narrow(trial.t, seen.slope, seen.beyond)
        return Trial(t, best, bracket)

    def keep(self, rows: Rows, /) -> None:
        """Keep the last steps of these samples."""
        if self._last is not None:
            self._last = take(self._last, rows)
