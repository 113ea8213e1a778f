"""What a claim was about: the values of the names in an assertion that is false."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress

LONGEST = 80  # letters of a value
# What may be asked again after the failure: it gives the same answer and changes nothing.
ASKING = {
    *("abs", "all", "any", "item", "max", "mean", "min", "norm", "numel", "std", "sum"),
    *("bool", "float", "int", "len", "round", "size"),
}


def failed(code: str, line: int) -> ast.Assert | None:
    """The assertion of a cell that holds this line (from 1); none within a function, whose names
    are gone."""
    try:
        tree: ast.AST = ast.parse(code)
    except SyntaxError:
        return None
    found = [one for one in _outside(tree) if one.lineno <= line <= (one.end_lineno or one.lineno)]
    return found[-1] if found else None


def asked(claim: ast.Assert) -> list[str]:
    """The expressions whose values tell why the claim is false, each once, in their order."""
    return list(dict.fromkeys(ast.unparse(one) for one in _asked(claim.test)))


def said(claim: ast.Assert, values: dict[str, str]) -> str:
    """`best > 30 is false: best = 15.8489`."""
    told = {name: _short(values.get(name, "")) for name in asked(claim)}
    known = [f"{name} = {value}" for name, value in told.items() if value]
    words = f"{ast.unparse(claim.test)} is false"
    return f"{words}: {', '.join(known)}" if known else words


def _outside(tree: ast.AST) -> Iterator[ast.Assert]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Assert):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _outside(node)


def _asked(node: ast.expr) -> Iterator[ast.expr]:
    """The largest parts that may be asked again, names at the least; what is called is none."""
    if not isinstance(node, ast.Constant | ast.UnaryOp) and _plain(node):
        yield node
    elif isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp):
        return  # their own names are gone
    elif isinstance(node, ast.GeneratorExp):
        yield from _asked(node.generators[0].iter)
    else:
        inside = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.Call):
            called = node.func.value if isinstance(node.func, ast.Attribute) else None
            inside = [*([called] if called else []), *node.args, *(k.value for k in node.keywords)]
        for one in inside:
            if isinstance(one, ast.expr):
                yield from _asked(one)


def _plain(node: ast.expr) -> bool:
    """Whether asking again is sure to change nothing."""
    if isinstance(node, ast.Name | ast.Constant):
        return True
    if isinstance(node, ast.Attribute):
        return _plain(node.value)
    if isinstance(node, ast.Subscript):
        return _plain(node.value) and _plain(node.slice)
    if isinstance(node, ast.UnaryOp):
        return _plain(node.operand)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        own = node.func.value if isinstance(node.func, ast.Attribute) else None
        given = [*node.args, *(one.value for one in node.keywords)]
        return name in ASKING and all(_plain(one) for one in [*([own] if own else []), *given])
    return False


def _short(value: str) -> str:
    """A value in a line; modules, functions and classes are none."""
    if value.startswith("<"):
        return ""
    text = " ".join(value.split())
    with suppress(ValueError):
        text = f"{float(text):.6g}" if "." in text else text
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
