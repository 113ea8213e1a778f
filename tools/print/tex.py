"""TeX Live: whether it is here, its runs, and what it complains of, by page and line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.book import Book, BookError

PROGRAMS = ("lualatex", "makeindex", "kpsewhich")
NEEDED = (
    *("fvextra.sty", "unicode-math.sty", "pgfplots.sty", "standalone.cls"),
    *("lmroman10-regular.otf", "latinmodern-math.otf"),
)
HINT = (
    "Debian: apt-get install texlive-luatex texlive-latex-recommended texlive-latex-extra"
    " texlive-pictures texlive-fonts-recommended lmodern"
)
PASSES = 6  # a book settles after three; one that has not after six never will
STATE = ("aux", "toc", "lof", "out", "ind")  # what a run reads of the run before
SAFE = 2.0  # points that a line may stand out of the measure without a word
_OVERFULL = re.compile(
    r"Overfull \\([hv])box \((\d+\.?\d*)pt too \w+\)(?: (?:in paragraph|detected|in alignment)"
    r" at lines? (\d+))?"
)
_ERROR = re.compile(r"^(?:\./)?([\w./-]+\.\w+):(\d+): (.*)$", re.M)
_UNDEFINED = re.compile(r"LaTeX Warning: ((?:Reference|Citation|Hyper reference) .*? undefined)")
_LOST = re.compile(r"Missing character: There is no (.+?) (?:\(U\+\w+\) )?in font \[?([\w-]+)")
_PLACE = re.compile(r"^%@ (\S+):(\d+)$")


@dataclass(frozen=True)
class Complaint:
    """Something that TeX said of a line of a page."""

    where: str
    text: str
    points: float = 0.0

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def require() -> None:
    """Raises BookError, in one line, if TeX Live or a part of it is missing."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if not missing:
        found = subprocess.run(
            ["kpsewhich", *NEEDED], capture_output=True, text=True, check=False
        ).stdout
        missing = [name for name in NEEDED if f"/{name}" not in found]
    if missing:
        raise BookError(f"the print edition needs {', '.join(missing)}. {HINT}")


def environment(book: Book, *inputs: Path) -> dict[str, str]:
    """For equal bytes: a fixed date, and no line of the log broken."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or _commit_time(book.root)
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": epoch,
        "FORCE_SOURCE_DATE": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "max_print_line": "2000",
        "TEXINPUTS": os.pathsep.join([".", *map(str, inputs), ""]),
    }


def _commit_time(root: Path) -> str:
    asked = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "1767225600"
    return answer.stdout.strip() or "1767225600"  # 2026-01-01 outside a repository


def typeset(folder: Path, job: str, environ: dict[str, str]) -> Path:
    """Run TeX until nothing moves any more; returns the PDF.

    A run that leaves what it had read is the last: once over a book that has not changed, twice
    after a word, three times from nothing.

    Raises:
        BookError: with TeX's first error at the line of the page that it comes from.
    """
    for _ in range(PASSES):
        before = _state(folder, job)
        _run(folder, job, environ)
        _sort_index(folder, job, environ)
        if _state(folder, job) == before:
            return folder / f"{job}.pdf"
    _forget(folder, job)
    raise BookError(f"the page numbers of {job} have not settled after {PASSES} runs of TeX.")


def lualatex(folder: Path, job: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """One run in a folder, which asks nothing and stops at the first error."""
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error"]
    return subprocess.run(
        [*command, f"{job}.tex"],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def _run(folder: Path, job: str, environ: dict[str, str]) -> None:
    run = lualatex(folder, job, environ)
    if run.returncode != 0:
        _forget(folder, job)
        said = run.stdout + run.stderr
        raise BookError(_first_error(folder, read_log(folder, job), said))


def _sort_index(folder: Path, job: str, environ: dict[str, str]) -> None:
    terms = folder / f"{job}.idx"
    if not terms.is_file() or not terms.stat().st_size:
        (folder / f"{job}.ind").unlink(missing_ok=True)
        return
    run = subprocess.run(
        ["makeindex", "-q", "-s", "python.ist", terms.name],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if run.returncode != 0:
        raise BookError(f"the index of terms: {(run.stdout + run.stderr).strip()}")


def _state(folder: Path, job: str) -> list[bytes]:
    files = (folder / f"{job}.{ending}" for ending in STATE)
    return [file.read_bytes() if file.is_file() else b"" for file in files]


def _forget(folder: Path, job: str) -> None:
    """What a broken run leaves would break the next."""
    for ending in STATE:
        (folder / f"{job}.{ending}").unlink(missing_ok=True)


def read_log(folder: Path, job: str) -> str:
    path = folder / f"{job}.log"
    return path.read_text(encoding="utf8", errors="replace") if path.is_file() else ""


def complaints(folder: Path, job: str) -> list[Complaint]:
    """What stands out of the measure by more than two points, refers to nothing or has no letter.

    A letter that its font lacks leaves a gap: it is told at the first line that holds it.
    """
    log = read_log(folder, job)
    source = folder / "book.tex"
    found = []
    for kind, points, line in _OVERFULL.findall(log):
        if float(points) > SAFE:
            where = place(source, int(line)) if line else source.name
            what = "wide" if kind == "h" else "high"
            found.append(Complaint(where, f"{points} pt too {what}", float(points)))
    found += [Complaint(source.name, text) for text in _UNDEFINED.findall(log)]
    lines = source.read_text(encoding="utf8").splitlines() if source.is_file() else []
    for letter, font in sorted(set(_LOST.findall(log))):
        first = next((k for k, line in enumerate(lines, 1) if letter in line), 1)
        where = place(source, first) if lines else source.name
        found.append(Complaint(where, f"the font {font} has no {letter!r}"))
    return found


def place(source: Path, line: int) -> str:
    """The page's line that a line of the LaTeX was written from."""
    lines = source.read_text(encoding="utf8").splitlines()
    for number in range(min(line, len(lines)) - 1, -1, -1):
        found = _PLACE.match(lines[number])
        if found:
            return f"{found[1]}:{found[2]}"
    return f"{source.name}:{line}"


def _first_error(folder: Path, log: str, output: str) -> str:
    found = _ERROR.search(log)
    if found is None:
        tail = "\n".join(output.strip().splitlines()[-8:])
        return f"lualatex failed; its log is in {folder}.\n{tail}"
    file, line, text = found[1], int(found[2]), found[3]
    after = log[found.end() :].strip().splitlines()[:4]
    where = place(folder / file, line) if Path(file).name == "book.tex" else f"{file}:{line}"
    return f"{where}: TeX: {text}\n" + "\n".join("    " + one for one in after)
