"""References are put into words once: sphinxcontrib-bibtex would do it again in each build.

And what does so is looked for once: at each citation pybtex would read what every installed
package offers.
"""

from __future__ import annotations

from typing import Any

from pybtex.database import Entry
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

PLUGINS = {
    "pybtex.backends": ("docutils", "plaintext"),
    "pybtex.style.formatting": ("plain",),
    "pybtex.style.names": ("last",),
}
Known = dict[tuple[str, str, str], FormattedEntry]


def _remember(app: Sphinx, env: BuildEnvironment) -> None:
    """Let the styles look up what a build before has formatted; forget what is not asked for."""
    known: Known = getattr(env, "formatted_references", {})
    asked: Known = {}
    env.formatted_references = asked  # type: ignore[attr-defined]
    plain = getattr(BaseStyle.format_entry, "plain", BaseStyle.format_entry)

    def format_entry(
        style: BaseStyle, label: str, entry: Entry, bib_data: Any = None
    ) -> FormattedEntry:
        key = (type(style).__qualname__, label, repr(entry))
        if key not in asked:
            asked[key] = known.get(key) or plain(style, label, entry, bib_data)
        return asked[key]

    format_entry.plain = plain  # type: ignore[attr-defined]
    BaseStyle.format_entry = format_entry


def _find_plugins() -> None:
    for group, names in PLUGINS.items():
        for name in names:
            register_plugin(group, name, find_plugin(group, name), force=True)


# When it is loaded: a process that builds many times has found them.
_find_plugins()


def setup(app: Sphinx) -> None:
    # Before sphinxcontrib-bibtex's own handler, which formats.
    app.connect("env-updated", _remember, priority=100)
