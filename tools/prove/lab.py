"""Open exported notebooks in JupyterLab, and run one through its HTTP API.

    python -m tools.prove.lab PYTHON SHOTS [NOTEBOOK ...] [--root .]

PYTHON has JupyterLab and `ebmlib`: the pip environment that equals binder/environment.yml. Each
notebook is scrolled from its top to its end in headless Chromium; the pictures go to SHOTS for a
person to look at, and what MathJax could not typeset or Markdown left over is a fault. The last
one is run, too. Without names: those that `tools.prove.run_outside` runs.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.book import Book, BookError
from tools.machine import chromium
from tools.prove.run_outside import chosen
from tools.publish.lay_out import lay_out_notebooks

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

SIZE: ViewportSize = {"width": 1200, "height": 1500}
FAULTS = """() => {
  const found = [...document.querySelectorAll('mjx-merror, [data-mml-node=merror]')]
    .map((one) => `maths: ${one.textContent}`);
  for (const one of document.querySelectorAll('mjx-mtext, mtext'))
    if (getComputedStyle(one).color === 'rgb(255, 0, 0)')  // a macro that MathJax does not know
      found.push(`maths: ${one.getAttribute('data-latex') ?? one.textContent}`);
  for (const image of document.querySelectorAll('.jp-Notebook img'))
    if (image.complete && !image.naturalWidth) found.push(`no picture: ${image.alt}`);
  for (const text of document.querySelectorAll('.jp-OutputArea-output pre'))
    if (/^Figure [\\w-]+:/.test(text.textContent)) found.push(`undrawn: ${text.textContent}`);
  const walk = document.createTreeWalker(
    document.querySelector('.jp-Notebook'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, text = node.data;
    if (!node.parentElement.closest('.jp-MarkdownOutput')) continue;
    if (node.parentElement.closest('pre, code, mjx-container, script, style')) continue;
    if (/\\$|\\\\[A-Za-z]{2,}|\\*\\*|\\]\\(/.test(text)) found.push(`text: ${text.trim()}`);
  }
  return found;
}"""


@contextmanager
def serving(python: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """JupyterLab over a folder: its address and its token."""
    token = secrets.token_hex(16)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"]
    command += ["--allow-root", "--LabApp.news_url="]
    env = os.environ | {"EBMLIB_QUIET": "1", "JUPYTER_CONFIG_DIR": str(folder / ".config")}
    env |= {"JUPYTER_DATA_DIR": str(folder / ".data")}
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(240):
                try:
                    ask(address, token, "api/status")
                    break
                except OSError:
                    time.sleep(0.5)
            else:
                raise BookError(f"JupyterLab does not answer: {' '.join(command[:3])}")
            yield address, token
        finally:
            server.terminate()


def ask(address: str, token: str, path: str, body: Any = None, method: str = "") -> Any:
    """What the server's API answers."""
    data = None if body is None else json.dumps(body).encode()
    method = method or ("POST" if data else "GET")
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/{path}", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def run(address: str, token: str, name: str) -> str:
    """Run a notebook in a session that the server starts; what went wrong, if anything."""
    path = f"{name}.ipynb"
    cells = ask(address, token, f"api/contents/{path}")["content"]["cells"]
    wanted = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
    session = ask(address, token, "api/sessions", wanted)
    kernel = session["kernel"]["id"]
    with _channels(address, token, kernel) as channel:
        code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
        for number, source in enumerate(code):
            fault = _execute(channel, source)
            if fault:
                return f"code cell {number}: {fault}"
    ask(address, token, f"api/sessions/{session['id']}", method="DELETE")
    return ""


@contextmanager
def _channels(address: str, token: str, kernel: str) -> Iterator[Any]:
    from websockets.sync.client import connect

    where = f"{address.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?token={token}"
    with connect(where, max_size=None, proxy=None) as channel:
        yield channel


def _execute(channel: Any, source: str) -> str:
    """Send one cell and wait for its reply."""
    number = uuid.uuid4().hex
    header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": number}
    content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
    parts = {"parent_header": {}, "metadata": {}, "buffers": [], "channel": "shell"}
    header |= {"version": "5.3", "date": ""}
    channel.send(json.dumps({"header": header, "content": content, **parts}))
    while True:
        said = json.loads(channel.recv(timeout=300))
        if said.get("parent_header", {}).get("msg_id") != number:
            continue
        if said["msg_type"] == "execute_reply":
            reply = said["content"]
            failed = reply["status"] != "ok"
            return f"{reply.get('ename')}: {reply.get('evalue')}" if failed else ""


def look(address: str, token: str, names: list[str], shots: Path) -> list[str]:
    """Scroll through notebooks, photograph them, and return the faults that a program sees."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise BookError("Chromium is not installed. Debian: apt-get install chromium")
    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name in names:
            page = browser.new_page(viewport=SIZE)
            page.goto(f"{address}/doc/tree/{name}.ipynb?token={token}&reset")
            page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
            faults += [f"{name}: {one}" for one in _scroll(page, shots / name.replace("/", "-"))]
            page.close()
        browser.close()
    return sorted(set(faults))


def _scroll(page: Any, shot: Path) -> list[str]:
    """From the top to the end: JupyterLab makes the cells that come into view."""
    page.wait_for_timeout(6000)
    box, found = ".jp-WindowedPanel-outer", []
    for number in range(60):
        page.screenshot(path=f"{shot}-{number:02d}.png")
        found += page.evaluate(FAULTS)
        move = """box => { const e = document.querySelector(box), before = e.scrollTop;
            e.scrollTop += e.clientHeight - 100; return e.scrollTop - before; }"""
        if page.evaluate(move, box) < 2:
            break
        page.wait_for_timeout(1200)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("python", type=Path)
    parser.add_argument("shots", type=Path)
    parser.add_argument("names", nargs="*", metavar="NOTEBOOK", help="as in _toc.yml")
    parser.add_argument("--root", type=Path, default=Path.cwd())
    options = parser.parse_args()
    options.shots.mkdir(parents=True, exist_ok=True)
    try:
        faults = _found(options)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(faults) or f"no faults; look at the pictures in {options.shots}")
    return 1 if faults else 0


def _found(options: argparse.Namespace) -> list[str]:
    book = Book(options.root.resolve())
    names = to_open(book, options.names)
    with tempfile.TemporaryDirectory() as folder:
        lay_out_notebooks(book, Path(folder))
        with serving(options.python, Path(folder)) as (address, token):
            fault = run(address, token, names[-1])
            print(f"{names[-1]} ran through the API: {fault or 'whole'}")
            return [*([fault] if fault else []), *look(address, token, names, options.shots)]


def to_open(book: Book, names: list[str]) -> list[str]:
    """The names that were given, or else those of a page a chapter; one that reads comes last."""
    pages = sorted(chosen(book), key=lambda page: bool(page.reads))
    if found := names or [page.docname for page in pages]:
        return found
    raise BookError(f"{book.root} has no page with cells: there is no notebook to open.")


if __name__ == "__main__":
    sys.exit(main())
