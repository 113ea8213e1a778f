"""What happens around a build: killed, no room, no rights, no TeX, a damaged cache, stale pages."""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tests.faults.tiny import Told, build, run, site, tool
from tests.helpers.tiny import REPOSITORY, cell, write_module
from tools.book import Book
from tools.execute.cache import ExecutionCache

pytestmark = pytest.mark.slow
Site = dict[str, str]
ALWAYS = {"_static/search/records.js", ".buildinfo", "_static/run-seconds.js"}
HALF = Path("_build", "work")  # where a build stands until it is whole


def edit(root: Path, text: str = "More prose.") -> None:
    path = root / "two.md"
    path.write_text(f"{path.read_text()}\n{text}\n")


def refused(told: Told, said: str, root: Path, before: Site) -> None:
    """The build failed with a message, no traceback, and the site is as it was."""
    assert told.code == 1, told.text
    assert re.search(said, told.text), told.text
    assert "Traceback" not in told.text
    assert site(root) == before


def mended(root: Path, before: Site, said: str = "0 pages run") -> None:
    """The next build is right, and shows the edit and nothing else."""
    told = build(root)
    assert told.code == 0, told.text
    assert said in told.text
    now = site(root)
    changed = {name for name in now if now[name] != before.get(name)}
    assert "two.html" in changed
    assert changed <= {"two.html", "_sources/two.md", "source/two.md.html", "two.ipynb", *ALWAYS}


def no_room() -> None:
    """No file may grow beyond 4 kB: what a full disk does, without the disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))


def no_rights() -> None:
    """Root keeps to the modes of files, as everybody else does."""
    if os.geteuid() != 0:
        return
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.capget(header, data) == 0
    data[0] &= ~0b1111  # CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
    assert libc.capset(header, data) == 0


@pytest.mark.parametrize("what", ["words", "a cell"])
def test_a_full_disk(root: Path, before: Site, what: str) -> None:
    edit(root, "More prose." if what == "words" else cell("print('x' * 5000)"))
    said = r"File too large|No space left|_build/\.jupyter_cache/global\.db: cannot be written"
    for _ in range(2):
        refused(build(root, before=no_room), said, root, before)
    mended(root, before, f"{int(what == 'a cell')} pages run")


@pytest.mark.parametrize("folder", [HALF.parent, HALF.parent / "sites", HALF / "html"], ids=str)
def test_an_output_that_is_read_only(root: Path, before: Site, folder: Path) -> None:
    edit(root)
    place = root / folder
    closed = [place, *(path for path in place.rglob("*") if path.is_dir())]
    for path in closed:
        path.chmod(0o555)
    refused(build(root, before=no_rights), f"Permission denied.*{folder}", root, before)
    for path in closed:
        path.chmod(0o755)
    mended(root, before)


def killed_when(root: Path, ready: Callable[[], bool], how: int = signal.SIGKILL) -> Told:
    """Build in a process that is killed as soon as `ready`."""

    def before() -> None:
        builder = os.getpid()
        if os.fork() == 0:
            while not ready() and os.getppid() == builder:
                time.sleep(0.005)
            if os.getppid() == builder:
                os.kill(builder, how)
            os._exit(0)

    return build(root, before=before)


def test_killed_while_sphinx_writes(root: Path, before: Site) -> None:
    edit(root)
    told = killed_when(root, lambda: not (root / HALF / "doctrees.stamp").exists())
    assert told == Told(-1, "killed")
    assert site(root) == before
    mended(root, before)


@pytest.mark.parametrize("step", ["rename", "symlink_to"])
def test_killed_between_the_steps_of_the_swap(root: Path, before: Site, step: str) -> None:
    edit(root)
    done = getattr(Path, step)

    def before_it() -> None:
        def then_killed(path: Path, *given: object, **more: object) -> None:
            done(path, *given, **more)
            if path.suffix == ".draft":
                os.kill(os.getpid(), signal.SIGKILL)

        setattr(Path, step, then_killed)

    assert build(root, before=before_it) == Told(-1, "killed")
    assert site(root) == before
    mended(root, before)


def test_killed_while_a_page_runs(root: Path, before: Site) -> None:
    path = root / "two.md"
    good = path.read_text()
    mark = root.with_name("running")
    runs = f"import pathlib\nimport time\n\npathlib.Path({str(mark)!r}).touch()\ntime.sleep(600)"
    path.write_text(good.replace("print(VALUE)", runs))
    told = killed_when(root, mark.exists)
    assert told == Told(-1, "killed")
    assert site(root) == before
    path.write_text(good)
    edit(root)
    mended(root, before, "1 pages run")


def test_a_cell_that_never_ends(root: Path, before: Site) -> None:
    path = root / "two.md"
    path.write_text(path.read_text().replace("print(VALUE)", "while True:\n    pass"))
    line = path.read_text().splitlines().index("while True:")
    for _ in range(2):
        told = build(root, "--limit", "3")
        refused(told, rf"two\.md:({line - 1}|{line}|{line + 1}): the page did not", root, before)


def test_a_corrupt_entry_of_the_cache(root: Path, before: Site) -> None:
    book = Book(root)
    page = next(page for page in book.notebooks if page.docname == "two")
    record = ExecutionCache(book).record(page)
    assert record is not None
    path = book.cache / "executed" / record.key / "base.ipynb"
    path.write_text(path.read_text()[:200])
    edit(root)
    told = build(root)
    assert told.code == 0, told.text
    assert "cache: discarded the corrupt entry of two; it runs again" in told.text
    assert "ran two" in told.text
    assert "ran one" not in told.text


@pytest.mark.parametrize(
    ("name", "runs"),
    [("work/doctrees/environment.pickle", 0), ("recall.json", 0), ("executed/two.json", 1)],
)
def test_what_a_build_keeps_is_damaged(root: Path, before: Site, name: str, runs: int) -> None:
    path = root / "_build" / name
    path.write_bytes(path.read_bytes()[:100])
    edit(root)
    mended(root, before, f"{runs} pages run")


def test_a_record_of_the_cache_is_of_other_kinds(root: Path, before: Site) -> None:
    path = root / "_build" / "executed" / "two.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"key": 5}))
    edit(root)
    mended(root, before, "1 pages run")


def test_the_index_of_the_cache_is_lost(root: Path, before: Site) -> None:
    (root / "_build" / ".jupyter_cache" / "global.db").unlink()
    edit(root)
    mended(root, before, "2 pages run")


def test_a_module_changed_under_a_cached_page(root: Path, before: Site) -> None:
    write_module(root, "soft", "VALUE = 2\n")
    told = build(root)
    assert told.code == 0, told.text
    assert "ran two" in told.text
    assert "ran one" not in told.text
    assert ">2\n" in (root / "_build" / "site" / "two.html").read_text()


def test_the_wrong_python(root: Path, before: Site) -> None:
    edit(root)

    def before_it() -> None:
        sys.version_info = (3, 10, 4, "final", 0)  # type: ignore[assignment]

    line = (
        (root / "pyproject.toml").read_text().splitlines().index('requires-python = ">=3.11,<3.14"')
    )
    refused(
        build(root, before=before_it),
        rf'pyproject\.toml:{line + 1}: this is Python 3\.10\.4; requires-python = ">=3\.11',
        root,
        before,
    )


def test_no_tex(root: Path, before: Site) -> None:
    def before_it() -> None:
        os.environ["PATH"] = "/nowhere"

    told = run(tool("print.__main__", root), before_it)
    refused(told, r"needs lualatex.*apt-get install", root, before)


def settle(root: Path) -> None:
    """Give the tiny book real addresses, so that it could be published."""
    path = root / "_config.yml"
    path.write_text(path.read_text().replace("OWNER", "somebody"))
    assert build(root).code == 0


def publish(root: Path) -> Told:
    def work() -> int:
        from tools.publish.__main__ import main

        sys.argv = ["publish", str(root / "_build" / "public"), "--root", str(root)]
        return main()

    return run(work)


def test_a_placeholder_address(root: Path, before: Site) -> None:
    refused(publish(root), r"_config\.yml:\d+: ebm_repository must be a real address", root, before)


@pytest.mark.parametrize("harm", ["outputs", "notebook", "link"])
def test_what_would_be_published_is_whole(root: Path, harm: str) -> None:
    settle(root)
    assert publish(root).code == 0
    folder = root / "_build" / "site"
    if harm == "outputs":
        notebook = nbformat.read(folder / "two.ipynb", 4)
        for one in notebook.cells:
            if one.cell_type == "code":
                one.outputs, one.execution_count = [], None
        nbformat.write(notebook, folder / "two.ipynb")
    elif harm == "notebook":
        (folder / "two.ipynb").unlink()
    else:
        page = folder / "two.html"
        page.write_text(page.read_text().replace("/notebooks/two.ipynb", "/notebooks/gone.ipynb"))
    told = publish(root)
    assert told.code == 1, told.text
    said = {
        "outputs": r"two\.ipynb: a notebook without outputs",
        "notebook": r"two\.ipynb: is missing",
        "link": r"two\.html:\d+: .*gone\.ipynb.* leads to no file",
    }
    assert re.search(said[harm], told.text), told.text
    assert "Traceback" not in told.text


def test_a_claim_that_drifts(root: Path, before: Site) -> None:
    shutil.copytree(REPOSITORY / "ebmlib", root / "ebmlib", dirs_exist_ok=True)
    path = root / "two.md"
    glue = "from ebmlib.glue import glue\n\nglue('two-share', 0.5)\nprint(1)"
    path.write_text(re.sub(r"from ebmlib.*?print\(VALUE\)", glue, path.read_text(), flags=re.S))
    assert build(root).code == 0
    kept = {"two": {"two-share": {"value": 0.7, "tolerance": 0.1, "why": "three seeds"}}}
    (root / "tests" / "claims").mkdir(parents=True)
    (root / "tests" / "claims" / "two.json").write_text(json.dumps(kept))
    told = run(tool("prove.claims", root))
    assert told.code == 1
    assert re.search(r"two\.md:\d+: two-share = 0.5. Expected 0.7 \+- 0.1.", told.text)
