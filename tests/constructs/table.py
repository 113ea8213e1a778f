"""CONSTRUCTS.md: what an author may write and what is refused, from the tests.

python -m tests.constructs.table
"""

from __future__ import annotations

from tests.constructs.carried import CARRIED
from tests.faults.features import FEATURES
from tests.faults.test_pages import FAULTS
from tests.helpers.tiny import REPOSITORY
from tests.tools.build.checks.test_words import MISTAKES

FILE = REPOSITORY / "CONSTRUCTS.md"
HEAD = """# What a page may hold

Made from the tests by `python -m tests.constructs.table`; how a page is written is in
[CONTRIBUTING.md](CONTRIBUTING.md).

## What is carried

Each stands in the site, in the notebook and in print, as `tests/constructs/carried.py` plants it.

| construct | its first line | to know |
| --- | --- | --- |
"""
REFUSED = """
## What is refused

The strict build stops with file and line; `tests/faults/test_pages.py`, `tests/faults/features.py`
and `tests/tools/build/checks/test_words.py` plant each.

| planted | the line | what the build says |
| --- | --- | --- |
"""


def table() -> str:
    """The whole file."""
    carried = (
        f"| {_words(name)} | {_code(_typed(name, one.source))} | {one.how} |"
        for name, one in CARRIED.items()
    )
    features = {name: one for step in FEATURES.values() for name, one in step.items()}
    told = {name: one for name, one in {**FAULTS, **MISTAKES, **features}.items() if one.said}
    refused = (
        f"| {name} | {_code(_line(one.text, one.mark))} | {_code(one.said)} |"
        for name, one in sorted(told.items())
    )
    return HEAD + "\n".join(carried) + "\n" + REFUSED + "\n".join(refused) + "\n"


def _typed(name: str, source: str) -> str:
    """What stands in a heading is its construct."""
    return f"## {name}" if "{" in name else source


def _line(text: str, mark: str) -> str:
    """The line that the build names."""
    mark = mark.removeprefix("LAST ")
    return next((line for line in text.splitlines() if mark and mark in line), text)


def _words(text: str) -> str:
    return text.replace("{cite:t}`tiny`", "…").replace("|", r"\|")


def _code(text: str) -> str:
    """The first line, as code that may hold backticks and stand in a table."""
    text = text.encode("utf8", "replace").decode("utf8")  # one is planted that is not UTF-8
    line = text.strip().partition("\n")[0].replace("|", r"\|")
    return f"`` {line} ``" if "`" in line else f"`{line}`"


if __name__ == "__main__":
    FILE.write_text(table(), "utf8")
