"""What may import what: the floors of the library, its outer packages, and one form of import."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    {"checks"},
    {"soft", "grids", "gaussian", "glue", "tables"},
    {"energy", "losses", "likelihood", "field", "train", "measure"},
    {"data", "infer", "optimise"},
    {"nets", "backprop"},
    {"latent", "generative", "autoencoders", "sparse", "sampling", "scores"},
    {"plot"},
)  # a module imports from lower floors and from its own package, nothing else
SIDEWAYS = {
    # The best denoiser of n points is K-means at that coldness.
    ("autoencoders", "generative"),
}
LIBRARY = sorted((ROOT / "ebmlib").rglob("*.py"))
EXTENSIONS = sorted((ROOT / "book" / "_ext").rglob("*.py"))
PAGES = sorted(p for p in (ROOT / "book").rglob("*.md") if "_" not in p.parts[-2][:1])
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
DERIVED = re.compile(r"Derived on:\s*(\S+)")
FORM = "import names from a module: from ebmlib.PACKAGE.MODULE import name"


def imports(source: str) -> Iterator[str]:
    """The dotted names of all modules that a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + str(node.module or "")


def check_form(source: str) -> None:
    """What comes from ebmlib comes by name: `from ebmlib.PACKAGE.MODULE import name`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                assert alias.name.split(".")[0] != "ebmlib", f"import {alias.name}: {FORM}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "ebmlib":
            path = ROOT / str(node.module).replace(".", "/")
            assert path.with_suffix(".py").is_file(), f"from {node.module}: {FORM}"


def floor(package: str) -> int:
    found = [level for level, packages in enumerate(FLOORS) if package in packages]
    assert len(found) == 1, f"{package} must stand on one floor of FLOORS. Got {len(found)}."
    return found[0]


def check_floors(module: str, source: str) -> None:
    """A module, by its dotted name, imports from lower floors and its own package."""
    _, package, *rest = module.split(".")
    if package == "__main__":
        return  # it imports nothing of ebmlib, and has no floor
    for imported in imports(source):
        root, _, name = imported.partition(".")
        if root != "ebmlib":
            continue
        other = name.partition(".")[0]
        allowed = other == package or (package, other) in SIDEWAYS or floor(other) < floor(package)
        assert allowed, f"{module} imports {imported}, which stands on no lower floor"
        if package == "plot" and rest[0] == "canvas":
            inside = other != "plot" or name.startswith("plot.canvas.")
            assert inside, f"{module} imports {imported}: the canvas knows nothing of plot"


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


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", LIBRARY, ids=name)
def test_library(module: Path) -> None:
    source = module.read_text()
    for imported in imports(source):
        root = imported.split(".")[0]  # empty for a relative import: it hides what a page reaches
        assert root in sys.stdlib_module_names | allowed(module), f"imports {imported}"
    check_form(source)
    if module.parent != ROOT / "ebmlib" or module.name != "__init__.py":
        check_floors(name(module.with_suffix("")).replace("/", "."), source)


def test_every_room_stands_on_a_floor_and_every_floor_is_there() -> None:
    rooms = {path.stem for path in (ROOT / "ebmlib").iterdir() if path.suffix == ".py"}
    rooms |= {path.parent.name for path in (ROOT / "ebmlib").glob("*/__init__.py")}
    assert set().union(*FLOORS) == rooms - {"__init__", "__main__"}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ebmlib.soft", "from ebmlib.energy import gibbs"),  # a higher floor
        ("ebmlib.soft", "from ebmlib.gaussian import nll"),  # the same floor
        ("ebmlib.sparse.codes", "from ebmlib.generative.kmeans import lloyd"),  # another subject
        ("ebmlib.generative.kmeans", "from ebmlib.autoencoders.denoising import corrupt"),
        ("ebmlib.nets.mlp", "def f():\n    from ebmlib.plot.show import show"),
        ("ebmlib.plot.canvas.style", "from ebmlib.plot.words import label"),
    ],
)
def test_an_import_from_another_floor_is_found(module: str, source: str) -> None:
    with pytest.raises(AssertionError, match=r"stands on no lower floor|knows nothing of plot"):
        check_floors(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ebmlib.soft", "from ebmlib.checks import check_beta"),
        ("ebmlib.autoencoders.denoising", "from ebmlib.generative.kmeans import free_energy"),
        ("ebmlib.plot.scenes.graph", "from ebmlib.backprop.scalar import Scalar"),
        ("ebmlib.plot.canvas.style", "from ebmlib.plot.canvas.palette import colour"),
    ],
)
def test_an_import_from_a_lower_floor_passes(module: str, source: str) -> None:
    check_floors(module, source)


@pytest.mark.parametrize(
    "source",
    [
        "import ebmlib.soft",
        "import ebmlib.soft as soft",
        "from ebmlib import soft",
        "from ebmlib.generative import kmeans",
        "from ebmlib.gone import nothing",
    ],
)
def test_another_form_of_import_is_found(source: str) -> None:
    with pytest.raises(AssertionError, match="import names from a module"):
        check_form(source)


TESTS = sorted((ROOT / "tests").rglob("*.py")) + sorted((ROOT / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("module", TESTS, ids=name)
def test_tests_and_benchmarks_have_the_form(module: Path) -> None:
    check_form(module.read_text())


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
    check_form(cells(page))


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


MESH = 'torch.meshgrid(side, side, indexing="xy")'


def test_no_page_writes_the_plane_out() -> None:
    """It is `plane(side)` of ebmlib.grids."""
    assert [name(page) for page in PAGES if MESH in cells(page)] == []
