"""A file as coloured lines with anchors: one a line, and one for lines that belong together."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from _ext.shared.repository import lines_id

LANGUAGES = {"py": "python", "md": "markdown", "tex": "latex"}
FENCE = re.compile(r"\s*```")
CELL = re.compile(r"\s*```\{code-cell\}")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def coloured(file: str, text: str) -> str:
    """The HTML of a file's text."""
    ending = file.rpartition(".")[2]
    lexer = get_lexer_by_name(LANGUAGES[ending], stripnl=False)
    lines = highlight(text, lexer, HtmlFormatter(nowrap=True)).removesuffix("\n").split("\n")
    parts = _functions(text) if ending == "py" else _cells(text) if ending == "md" else ()
    opens: dict[int, list[str]] = {}
    closes: Counter[int] = Counter()
    # The longest first, so that what stands within another is opened after it.
    for first, last in sorted(set(parts), key=lambda part: (part[0], -part[1])):
        opens.setdefault(first, []).append(f'<span id="{lines_id(first, last)}">')
        closes[last] += 1
    made = [
        f'{"".join(opens.get(n, ()))}<span id="L{n}">{line}\n</span>{"</span>" * closes[n]}'
        for n, line in enumerate(lines, 1)
    ]
    code = "".join(made)
    return f'<div class="highlight source wide"><pre tabindex="0"><code>{code}</code></pre></div>'


def _functions(text: str) -> Iterator[tuple[int, int]]:
    """Functions and classes, with what decorates them: what figures and reference pages name."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Definition):
            first = min([node.lineno, *(line.lineno for line in node.decorator_list)])
            yield first, node.end_lineno or first


def _cells(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a page's cells, without their fences."""
    lines = text.splitlines()
    fences = [number for number, line in enumerate(lines, 1) if FENCE.match(line)]
    for start, end in pairwise(fences):
        if CELL.match(lines[start - 1]):
            yield start + 1, max(end - 1, start + 1)
