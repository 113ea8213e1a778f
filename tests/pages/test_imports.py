"""What may import what, and that docstrings name pages that exist."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sorted((ROOT / "ebmlib").rglob("*.py"))
EXTENSIONS = sorted((ROOT / "book" / "_ext").rglob("*.py"))
PAGES = sorted(p for p in (ROOT / "book").rglob("*.md") if "_" not in p.parts[-2][:1])
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
DERIVED = re.compile(r"Derived on:\s*(\S+)")


def imports(source: str) -> Iterator[str]:
    """The dotted names of all modules that a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "ebmlib":
            yield from (f"ebmlib.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + str(node.module or "")


def cells(page: Path) -> str:
    """The code of a page, options of the cells left out."""
    lines = "\n".join(CELL.findall(page.read_text())).splitlines()
    return "\n".join(line for line in lines if not re.match(r":[\w-]+:", line))


def allowed(module: Path) -> set[str]:
    """The roots that a module of ebmlib may import besides the standard library."""
    inside = module.relative_to(ROOT / "ebmlib")
    if inside.name == "__init__.py":
        return set()
    if inside.parts[0] == "plot":
        return {"ebmlib", "torch", "jaxtyping", "matplotlib", "mpl_toolkits", "numpy", "IPython"}
    return {"ebmlib", "torch", "jaxtyping"} | {
        "train.py": {"tqdm"},
        "glue.py": {"IPython"},
    }.get(str(inside), set())


def check_module(imported: str) -> None:
    """A part of ebmlib that is named as a module is one: `from ebmlib.soft import softmin`."""
    assert imported != "ebmlib", "import from a module: from ebmlib.soft import softmin"
    if imported.startswith("ebmlib."):
        path = ROOT / imported.replace(".", "/")
        found = path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
        assert found, f"{imported} is no module of ebmlib"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", LIBRARY, ids=name)
def test_library(module: Path) -> None:
    for imported in imports(module.read_text()):
        root = imported.split(".")[0]  # empty for a relative import: it hides what a page reaches
        assert root in sys.stdlib_module_names | allowed(module), f"imports {imported}"
        if module.relative_to(ROOT).parts[1] != "plot":
            assert not imported.startswith("ebmlib.plot"), f"imports {imported}"
        if module.name == "__init__.py":
            raise AssertionError(f"imports {imported}: an __init__.py holds a docstring only")
        check_module(imported)


@pytest.mark.parametrize("module", [m for m in LIBRARY if m.name == "__init__.py"], ids=name)
def test_init_holds_a_docstring_only(module: Path) -> None:
    body = ast.parse(module.read_text()).body
    assert len(body) == 1
    assert ast.get_docstring(ast.parse(module.read_text()))


@pytest.mark.parametrize("module", EXTENSIONS, ids=name)
def test_extensions_never_import_torch(module: Path) -> None:
    roots = {imported.split(".")[0] for imported in imports(module.read_text())}
    assert "torch" not in roots
    mathematics = {i for i in imports(module.read_text()) if i.startswith("ebmlib")}
    assert all(i.startswith("ebmlib.plot") for i in mathematics), mathematics


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_pages(page: Path) -> None:
    for imported in imports(cells(page)):
        root = imported.split(".")[0]
        assert root in sys.stdlib_module_names | {"torch", "ebmlib"}, f"imports {imported}"
        check_module(imported)


def derivations() -> list[tuple[str, str]]:
    found = []
    for module in LIBRARY:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                doc = ast.get_docstring(node) or ""
                label = f"{name(module)}:{getattr(node, 'name', '')}"
                found += [(label, page.rstrip(".,")) for page in DERIVED.findall(doc)]
    return found


@pytest.mark.parametrize(("where", "page"), derivations())
def test_derivations_exist(where: str, page: str) -> None:
    assert (ROOT / page).is_file(), f"{where} says that {page} derives it: no such page"


def test_there_is_something_to_check() -> None:
    assert len(LIBRARY) > 10
    assert len(derivations()) > 10
