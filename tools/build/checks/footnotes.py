"""Marks of footnotes that are not on the page: Markdown would leave them as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.book import Page
from tools.build.checks.fault import Fault, did_you_mean

CODE = re.compile(r"^(`{3,})(?:\{code-[a-z]+\}|\w*$).*?^\1\s*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
NOTE = re.compile(r"\[\^([\w-]+)\](:?)")


def check(page: Page) -> Iterator[Fault]:
    words = CODE.sub(lambda code: "\n" * code[0].count("\n"), page.text)
    found = [
        (words.count("\n", 0, mark.start()) + 1, mark[1], mark[2]) for mark in NOTE.finditer(words)
    ]
    known = {name for _, name, colon in found if colon}
    for line, name, _ in found:
        if name not in known:
            near = did_you_mean(name, known)
            yield Fault(page.path, line, f"there is no footnote {name!r} on this page{near}")
