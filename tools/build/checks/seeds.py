"""Draws without a seed: their numbers would be others at every build."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tools.book import Page
from tools.build.checks.cells import trees
from tools.build.checks.fault import Fault

TORCH = {
    *("bernoulli", "multinomial", "normal", "poisson", "rand", "rand_like", "randint"),
    *("randint_like", "randn", "randn_like", "randperm"),
}
IN_PLACE = {"bernoulli_", "cauchy_", "exponential_", "geometric_", "log_normal_", "normal_",
            "random_", "uniform_", "multinomial"}  # fmt: skip
SEEDS = {"torch": "torch.manual_seed", "numpy": "numpy.random.seed", "random": "random.seed"}
WITH_SEED = {"numpy.random.default_rng", "numpy.random.RandomState", "random.Random"}
NO_DRAWS = {"numpy.random.Generator", "numpy.random.SeedSequence", "numpy.random.PCG64"}


def check(page: Page) -> Iterator[Fault]:
    """Each draw that comes from a global generator which no line before has seeded.

    A function may be called after the seed is set below it: it counts only where the page sets
    none at all.
    """
    found = trees(page.text)
    names = _imported(node for nodes, _ in found for node in nodes)
    calls = [one for nodes, line in found for one in _calls(nodes[0], line - 1, names)]
    seeded = {name: line for line, name, *_ in reversed(calls) if name in SEEDS.values()}
    for line, name, call, inside in calls:
        family = _draws(name, call)
        first = seeded.get(SEEDS.get(family, ""))
        if family and (first is None or (line < first and not inside)):
            yield Fault(page.path, line, _words(name, family))


def _words(name: str, family: str) -> str:
    cure = {
        "torch": "give it generator=torch.Generator().manual_seed(0)",
        "numpy": "use numpy.random.default_rng(0)",
        "random": "use random.Random(0)",
    }[family]
    return f"{name} draws without a seed, so that its numbers differ at every build: {cure}"


def _imported(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """What the names of modules and their functions stand for, as the page imports them."""
    names = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for one in node.names:
                top = one.name.partition(".")[0]
                names[one.asname or top] = one.name if one.asname else top
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for one in node.names:
                names[one.asname or one.name] = f"{node.module}.{one.name}"
    return names


def _calls(
    tree: ast.AST, before: int, names: dict[str, str], inside: bool = False
) -> Iterator[tuple[int, str, ast.Call, bool]]:
    """(line, full name, the call, whether it stands within a function) in the order of lines."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield node.lineno + before, _full(node.func, names), node, inside
        within = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _calls(node, before, names, within)


def _full(node: ast.expr, names: dict[str, str]) -> str:
    """`torch.randn` for what the page calls so; `.normal_` for a method of a value."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name) and node.id in names:
        return ".".join([names[node.id], *reversed(parts)])
    return f".{parts[0]}" if parts else ""


def _draws(name: str, call: ast.Call) -> str:
    """The family whose global generator the call asks; empty if it asks none."""
    given = {one.arg for one in call.keywords}
    if None in given or "generator" in given:  # None: `**options`, which may hold one
        return ""
    module, _, last = name.rpartition(".")
    if (module == "torch" and last in TORCH) or (not module and last in IN_PLACE):
        return "torch"
    if name in WITH_SEED:
        return "" if call.args or given else name.partition(".")[0]
    if module in ("numpy.random", "random") and name not in (*NO_DRAWS, *SEEDS.values()):
        return module.partition(".")[0]
    return ""
