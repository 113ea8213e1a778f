"""Executed pages, kept in jupyter-cache, with a record of what each was executed from."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import NbCacheRecord
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode
from sqlalchemy.exc import SQLAlchemyError

from tools.book import Book, BookError, Page, table_files
from tools.colours import colours
from tools.execute.recall import Recall
from tools.files import mark, write_atomically

FIGURE = "application/vnd.ebmlib.figure+json"
RUN = ("execution_count", "outputs")  # what a run adds to a cell


@dataclass(frozen=True)
class Record:
    """What a page's cached outputs came from.

    Attributes:
        fingerprint: hash of all that the outputs depend on.
        key: jupyter-cache's own hash of the cells.
        checksum: of the cached file, so that a damaged one is noticed.
        seconds: how long the page ran, so that the longest starts first.
        tables: names of the figures that carry tables.
        files: of these tables.
        exact: those of the names whose tables keep more digits than their drawing needs.
        colours: hex -> name of the colours that the drawings have; those of the dark theme are
            none of them, since a figure is drawn once and the page exchanges them by name.
    """

    fingerprint: str
    key: str
    checksum: str
    seconds: float
    tables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    colours: dict[str, str] = field(default_factory=dict)


class ExecutionCache:
    """jupyter-cache, read and written as myst-nb does, with our own test of freshness."""

    def __init__(self, book: Book, recall: Recall | None = None) -> None:
        self.book, self._recall = book, recall
        self._listed: set[str] | None = None
        try:
            self._cache = get_cache(str(book.cache))
            self._cache.list_cache_records()
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            print(f"cache: discarded, its index cannot be read ({_first_line(error)})", flush=True)
            shutil.rmtree(book.cache, ignore_errors=True)
            self._cache = get_cache(str(book.cache))

    def read(self, page: Page) -> NotebookNode:
        """The page's source as a notebook without outputs, a new one each time."""
        return copy.deepcopy(_parsed(page.text, str(page.path)))

    def record(self, page: Page) -> Record | None:
        """What the page was last executed from; None if never or if the record is damaged."""
        path = self._record_path(page)
        try:
            record = Record(**json.loads(path.read_text(encoding="utf8")))
            if not all(isinstance(text, str) for text in (record.fingerprint, record.key)):
                raise TypeError("its hashes are no texts")
            return record
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            print(f"cache: discarded the damaged record of {page.docname} ({error})", flush=True)
            self.forget(page)
            return None

    def fresh(self, page: Page, fingerprint: str) -> bool:
        """Whether the cached outputs are there, undamaged, from this very fingerprint and in the
        stylesheet's colours."""
        record = self.record(page)
        if record is None or record.fingerprint != fingerprint:
            return False
        if not record.colours.items() <= colours(self.book.stylesheet).items():
            return False
        path = self._notebook_path(record.key)
        if not (
            path.is_file()
            and self._is_whole(page, record, self._checksum(path))
            and self._is_listed(record.key)
        ):
            print(
                f"cache: discarded the corrupt entry of {page.docname}; it runs again", flush=True
            )
            self.forget(page)
            return False
        return True

    def _checksum(self, path: Path) -> str:
        """Of a file; one that is as it was is not read."""
        if self._recall is None:
            return _checksum(path)
        return str(self._recall.answer("file", repr(mark(path)), partial(_checksum, path)))

    def _is_whole(self, page: Page, record: Record, checksum: str) -> bool:
        """Whether the entry is as this page left it, or one whose cells are the same."""
        return checksum == record.checksum or any(
            one.checksum == checksum for _, one in self._sharing(page, record.key)
        )

    def _sharing(self, page: Page, key: str) -> Iterator[tuple[Page, Record]]:
        """The other pages whose cells are the same, so that they have this entry, too."""
        for other in self.book.notebooks:
            if other != page and (record := self.record(other)) and record.key == key:
                yield other, record

    def _is_listed(self, key: str) -> bool:
        """Whether the index has it: myst-nb would run a page that it lacks, in its own way."""
        if self._listed is None:
            self._listed = {str(one.hashkey) for one in self._cache.list_cache_records()}
        return key in self._listed

    def follow(self, page: Page, recall: Recall) -> None:
        """Keep a fresh page's outputs under today's name of its cells.

        jupyter-cache counts all that an author says of a cell, and myst-nb looks by its name: else
        it would run the page, in its own way, because a check has got another sentence.
        """
        record = self.record(page)
        name = partial(self._key, page)
        if record is None or recall.answer("key", page.text, name) == record.key:
            return
        before = (cell for cell in self._executed(record).cells if cell.cell_type == "code")
        notebook = self.read(page)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.update({key: one for key, one in next(before).items() if key in RUN})
        self.store(page, notebook, record.fingerprint, record.seconds)

    def _key(self, page: Page) -> str:
        """What jupyter-cache calls the page's cells."""
        return str(self._cache.create_hashed_notebook(self.read(page))[1])

    def forget(self, page: Page) -> None:
        """Drop the page's outputs, so that neither we nor a plain build can show stale ones."""
        path = self._record_path(page)
        keys = set()
        with suppress(OSError, ValueError, KeyError, TypeError):
            keys.add(str(json.loads(path.read_text(encoding="utf8"))["key"]))
        keys.add(self._key(page))
        path.unlink(missing_ok=True)
        with self._written():
            for record in self._cache.list_cache_records():
                if record.hashkey in keys:
                    # not remove_cache(), which stops where the file is gone already
                    NbCacheRecord.remove_record(record.pk, self._cache.db)
        for key in keys:
            shutil.rmtree(self._notebook_path(key).parent, ignore_errors=True)

    def store(self, page: Page, executed: NotebookNode, fingerprint: str, seconds: float) -> None:
        """Keep the outputs; the record comes last, so that a kill in between only costs a run.

        Raises:
            BookError: if another page has the same cells, and reads other tables.
        """
        bundle = CacheBundleIn(executed, str(page.path), data={"execution_seconds": seconds})
        with self._written():
            key = self._cache.cache_notebook_bundle(
                bundle, check_validity=False, overwrite=True
            ).hashkey
        for other, _ in self._sharing(page, key):
            if other.reads != page.reads:
                where, theirs = self.book.relative(page.path), self.book.relative(other.path)
                words = f"its cells are those of {theirs}, which reads other tables"
                raise BookError(f"{where}:1: {words}: the cache would mix them up; change a cell.")
        shown = self._write_tables(executed)
        tables = tuple(one["name"] for one in shown)
        files = tuple(file for one in shown for file, _ in one.get("tables", ()))
        exact = tuple(one["name"] for one in shown if one.get("digits"))
        checksum = _checksum(self._notebook_path(key))
        used = {value: name for one in shown for value, name in _colours(one).items()}
        record = Record(fingerprint, key, checksum, round(seconds, 2), tables, files, exact, used)
        write_atomically(self._record_path(page), json.dumps(asdict(record), indent=1))

    @contextmanager
    def _written(self) -> Iterator[None]:
        """Where the index changes: on a full disk it cannot, which jupyter-cache tells obliquely.

        Raises:
            BookError: with the database's own words.
        """
        self._listed = None
        try:
            yield
        except (SQLAlchemyError, RuntimeError) as error:
            place = self.book.relative(self.book.cache / "global.db")
            why = _first_line(error.__cause__ or error)
            raise BookError(f"{place}: cannot be written: {why}. Is the disk full?") from error

    def outputs(self, page: Page) -> NotebookNode:
        """The page's source with the cached outputs merged in.

        Raises:
            KeyError: if the page has not been executed.
        """
        merged: NotebookNode = self._cache.merge_match_into_notebook(self.read(page))[1]
        return merged

    def _write_tables(self, executed: NotebookNode) -> list[dict[str, Any]]:
        """Write the tables of all figures, and no more of each than it has today."""
        found = figures(executed)
        for bundle in found:
            for old in table_files(self.book.tables, bundle["name"]):
                old.unlink()
            for file, text in bundle.get("tables", ()):
                write_atomically(self.book.tables / file, text)
        return found

    def restore_tables(self, page: Page, recall: Recall) -> None:
        """Write the tables that a fresh page's outputs carry, where others or none are there."""
        record = self.record(page)
        if record is None or not record.files:
            return
        carried = recall.answer("tables", record.checksum, lambda: self._carried(record))
        for file, content in carried.items():
            path = self.book.tables / file
            if not path.is_file() or self._checksum(path) != content:
                self._write_tables(self._executed(record))
                return

    def _executed(self, record: Record) -> NotebookNode:
        """The cached file itself: jupyter-cache would note the look in its index."""
        text = self._notebook_path(record.key).read_text(encoding="utf8")
        found: NotebookNode = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        return found

    def _carried(self, record: Record) -> dict[str, str]:
        """The files of the tables of a page's outputs: name -> hash."""
        shown = figures(self._executed(record))
        found = [pair for one in shown for pair in one.get("tables", ())]
        return {file: hashlib.sha256(text.encode()).hexdigest() for file, text in found}

    def drop_unowned(self) -> None:
        """Take away the tables and records of pages that are no longer in the book."""
        pages = self.book.notebooks
        owned = {file for page in pages if (one := self.record(page)) for file in one.files}
        for path in self.book.tables.glob("*.txt"):
            if path.name not in owned:
                path.unlink()
        records = {self._record_path(page) for page in pages}
        for path in self.book.records.rglob("*.json"):
            if path not in records:
                path.unlink()

    def _record_path(self, page: Page) -> Path:
        return self.book.records / f"{page.docname}.json"

    def _notebook_path(self, key: str) -> Path:
        return self.book.cache / "executed" / key / "base.ipynb"


@lru_cache(maxsize=4)  # a page is asked for its cells and at once for their name
def _parsed(text: str, path: str) -> NotebookNode:
    notebook: NotebookNode = read_myst_markdown_notebook(text, add_source_map=True, path=path)
    return notebook


def figures(notebook: NotebookNode) -> list[dict[str, Any]]:
    """The figure bundles (name, alt, tables, source) that a notebook's outputs carry."""
    return [
        output.data[FIGURE]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.get("outputs", [])
        if FIGURE in output.get("data", {})
    ]


def _colours(bundle: dict[str, Any]) -> dict[str, str]:
    """Hex -> name of the colours that a figure has, on all its sheets if it is a live one."""
    sheets = bundle.get("live", {}).get("sheets", ())
    return {k: v for one in (bundle, *sheets) for k, v in one.get("palette", {}).items()}


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
