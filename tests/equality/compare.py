"""An incremental build beside a build from nothing of the same sources, byte for byte."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.equality.book import State, prepare, write
from tests.equality.edits import Edit, after
from tests.faults.tiny import Told, build

CLOCK = "site/_static/run-seconds.js"
# What a build from nothing may take over: runs of the same cells, and what renders formulas.
RUNS = (".jupyter_cache", "executed", "recall.json")


@dataclass
class Desk:
    """A book under an author's hands: its place, what is in its files, what its builds left."""

    root: Path
    state: State
    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def new(cls, root: Path, state: State) -> Desk:
        prepare(root)
        desk = cls(root, state)
        desk.write(state)
        return desk

    def write(self, state: State) -> None:
        self.state, self.known = state, write(state, self.root, self.known)

    def clean(
        self, *, runs: bool = True, before: Callable[[], None] = lambda: None
    ) -> tuple[Told, dict[str, str]]:
        """What a build from nothing gives; with `runs`, pages that have run do not run again.

        `before` is called in the process that builds.
        """
        mine, aside = self.root / "_build", self.root / "_aside"
        mine.rename(aside)
        try:
            mine.mkdir()
            for name in RUNS if runs else ():
                if (aside / name).is_dir():
                    shutil.copytree(aside / name, mine / name)
                elif (aside / name).is_file():
                    shutil.copy(aside / name, mine / name)
            told = build(self.root, before=before)
            return told, output(self.root)
        finally:
            shutil.rmtree(mine, ignore_errors=True)
            aside.rename(mine)


def output(root: Path) -> dict[str, str]:
    """Site, notebooks (those of nbval, too) and tables: path -> hash."""
    build_folder = root / "_build"
    found: dict[str, str] = {}
    for top in ("site", "tables", "work/html-notebooks"):
        for path in sorted((build_folder / top).resolve().rglob("*")):
            name = f"{top}/{path.relative_to((build_folder / top).resolve())}"
            if path.is_file() and name != CLOCK:
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def differing(mine: dict[str, str], clean: dict[str, str]) -> list[str]:
    """The files that are not the same; `+` before what only the first has, `-` the second."""
    return sorted(
        ("" if name in mine and name in clean else "+" if name in mine else "-") + name
        for name in mine.keys() | clean.keys()
        if mine.get(name) != clean.get(name)
    )


def step(desk: Desk, edit: Edit, draw: random.Random, *, runs: bool = True) -> list[str]:
    """Make an edit and build: what differs from a build from nothing, or what went wrong.

    A state with a fault must be refused twice, and leave the last good output where it is.
    """
    desk.write(after(desk.state, edit, draw))
    if desk.state.broken:
        before = output(desk.root)
        for _ in range(2):
            told = build(desk.root)
            if told.code != 1 or "nowhere" not in told.text:
                return [f"a fault in {desk.state.broken} ended with {told.code}: {told.text}"]
        return differing(site_of(output(desk.root)), site_of(before))
    told = build(desk.root)
    if told.code:
        return [f"the incremental build failed: {told.text}"]
    clean, wanted = desk.clean(runs=runs)
    if clean.code:
        return [f"the clean build failed: {clean.text}"]
    return differing(output(desk.root), wanted)


def site_of(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name.startswith("site/")}


def sequence(desk: Desk, seed: int, edits: Iterable[Edit]) -> list[str]:
    """Follow edits until one goes wrong: which, and what differs."""
    draw = random.Random(seed)
    done: list[str] = []
    for edit in edits:
        done.append(edit.__name__)
        if found := step(desk, edit, draw):
            return [f"seed {seed}, after {' '.join(done)}:", *found]
    return []
