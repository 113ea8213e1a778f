"""Which seeds do a page's cells name? Read from the code, which is not run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

MAKERS = {"manual_seed", "Random", "generators"}
WRAPPERS = {"list", "tuple", "enumerate"}
Pairs = Iterator[tuple[str, ast.expr]]


def seeds(code: str) -> list[int]:
    """The numbers that are handed on as seeds, in order; what is computed from them is left out."""
    tree = ast.parse(code)
    places = {
        node.name: [one.arg for one in node.args.args]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    pairs = (pair for node in ast.walk(tree) for pair in _named(node, places))
    return sorted({seed for name, value in pairs if _is_seed(name) for seed in _numbers(value)})


def written(found: Iterable[int]) -> str:
    """Three or more in a row as '0 to 39'."""
    runs: list[list[int]] = []
    for seed in found:
        if runs and seed == runs[-1][-1] + 1:
            runs[-1].append(seed)
        else:
            runs.append([seed])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(words)


def _named(node: ast.AST, places: dict[str, list[str]]) -> Pairs:
    """Each value beside the name that it gets: as an argument, a default, a variable, in a loop."""
    if isinstance(node, ast.Call):
        called = str(getattr(node.func, "attr", getattr(node.func, "id", "")))
        names = ["seed"] if called in MAKERS else places.get(called, [])
        yield from zip(names, node.args, strict=False)
        yield from ((one.arg or "", one.value) for one in node.keywords)
    elif isinstance(node, ast.For | ast.comprehension):
        yield from _bound(node.target, node.iter)
    elif isinstance(node, ast.Assign):
        yield from _bound(node.targets[0], node.value)
    elif isinstance(node, ast.arguments):
        last = node.args[len(node.args) - len(node.defaults) :]
        pairs = [*zip(last, node.defaults, strict=True)]
        pairs += [(a, b) for a, b in zip(node.kwonlyargs, node.kw_defaults, strict=True) if b]
        yield from ((one.arg, value) for one, value in pairs)


def _bound(target: ast.expr, value: ast.expr) -> Pairs:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=False):
            yield from _bound(one, other)
    else:
        yield from ((n.id, value) for n in ast.walk(target) if isinstance(n, ast.Name))


def _is_seed(name: str) -> bool:
    return name.lower().rpartition("_")[2] in ("seed", "seeds")


def _numbers(node: ast.expr) -> list[int]:
    """The whole numbers that an expression stands for, if it says them itself."""
    if isinstance(node, ast.Constant):
        return [node.value] if type(node.value) is int else []
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.List | ast.Call):
        return _numbers(node.left)  # a list, so many times over
    if isinstance(node, ast.Tuple | ast.List):
        return [number for one in node.elts for number in _numbers(one)]
    called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    inside = [_numbers(one) for one in getattr(node, "args", [])]
    if called == "range" and all(inside):
        return list(range(*(one[0] for one in inside)))
    return [number for one in inside for number in one] if called in WRAPPERS else []
