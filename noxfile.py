"""The project's commands: `nox -l` lists them, `nox -s NAME` runs one."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["book"]

ROOT = Path(__file__).parent
CONSTRAINTS = ROOT / "constraints.txt"
PYPROJECT = nox.project.load_toml(ROOT / "pyproject.toml")


def prepare(session: nox.Session, group: str) -> None:
    """Install a dependency group and ebmlib, unless this environment holds just that already."""
    wanted = [
        *nox.project.dependency_groups(PYPROJECT, group),
        *PYPROJECT["project"]["dependencies"],
    ]
    packaging = repr((PYPROJECT["project"], PYPROJECT["build-system"]))
    stamp = hashlib.sha256(repr((wanted, packaging, CONSTRAINTS.read_text("utf8"))).encode())
    stamp_file = Path(session.virtualenv.location) / "installed.stamp"
    session.env["PIP_CONSTRAINT"] = str(CONSTRAINTS)
    session.env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    session.env["JUPYTER_PLATFORM_DIRS"] = "1"
    if stamp_file.is_file() and stamp_file.read_text("utf8") == stamp.hexdigest():
        return
    stamp_file.unlink(missing_ok=True)
    session.install(*wanted)
    session.install("--no-deps", "--editable", ".")
    stamp_file.write_text(stamp.hexdigest(), "utf8")


@nox.session
def book(session: nox.Session) -> None:
    """Execute what is stale, build the site strictly, print where it is."""
    prepare(session, "book")
    session.run("python", "-m", "tools.build", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """Build, show in a browser, and build again on every save."""
    prepare(session, "book")
    session.run("python", "-m", "tools.build.serve", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and types."""
    prepare(session, "tests")
    _lint(session)


@nox.session
def tests(session: nox.Session) -> None:
    """Everything that must hold: style, types, the strict build, tests, browsers, notebooks."""
    prepare(session, "tests")
    _need(session, "chromium", "Debian: apt-get install chromium")
    _lint(session)
    session.run("python", "-m", "tools.build")
    elsewhere = ("--ignore", "tests/print")  # reads the PDF: nox -s pdf
    pytest = ("pytest", "-n", "2", "--dist", "worksteal", *elsewhere)
    session.run(*pytest, *session.posargs)
    _notebooks(session)


@nox.session
def site(session: nox.Session) -> None:
    """The built site in real browsers, page by page (Chromium; figures in Firefox and WebKit)."""
    prepare(session, "tests")
    _need(session, "chromium", "Debian: apt-get install chromium")
    session.run("python", "-m", "tools.build")
    session.run("pytest", "-n", "2", "--dist", "worksteal", "tests/site", *session.posargs)


@nox.session
def notebooks(session: nox.Session) -> None:
    """Run the notebooks once more, figures' numbers in them, and compare their outputs (nbval)."""
    prepare(session, "tests")
    session.run("python", "-m", "tools.build")
    _notebooks(session)


@nox.session
def pdf(session: nox.Session) -> None:
    """Typeset the book and check it: `-- dark` for the screen, `-- part-1`, `-- ellipse` alone."""
    prepare(session, "print")
    editions = {"dark", "--dark", "paper"}
    edition = "dark" if {"dark", "--dark"} & set(session.posargs) else "paper"
    names = [word for word in session.posargs if word not in editions]
    only = ["--only", *names] if names else []
    session.run("python", "-m", "tools.print", edition, *only)
    env = {"EBM_EDITION": edition, "EBM_VOLUME": " ".join(names)}
    session.run("pytest", "-q", "tests/print", env=env)


@nox.session
def publish(session: nox.Session) -> None:
    """Lay out site and notebooks in `_build/public`; `-- --send` also pushes the notebooks."""
    prepare(session, "book")
    session.run("python", "-m", "tools.build")
    session.run("python", "-m", "tools.publish", "_build/public", *session.posargs)


@nox.session
def edition(session: nox.Session) -> None:
    """Make the edition of a tag: `-- v1.2.3`; `-- v1.2.3 --send` also pushes and releases it."""
    prepare(session, "release")
    tag, *more = session.posargs or session.error("name the tag: nox -s edition -- v1.2.3")
    session.run("python", "-m", "tools.editions", "check", tag)
    session.env["EBM_TAG"] = tag
    session.run("python", "-m", "tools.build")
    for kind in ("paper", "dark"):
        session.run("python", "-m", "tools.print", kind)
    session.run("python", "-m", "tools.publish.offline")
    session.run("python", "-m", "tools.publish", "_build/public", "--edition", tag, *more)
    if "--send" in more:
        made = [
            *(ROOT / "_build").glob(f"offline/*-{tag}.zip"),
            *(ROOT / f"_build/pdf/energy-book{ending}.pdf" for ending in ("", "-dark")),
        ]
        made += [*(ROOT / "_build").glob("wheel/*.whl")]
        files = [str(path) for path in made]
        notes = ("--title", f"Edition {tag[1:]}", "--notes", "What is new: CHANGELOG.md")
        session.run("gh", "release", "create", tag, *files, *notes, external=True)
        session.run("gh", "workflow", "run", "publish.yml", "--ref", "main", external=True)


@nox.session
def offline(session: nox.Session) -> None:
    """Make `_build/offline/energy-book.zip`; `-- check` unzips it and lets browsers read it."""
    check = "check" in session.posargs
    prepare(session, "tests" if check else "release")
    session.run("python", "-m", "tools.build")
    session.run("python", "-m", "tools.publish.offline", *(["--unzip"] if check else []))
    if check:
        read = ("test_pages.py", "test_links.py", "test_search.py", "test_policy.py")
        where = {"EBM_SITE": str(ROOT / "_build" / "offline" / "energy-book")}
        session.run("pytest", "-n", "2", *(f"tests/site/{name}" for name in read), env=where)


@nox.session
def outside(session: nox.Session) -> None:
    """Run a notebook of each chapter where only what its first cell installs is there."""
    prepare(session, "release")
    session.run("python", "-m", "tools.build")
    session.run("python", "-m", "tools.prove.run_outside", *session.posargs)


@nox.session
def lab(session: nox.Session) -> None:
    """Open notebooks in JupyterLab, photograph them, run one through the HTTP API."""
    prepare(session, "lab")
    _need(session, "chromium", "Debian: apt-get install chromium")
    session.run("python", "-m", "tools.build")
    python, shots = f"{session.bin}/python", "_build/lab"
    session.run("python", "-m", "tools.prove.lab", python, shots, *session.posargs)


@nox.session
def newest(session: nox.Session) -> None:
    """Build and test with the newest versions that pyproject.toml allows, constraints aside."""
    session.env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    session.env["JUPYTER_PLATFORM_DIRS"] = "1"
    session.install("--upgrade", *nox.project.dependency_groups(PYPROJECT, "tests"))
    session.install("--upgrade", "--editable", ".")
    session.run("python", "-m", "pip", "freeze")
    session.run("python", "-m", "tools.build", "--force")
    elsewhere = ("--ignore", "tests/site", "--ignore", "tests/print")  # no browser, no TeX here
    session.run("pytest", "-n", "2", "--dist", "worksteal", *elsewhere)


@nox.session
def diagrams(session: nox.Session) -> None:
    """Draw book/diagrams/*.svg from their TikZ sources; new colours alone need no TeX."""
    prepare(session, "book")
    session.run("python", "-m", "tools.diagrams", *session.posargs)


@nox.session
def reproduce(session: nox.Session) -> None:
    """Two clean builds, compared byte for byte; `-- --executed` runs no page twice."""
    prepare(session, "print")
    pdf = ["--pdf"] if shutil.which("lualatex") else []
    if not pdf:
        session.warn("lualatex is not installed: the PDF is not among what is compared.")
    session.run("python", "-m", "tools.prove.reproduce", *pdf, *session.posargs)


@nox.session
def equality(session: nox.Session) -> None:
    """Draw sequences of edits, compare each build with one from nothing: `-- 300` draws so many."""
    prepare(session, "tests")
    session.run("python", "-m", "tests.equality", *session.posargs)


@nox.session
def mutate(session: nox.Session) -> None:
    """Plant the usual lies in copies of pages, which must notice: `-- ellipse` in one chapter."""
    prepare(session, "book")
    session.run("python", "-m", "tools.build")
    session.run("python", "-m", "tools.prove.mutate", *session.posargs)


@nox.session
def seeds(session: nox.Session) -> None:
    """Run pages with every seed moved, tell the claims that fail: `-- ellipse` of one chapter."""
    prepare(session, "book")
    session.run("python", "-m", "tools.build")
    session.run("python", "-m", "tools.prove.seeds", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure side by side with peers into benchmarks/README.md; name parts to run them alone."""
    prepare(session, "benchmarks")
    session.run("python", "-m", "benchmarks.report", *session.posargs)


def _lint(session: nox.Session) -> None:
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("python", "-m", "tests.javascript")
    workflows = sorted(str(path) for path in (ROOT / ".github" / "workflows").glob("*.yml"))
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)


def _notebooks(session: nox.Session) -> None:
    one_thread = {"OMP_NUM_THREADS": "1", "EBMLIB_QUIET": "1", "PYTHONHASHSEED": "0"}
    session.run(
        *("pytest", "--nbval", "--nbval-sanitize-with", "tests/nbval_sanitize.cfg"),
        *("--nbval-cell-timeout", "300", "-p", "no:cacheprovider", "--timeout", "900"),
        *("-n", "2", "--dist", "loadfile"),
        str(ROOT.joinpath("_build", "work", "html-notebooks", "book")),
        env={**one_thread, "EBMLIB_TABLES": str(ROOT / "_build" / "tables")},
    )


def _need(session: nox.Session, program: str, hint: str) -> None:
    names = (program, "chromium-browser", "google-chrome") if program == "chromium" else (program,)
    if not any(shutil.which(name, path=os.environ.get("PATH")) for name in names):
        session.error(f"{program} is not installed. {hint}")
