"""What is written from the stylesheet: the web's macros, the CSS colours, the rows of the notation.

Nothing of it is committed; the LaTeX side needs no writer, it reads the stylesheet itself.
"""

from __future__ import annotations

import re

from _ext.stylesheet.model import Macro, Stylesheet, Symbol

SCRIPT = re.compile(r"(?P<base>.*?)(?P<script>\^\{[^{}]*\})$")


def katex_preamble(sheet: Stylesheet) -> str:
    r"""The macros in the TeX that KaTeX reads: \gdef, and a pair for an optional argument.

    A symbol's macro marks what it draws with the symbol's name, for the page to explain it.
    """
    return "\n".join(_gdef(macro, sheet) for macro in sheet.macros.values())


def _gdef(macro: Macro, sheet: Stylesheet) -> str:
    name, body = macro.name, macro.body
    marked = _mark(name, body) if name in sheet.symbols else body
    if macro.provided:
        parameters = f"[{macro.arity}]" if macro.arity else ""
        return f"\\providecommand{{\\{name}}}{parameters}{{{body}}}"
    if macro.operator:
        return f"\\gdef\\{name}{{{macro.operator}{{{marked}}}}}"
    if macro.default is None:
        return f"\\gdef\\{name}{_hashes(1, macro.arity)}{{{marked}}}"
    # TeX's way: look for a bracket, else put the default there.
    return (
        f"\\gdef\\{name}{{\\@ifnextchar[{{\\{name}@given}}{{\\{name}@given[{macro.default}]}}}}\n"
        f"\\gdef\\{name}@given[#1]{_hashes(2, macro.arity)}{{{body}}}"
    )


def _mark(name: str, body: str) -> str:
    """Mark all but a trailing superscript, which must stay where a subscript can join it."""
    match = SCRIPT.match(body)
    base, script = (match["base"], match["script"]) if match else (body, "")
    return f"\\htmlData{{symbol={name}}}{{{base}}}{script}"


def _hashes(first: int, last: int) -> str:
    return "".join(f"#{number}" for number in range(first, last + 1))


def css(sheet: Stylesheet) -> str:
    """The colours as custom properties in both themes, and a class for each.

    Without a script there is no data-theme: the reader's system decides. Paper is light. Where the
    system forces its own colours, what was chosen on the page would not fit its ground.
    """
    light = _block(sheet, "light")
    dark = _block(sheet, "dark")
    classes = "\n".join(f".c-{name} {{ color: var(--{name}); }}" for name in sheet.colours)
    return (
        f"/* Made from {sheet.path.name}: change colours there. */\n"
        f":root {{\n{light}\n}}\n"
        f"@media screen {{\n"
        f'html[data-theme="dark"] {{\n{dark}\n}}\n'
        f"@media (prefers-color-scheme: dark) {{\n"
        f'html:not([data-theme="light"]) {{\n{dark}\n}}\n}}\n'
        f"@media (forced-colors: active) and (prefers-color-scheme: light) {{\n"
        f"html[data-theme] {{\n{light}\n}}\n}}\n"
        f"@media (forced-colors: active) and (prefers-color-scheme: dark) {{\n"
        f"html[data-theme] {{\n{dark}\n}}\n}}\n}}\n"
        f"{classes}\n"
    )


def _block(sheet: Stylesheet, theme: str) -> str:
    lines = (f"  --{c.name}: {getattr(c, theme)};" for c in sheet.colours.values())
    return "\n".join(lines)


def groups(sheet: Stylesheet) -> dict[str, list[Symbol]]:
    """Group -> its symbols, in the stylesheet's order: the rows of the notation appendix."""
    found: dict[str, list[Symbol]] = {}
    for symbol in sheet.symbols.values():
        found.setdefault(symbol.group, []).append(symbol)
    return found
