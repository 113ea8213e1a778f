"""The heaviest page of the built site beside the same page by plain Jupyter Book with MathJax.

    python -m benchmarks.page [--runs 5] [--slowdown 4] [--page book/appendix/gallery/planes]

Build the book first. The peer is built here from the same source and the same outputs: Jupyter
Book's own theme, MathJax from this machine, our stylesheet as MathJax's macros; of our extensions
only those that know the page's directives. Both are visited in turn by headless Chromium with an
empty cache, on a CPU slowed down as a telephone's would be. Weights are as a server sends them:
text gzipped, fonts as they are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import yaml
from playwright.sync_api import Browser, Response

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book"), str(ROOT / "benchmarks" / "maths")]

from measure import cold, in_turn, seen  # noqa: E402
from sites import HERE, PEER, mathjax_macros  # noqa: E402

from _ext.shared.npm import ensure_package  # noqa: E402

TEXT = (".html", ".css", ".js", ".svg", ".json", "/")
KNOWN = ("_ext.execution", "_ext.figures", "_ext.diagrams")  # of our extensions, in the peer
ROWS = {
    "weight": "weight, kB",
    "paint": "first contentful paint, ms",
    "blocked": "total blocking time, ms",
    "shift": "layout shift",
    "elements": "elements",
}


def heaviest(site: Path) -> str:
    """The page whose HTML is the heaviest when gzipped."""
    pages = list(site.glob("book/**/*.html"))
    found = max(pages, key=lambda path: len(gzip.compress(path.read_bytes(), 6)))
    return found.relative_to(site).with_suffix("").as_posix()


def peer(page: str, root: Path) -> Path:
    """Build the page by plain Jupyter Book; returns the folder of its HTML."""
    ignored = shutil.ignore_patterns("_build", ".git", ".venv", ".nox", "__pycache__")
    shutil.copytree(ROOT, root, ignore=ignored)
    shutil.copytree(ROOT / "_build" / ".jupyter_cache", root / "_build" / ".jupyter_cache")
    config = yaml.safe_load((root / "_config.yml").read_text("utf8"))
    sphinx = config["sphinx"]
    sphinx["local_extensions"] = dict.fromkeys(KNOWN, "book")
    macros = json.dumps({"tex": {"macros": mathjax_macros()}})
    own = yaml.safe_load(PEER.replace("CONFIG", macros).removeprefix("config: "))
    sphinx["config"] = {"ebm_repository": "", "numfig": True, **own}
    (root / "_config.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    (root / "index.md").write_text("# Benchmark\n")
    contents = {"format": "jb-book", "root": "index", "chapters": [{"file": page}]}
    (root / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False))
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", "--quiet", "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    out = root / "_build" / "html"
    shutil.copytree(ensure_package("mathjax", folder=HERE) / "es5", out / "_static" / "mathjax")
    return out


def visit(browser: Browser, url: str, slowdown: float) -> dict[str, float]:
    """One visit with an empty cache."""
    answers: list[Response] = []
    with cold(browser, url, slowdown, answers.append) as page:
        page.wait_for_function("window.seen.maths !== null", timeout=120_000)
        if page.locator("script[src*=mathjax]").count():
            page.wait_for_function("window.MathJax?.startup?.promise", timeout=120_000)
            page.evaluate("window.MathJax.startup.promise.then(() => true)")
        found = seen(page)
        origin = re.match(r"https?://[^/]+", url)
        assert origin is not None
        own = [one for one in answers if one.ok and one.url.startswith(origin[0])]
        return found | {"weight": sum(_weight(one) for one in own) / 1000}


def _weight(answer: Response) -> int:
    body = answer.body()
    text = answer.url.partition("?")[0].endswith(TEXT)
    return len(gzip.compress(body, 6)) if text else len(body)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slowdown", type=float, default=4)
    parser.add_argument("--page", help="the heaviest by default")
    options = parser.parse_args()
    site = ROOT / "_build" / "site"
    page = options.page or heaviest(site)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        sites = {"ours": site.resolve(), "Jupyter Book": peer(page, Path(folder, "peer"))}

        def one(browser: Browser, url: str) -> dict[str, float]:
            return visit(browser, url, options.slowdown)

        _, _, found = in_turn(stack, sites, page, options.runs, one)
    report(page, options.slowdown, found)


def report(page: str, slowdown: float, found: dict[str, list[dict[str, float]]]) -> None:
    print(f"| {page}, CPU slowed {slowdown:g} times | {' | '.join(found)} | ours / peer |")
    print("| --- | --- | --- | --- |")
    for key, label in ROWS.items():
        values = [[visit[key] for visit in visits] for visits in found.values()]
        digits = 3 if key == "shift" else 0
        shown = [
            f"{statistics.median(v):.{digits}f} ({min(v):.{digits}f} to {max(v):.{digits}f})"
            for v in values
        ]
        mine, theirs = (statistics.median(v) for v in values)
        ratio = f"{mine / theirs:.2f}" if theirs else "-"
        print(f"| {label} | {' | '.join(shown)} | {ratio} |")


if __name__ == "__main__":
    main()
