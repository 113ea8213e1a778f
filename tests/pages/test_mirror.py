"""Every module of the library has its test file, and no test file stands without a module."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def expected(root: Path) -> set[str]:
    """Where the tests of each module must stand, from tests/ebmlib on."""
    modules = (root / "ebmlib").rglob("*.py")
    inside = [path.relative_to(root / "ebmlib") for path in modules if path.stem != "__init__"]
    return {str(path.with_name(f"test_{path.stem.strip('_')}.py")) for path in inside}


def found(root: Path) -> set[str]:
    folder = root / "tests" / "ebmlib"
    return {str(path.relative_to(folder)) for path in folder.rglob("test_*.py")}


def test_the_tests_mirror_the_library() -> None:
    lacking = expected(ROOT) - found(ROOT)
    assert not lacking, f"modules without tests: tests/ebmlib lacks {sorted(lacking)}"
    alone = found(ROOT) - expected(ROOT)
    assert not alone, f"test files without a module: {sorted(alone)}"


def test_a_module_without_tests_and_tests_without_a_module_are_found(tmp_path: Path) -> None:
    for name in ("ebmlib/soft.py", "ebmlib/__main__.py", "tests/ebmlib/nets/test_mlp.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert expected(tmp_path) == {"test_soft.py", "test_main.py"}
    assert found(tmp_path) == {"nets/test_mlp.py"}


def test_each_test_file_holds_a_test() -> None:
    files = (ROOT / "tests" / "ebmlib").rglob("test_*.py")
    assert [str(path) for path in files if "\ndef test_" not in path.read_text("utf8")] == []
