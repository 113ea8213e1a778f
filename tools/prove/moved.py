"""In a page's kernel: every seed moved, and false assertions told instead of raised.

The first cell of a page that `tools.prove.seeds` runs calls `install`.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tools.execute import false_claim

MIME = "application/vnd.ebmlib.false-claim+json"
TOLD = "_false_claim_told"  # the name under which a cell finds `Claims.tell`
ERROR = "_false_claim_error"  # Python deletes what stands after `as`: no page's own name


def install(offset: int) -> None:
    """Move the seeds, and let this kernel go on after a claim that is false."""
    move(offset)
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    claims = Claims(shell.user_ns)
    shell.user_ns[TOLD] = claims.tell
    shell.ast_transformers.append(Going())


def move(offset: int) -> None:
    """Whoever seeds a generator of torch, NumPy or Python gets the seed so much further on."""
    import numpy as np
    import torch

    class Generator(torch.Generator):
        def manual_seed(self, seed: int) -> torch.Generator:
            return super().manual_seed(seed + offset)

    torch.Generator = Generator  # type: ignore[misc]
    torch.manual_seed = torch.random.manual_seed = _further(torch.manual_seed, offset)
    np.random.default_rng = _further(np.random.default_rng, offset)
    np.random.seed = _further(np.random.seed, offset)
    random.seed = _further(random.seed, offset)


def _further(seeded: Callable[..., Any], offset: int) -> Callable[..., Any]:
    def moved(seed: Any = None, *given: Any, **options: Any) -> Any:
        return seeded(seed + offset if isinstance(seed, int) else seed, *given, **options)

    return moved


class Going(ast.NodeTransformer):
    """Each assertion of a cell in a `try` that tells; those within functions raise as ever."""

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return _tried(node, node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        called = node.value.func if isinstance(node.value, ast.Call) else None
        name = getattr(called, "attr", getattr(called, "id", ""))
        return _tried(node, None) if str(name).startswith("assert_") else node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return node


def _tried(node: ast.stmt, claim: ast.Assert | None) -> ast.Try:
    asked = false_claim.asked(claim) if claim else []
    call = f"{TOLD}({node.lineno}, {ast.unparse(node)!r}, {asked!r}, {ERROR})"
    made = ast.parse(f"try:\n    pass\nexcept AssertionError as {ERROR}:\n    {call}").body[0]
    assert isinstance(made, ast.Try)
    made.body = [node]
    return ast.fix_missing_locations(ast.copy_location(made, node))


class Claims:
    """Shows a false claim as an output of its cell, with the values that it is about."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names

    def tell(self, line: int, claim: str, asked: list[str], error: AssertionError) -> None:
        from IPython.display import display

        values = {}
        for one in asked:
            with suppress(Exception):  # a value that cannot be asked again says nothing
                values[one] = repr(eval(one, self.names))
        made = ast.parse(claim).body[0]
        words = f"{claim}: {error}"
        if isinstance(made, ast.Assert):
            words = false_claim.said(made, values)
        told = {"line": line, "claim": claim, "words": " ".join(words.split())}
        display({MIME: told, "text/plain": words}, raw=True)  # type: ignore[no-untyped-call]
