"""Screenshots of a file by three engines: Chromium, Firefox and WebKit, each from Debian."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ENGINES = {
    "chromium": ("chromium",),
    "firefox": ("firefox-esr",),
    "webkit": ("WebKitWebDriver", "Xvfb"),
}
SIZE = (900, 700)
PATIENCE = 240  # seconds: a slow machine may be busy with other tests
PAINTED = """
const done = arguments[0];
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 300)));
"""


def missing(engine: str) -> list[str]:
    """The programs that an engine needs and this machine lacks."""
    return [program for program in ENGINES[engine] if shutil.which(program) is None]


def screenshot(engine: str, page: Path, picture: Path) -> None:
    """Let an engine draw a file into a PNG."""
    {"chromium": _chromium, "firefox": _firefox, "webkit": _webkit}[engine](page, picture)
    assert picture.is_file(), f"{engine} left no screenshot"


def _chromium(page: Path, picture: Path) -> None:
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
    profile = f"--user-data-dir={picture.parent / 'chromium'}"
    size = f"--window-size={SIZE[0]},{SIZE[1]}"
    _run("chromium", *flags, profile, size, f"--screenshot={picture}", page.as_uri())


def _firefox(page: Path, picture: Path) -> None:
    profile = picture.parent / "firefox"
    profile.mkdir(exist_ok=True)
    (profile / "user.js").write_text('user_pref("browser.shell.checkDefaultBrowser", false);\n')
    size = f"--window-size={SIZE[0]},{SIZE[1]}"
    how = ["--headless", "--no-remote", "--profile", str(profile), size]
    _run("firefox-esr", *how, "--screenshot", str(picture), page.as_uri())


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def _webkit(page: Path, picture: Path) -> None:
    with webkit_session() as ask:
        ask("window/rect", {"width": SIZE[0], "height": SIZE[1]})
        ask("url", {"url": page.as_uri()})
        ask("execute/async", {"script": PAINTED, "args": []})
        picture.write_bytes(base64.b64decode(ask("screenshot")))


@contextmanager
def webkit_session() -> Iterator[Callable[..., Any]]:
    """Ask WebKit: the last part of a WebDriver address, and what is posted there."""
    with _display() as display, _driver(display) as address:
        binary = next(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
        options = {"binary": str(binary), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = _ask(f"{address}/session", {"capabilities": wanted})["sessionId"]
        here = f"{address}/session/{session}"
        try:
            yield lambda what, body=None: _ask(f"{here}/{what}", body)
        finally:
            _ask(here, method="DELETE")


def ended(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; one that does not is killed."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _display() -> Iterator[str]:
    """A screen that nobody sees; the X server chooses its number."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        ended(server)


@contextmanager
def _driver(display: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Compositing must stay on: without it WebKit 2.50 never answers the question for a screenshot.
    env = os.environ | {"DISPLAY": display, "GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1"}
    driver = subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + PATIENCE
        while driver.poll() is None and time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        ended(driver)


def _ask(address: str, body: dict[str, Any] | None = None, method: str = "") -> Any:
    data = None if body is None else json.dumps(body).encode()
    method = method or ("GET" if body is None else "POST")
    request = urllib.request.Request(
        address, data, {"Content-Type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)["value"]
