r"""Read the stylesheet: \definecolor, \newcommand, \DeclareMathOperator and the comments `%:`.

The stylesheet itself documents its format. Everything else in it is an error with its line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexMacroNode,
    LatexNode,
    LatexWalker,
    LatexWalkerParseError,
)
from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

from _ext.stylesheet.model import (
    DEFAULT,
    Colour,
    Macro,
    Role,
    Stylesheet,
    StylesheetError,
    Symbol,
)

DEFINERS = {"newcommand", "renewcommand", "providecommand"}
ROLE = re.compile(r"\\(?:math|text)color\{([a-z-]+)\}\{#1\}$")
OUTER = re.compile(r"\\([A-Za-z]+)\{")


def load(path: Path | None = None) -> Stylesheet:
    """Read a stylesheet from disk (the book's own by default), once for each state of the file.

    Raises: StylesheetError, naming file and line.
    """
    path = path or DEFAULT
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise StylesheetError(path, 1, f"cannot be read: {error.strerror}.") from error
    return parse(text, path)


@lru_cache(maxsize=4)
def parse(text: str, path: Path = DEFAULT) -> Stylesheet:
    """Turn a stylesheet's text into data.

    Raises: StylesheetError, naming file and line.
    """
    return _Reader(text, path).read()


class _Reader:
    """One pass over the lines; what it finds is checked when all is read."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self.walker = LatexWalker(text, latex_context=_context(), tolerant_parsing=False)
        self.hexes: dict[str, tuple[str, int]] = {}
        self.macros: dict[str, Macro] = {}
        self.roles: dict[str, Role] = {}
        self.symbols: dict[str, Symbol] = {}
        self.group = ""
        self.documented: set[str] = set()

    def read(self) -> Stylesheet:
        try:
            nodes, _, _ = self.walker.get_latex_nodes()
        except LatexWalkerParseError as error:
            # Where the definition begins, rather than the end of the file where a brace is missed.
            opened = error.open_contexts[-1][2] if error.open_contexts else error.lineno
            raise StylesheetError(self.path, opened or 1, f"{error.msg}.") from error
        last: tuple[Macro, int] | None = None
        for node in nodes:
            line = self.line(node)
            if isinstance(node, LatexCommentNode):
                self.comment(node.comment, line, last)
            elif isinstance(node, LatexMacroNode):
                found = self.macro(node, line)
                end = self.walker.pos_to_lineno_colno(node.pos + node.len - 1)[0]
                last = (found, end) if found else None
            elif not (isinstance(node, LatexCharsNode) and not node.chars.strip()):
                source = str(node.latex_verbatim())
                line += source[: len(source) - len(source.lstrip())].count("\n")
                raise self.error(line, f"only definitions may stand here. Got {_short(source)}.")
        colours = self.colours()
        for role in self.roles.values():
            if role.colour not in colours:
                line = self.macros[role.macro].line
                raise self.error(line, f"the colour {role.colour!r} is not defined.")
        return Stylesheet(self.path, colours, self.macros, self.roles, self.symbols)

    # Definitions

    def macro(self, node: LatexMacroNode, line: int) -> Macro | None:
        arguments = node.nodeargd.argnlist if node.nodeargd else []
        if node.macroname == "definecolor":
            self.colour(*(_inside(item) for item in arguments), line=line)
            return None
        if node.macroname == "DeclareMathOperator":
            star, name, body = arguments
            operator = r"\operatorname*" if star is not None else r"\operatorname"
            return self.define(Macro(self.name(name, line), _inside(body), line, operator=operator))
        if node.macroname in DEFINERS:
            _, name, number, default, body = arguments
            return self.define(
                Macro(
                    self.name(name, line),
                    _inside(body),
                    line,
                    arity=self.arity(number, line),
                    default=None if default is None else _inside(default),
                    provided=node.macroname == "providecommand",
                )
            )
        raise self.error(line, f"the web cannot carry \\{node.macroname}.")

    def define(self, macro: Macro) -> Macro:
        if macro.name in self.macros:
            first = self.macros[macro.name].line
            raise self.error(macro.line, f"\\{macro.name} is defined in line {first} already.")
        used = [int(digit) for digit in re.findall(r"#(\d)", macro.body)]
        if max(used, default=0) > macro.arity:
            why = f"\\{macro.name} takes {macro.arity} arguments and its body uses #{max(used)}."
            raise self.error(macro.line, why)
        if macro.default is not None and not macro.arity:
            raise self.error(macro.line, f"\\{macro.name} has a default but takes no argument.")
        self.macros[macro.name] = macro
        return macro

    def colour(self, name: str, model: str, value: str, *, line: int) -> None:
        if model != "HTML" or not re.fullmatch(r"[0-9A-F]{6}", value):
            wanted, got = "six capital hexadecimal digits in the model HTML", f"{model} {value}"
            raise self.error(line, f"the colour {name!r} must be {wanted}. Got {got}.")
        if not re.fullmatch(r"[a-z]+(-dark)?", name):
            why = f"a colour's name is small letters, or these and -dark. Got {name!r}."
            raise self.error(line, why)
        if name in self.hexes:
            raise self.error(line, f"{name!r} is defined in line {self.hexes[name][1]} already.")
        self.hexes[name] = (f"#{value.lower()}", line)

    def colours(self) -> dict[str, Colour]:
        for name, (_, line) in self.hexes.items():
            partner = name.removesuffix("-dark") if name.endswith("-dark") else f"{name}-dark"
            if partner not in self.hexes:
                raise self.error(line, f"the colour {name!r} has no partner {partner!r}.")
        return {
            name: Colour(name, value, self.hexes[f"{name}-dark"][0])
            for name, (value, _) in self.hexes.items()
            if not name.endswith("-dark")
        }

    # Comments

    def comment(self, text: str, line: int, last: tuple[Macro, int] | None) -> None:
        if text.startswith("%"):
            self.group = text.strip("% ").strip()
        if not text.startswith(":"):
            return
        if last is None or last[1] != line:
            raise self.error(line, "`%:` must follow the definition of a macro on its line.")
        macro = last[0]
        if macro.name in self.documented:
            raise self.error(line, f"\\{macro.name} is explained twice.")
        self.documented.add(macro.name)
        fields = [field.strip() for field in text[1:].split("|")]
        if len(fields) != 3 or not all(fields):
            raise self.error(line, "`%:` takes three fields, parted by | (- for an empty one).")
        first, second, third = ("" if field == "-" else field for field in fields)
        if any(field.count("$") % 2 for field in fields):
            raise self.error(line, "a dollar is missing.")
        role = ROLE.match(macro.body) if macro.arity == 1 else None
        if role:
            self.roles[macro.name] = Role(macro.name, first, role[1], second, third)
        elif macro.arity:
            raise self.error(line, f"\\{macro.name} takes an argument: it is no symbol.")
        else:
            outer = OUTER.match(macro.body)
            owner = self.roles.get(outer[1]) if outer else None
            self.symbols[macro.name] = Symbol(macro.name, first, second, third, owner, self.group)

    # Small things

    def name(self, node: LatexNode, line: int) -> str:
        text = _inside(node).strip()
        if not re.fullmatch(r"\\[A-Za-z]+", text):
            raise self.error(line, f"a macro's name is a backslash and letters. Got {text!r}.")
        return text[1:]

    def arity(self, node: LatexNode | None, line: int) -> int:
        text = "0" if node is None else _inside(node)
        if not re.fullmatch(r"[0-9]", text):
            raise self.error(line, f"the number of arguments must be a digit. Got {text!r}.")
        return int(text)

    def line(self, node: LatexNode) -> int:
        return int(self.walker.pos_to_lineno_colno(node.pos)[0])

    def error(self, line: int, message: str) -> StylesheetError:
        return StylesheetError(self.path, line, message)


def _context() -> LatexContextDb:
    """Only the commands that define: bodies are carried as they are."""
    context = LatexContextDb()
    specs = [MacroSpec(name, "*{[[{") for name in sorted(DEFINERS)]
    specs += [MacroSpec("DeclareMathOperator", "*{{"), MacroSpec("definecolor", "{{{")]
    context.add_context_category("stylesheet", macros=specs)
    context.set_unknown_macro_spec(MacroSpec("", ""))
    context.set_unknown_environment_spec(EnvironmentSpec("", ""))
    return context


def _inside(node: LatexNode) -> str:
    """The source of an argument, without its braces or brackets."""
    text = str(node.latex_verbatim())
    if (text[:1], text[-1:]) in {("{", "}"), ("[", "]")}:
        text = text[1:-1]
    return text


def _short(source: str) -> str:
    return repr(" ".join(source.split())[:30])
