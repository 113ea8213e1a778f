"""Firefox and WebKit driven by their own protocols: no package of the project is needed for it."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.site.browsers import PATIENCE, ended, webkit_session

PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "marionette.port": 0,  # any that is free
    "ui.systemUsesDarkTheme": 1,
    "ui.prefersReducedMotion": 1,
    # A font has as long as it needs: by itself Firefox tells of one that a busy machine reads late.
    "gfx.downloadable_fonts.fallback_delay": 2**31 - 1,
    "gfx.downloadable_fonts.fallback_delay_short": 2**31 - 1,
}
# Firefox lays out what has arrived of a page and tells of a formula that is still arriving;
# how many children each part has in the end is asked of the page (probe.js, markup).
ARRIVING = "Invalid markup: Incorrect number of children"
# Nor is a font that arrives late a fault: the page asks for it so (font-display in 1-letters.css).
LATE = "font-display timeout"
CONSOLE = """
const found = Services.console.getMessageArray().map((one) => one.message || String(one));
Services.console.reset();
return found;
"""


class Firefox:
    """A session over Marionette: `length:[0, id, command, arguments]` and back."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()
        self._ask("WebDriver:NewSession", capabilities={})

    def goto(self, address: str) -> None:
        self._ask("WebDriver:Navigate", url=address)

    def run(self, script: str) -> Any:
        """The value that a script returns."""
        return self._ask("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def faults(self, address: str) -> list[str]:
        """Errors of the site in the console since it was asked last."""
        self._ask("Marionette:SetContext", value="chrome")
        told = self.run(CONSOLE)
        self._ask("Marionette:SetContext", value="content")
        ours = [one for one in told if address in one and "JavaScript Error" in one]
        return [one for one in ours if ARRIVING not in one and LATE not in one]

    def close(self) -> None:
        self._ask("Marionette:Quit", flags=["eForceQuit"])
        self._stream.close()
        self._socket.close()

    def _ask(self, command: str, **given: Any) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, command, given]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, value = self._read()
        if error:
            raise RuntimeError(f"{error['error']}: {error['message']}")
        return value

    def _read(self) -> Any:
        length = b""
        while (one := self._stream.read(1)) != b":":
            if not one:
                raise RuntimeError("Firefox ended")
            length += one
        return json.loads(self._stream.read(int(length)))


class WebKit:
    """A session of WebKitWebDriver; it tells nothing of the console."""

    def __init__(self, ask: Any) -> None:
        self._ask = ask

    def goto(self, address: str) -> None:
        self._ask("url", {"url": address})

    def run(self, script: str) -> Any:
        return self._ask("execute/sync", {"script": script, "args": []})

    def faults(self, address: str) -> list[str]:
        return []


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    folder.mkdir(parents=True, exist_ok=True)
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items())
    (folder / "user.js").write_text("\n".join(lines))
    how = ("--headless", "--no-remote", "--marionette", "-remote-allow-system-access")
    process = subprocess.Popen(
        ["firefox-esr", *how, "--profile", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        session = Firefox(_port(folder / "MarionetteActivePort"))
        yield session
        session.close()
    finally:
        ended(process)


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    with webkit_session() as ask:
        yield WebKit(ask)


def _port(file: Path, patience: float = PATIENCE) -> int:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if file.is_file() and (text := file.read_text().strip()):
            return int(text)
        time.sleep(0.1)
    raise RuntimeError("Firefox did not start")


DRIVERS = {"firefox": firefox, "webkit": webkit}
