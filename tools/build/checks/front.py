"""The head of a page: keys that nobody reads, and a `print` that is neither true nor false."""

from __future__ import annotations

from collections.abc import Iterator

from tools.book import Page, line_of
from tools.build.checks.fault import Fault, did_you_mean

# The book's own, Sphinx's, MyST's.
KEYS = {
    *("jupytext", "kernelspec", "ebm", "print"),
    *("orphan", "tocdepth", "nocomments", "nosearch"),
    *("file_format", "html_meta", "myst", "mystnb", "substitutions"),
}
OURS = {"reads"}


def check(page: Page) -> Iterator[Fault]:
    head = page.front_matter
    for key in sorted({str(one) for one in head} - KEYS):
        words = f"the front matter has no key {key!r}{did_you_mean(key, KEYS)}"
        yield Fault(page.path, line_of(page.path, f"{key}:"), words)
    own = head.get("ebm")
    for key in sorted({str(one) for one in own} - OURS) if isinstance(own, dict) else ():
        words = f"'ebm' has no key {key!r}{did_you_mean(key, OURS)}"
        yield Fault(page.path, line_of(page.path, f"{key}:"), words)
    if not isinstance(told := head.get("print", True), bool):
        words = f"'print' must be true or false. Got {told!r}"
        yield Fault(page.path, line_of(page.path, "print:"), words)
