"""Where a page's buttons lead; a pure function of the addresses and the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from _ext.shared.menu import Item, Menu

COLAB = "https://colab.research.google.com/github"
BINDER = "https://mybinder.org/v2/gh"


@dataclass(frozen=True)
class Addresses:
    """The repository's address, its branch of sources and its branch or tag of notebooks."""

    repository: str
    branch: str
    notebooks: str
    edition: str = ""

    @property
    def owner_and_name(self) -> str:
        """OWNER/NAME of a repository on GitHub: Colab and Binder ask for just that."""
        path = self.repository.rstrip("/").removesuffix(".git").split("//")[-1]
        return "/".join(path.split("/")[1:3])


def links(at: Addresses, page: str, title: str, local: Mapping[str, str], *, runs: bool) -> Menu:
    """The page's menu; a page without cells has nothing to run, nor has one without repository.

    Args:
        at: the addresses.
        page: the source file's path in the repository, `book/ellipse/manifold.md`.
        title: the page's title, for an issue's.
        local: addresses of the page's `notebook` and `source`, relative to the page.
        runs: whether the page has cells.
    """
    notebook = quote(page.removesuffix(".md") + ".ipynb")
    groups: Menu = []
    if runs and at.repository:
        colab = f"{COLAB}/{at.owner_and_name}/blob/{at.notebooks}/{notebook}"
        where = urlencode({"urlpath": f"lab/tree/{notebook}"})
        binder = f"{BINDER}/{at.owner_and_name}/{at.notebooks}?{where}"
        run = [Item("Colab", colab), Item("Binder", binder)]
        groups.append(("Run this page", run))
    take = [Item("Notebook (.ipynb)", local["notebook"])] if runs else []
    take += [Item("Source (.md)", local["source"]), Item("Print, or save as PDF", action="print")]
    groups.append(("Take it along", take))
    if not at.repository:
        return groups
    take += [Item(text, f"{at.repository}/{path}") for text, path in _whole(at.edition)]
    issue = urlencode({"title": f"On the page “{title}”", "body": f"The page: {page}\n\n"})
    mend = [
        Item("Open an issue", f"{at.repository}/issues/new?{issue}"),
        Item("Edit this page", f"{at.repository}/edit/{at.branch}/{quote(page)}"),
    ]
    return [*groups, ("Mend it", mend)]


def _whole(edition: str) -> list[tuple[str, str]]:
    """The files of the whole book that a release carries; what is no edition has none."""
    if not edition:
        return []
    place = f"releases/download/{edition}"
    zipped = f"{place}/energy-book-{edition}.zip"
    return [("The book (.pdf)", f"{place}/energy-book.pdf"), ("Offline (.zip)", zipped)]
