"""An old address leads to the new one: without and with JavaScript, from a folder, to the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from _ext.theme.policy import POLICY
from tests.helpers.browser import NEEDED
from tests.helpers.maths_book import Built, build, write
from tests.helpers.theme_book import EXTENSIONS

OLD = "part/old"


def book(root: Path, listed: str = f"{OLD}: deep/new\n") -> Built:
    (root / "deep").mkdir(parents=True, exist_ok=True)
    (root / "book").mkdir(exist_ok=True)
    (root / "book" / "moved.yml").write_text(listed, "utf8")
    below = f"# New & <better>\n\n{'Words. ' * 4000}\n\n## Its end\n\nHere.\n"
    write(root, **{"deep/new": below})
    features = [
        *EXTENSIONS,
        "_ext.numbering",
        "sphinxcontrib.bibtex",
        "_ext.moved",
        "_ext.incremental",
    ]
    settings = {"nb_execution_mode": "off", "bibtex_bibfiles": [], "exclude_patterns": ["_build"]}
    return build(root, extensions=features, **settings)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return book(tmp_path_factory.mktemp("moved"))


def test_the_old_address_holds_a_page_that_leads_on(built: Built) -> None:
    assert built.warnings == ""
    tree = BeautifulSoup(built.page(OLD), "html.parser")
    link = tree.select_one("main a")
    assert link
    assert link["href"] == "../deep/new.html"  # relative: a folder has no address
    assert link.text == "New & <better>"
    assert [one["href"] for one in tree.select("link[rel=canonical]")] == [link["href"]]
    assert [one["content"] for one in tree.select("noscript meta[http-equiv=refresh]")] == [
        f"0; url={link['href']}"
    ]
    rule = tree.select("meta[http-equiv]")[0]
    assert rule["content"] == POLICY
    scripts = [str(one["src"]) for one in tree.select("script")]
    assert scripts == ["../_static/moved.js"]
    assert (built.out / "part" / scripts[0]).is_file()


def test_it_stays_while_it_is_listed_and_leaves_with_its_line(tmp_path: Path) -> None:
    first = book(tmp_path).page(OLD)
    assert book(tmp_path).page(OLD) == first  # nothing else changed: no page is written
    assert not (book(tmp_path, "# none\n").out / OLD).parent.exists()


@pytest.mark.parametrize("line", ["deep/new: index", f"{OLD}: deep/gone"])
def test_a_plain_sphinx_refuses_a_line_that_leads_nowhere(tmp_path: Path, line: str) -> None:
    done = book(tmp_path, f"# Old: new\n{line}\n")
    assert "book/moved.yml:2: WARNING: " in done.warnings
    assert not (done.out / f"{OLD}.html").exists()
    assert "Its end" in done.page("deep/new")


@NEEDED[1]
@pytest.mark.parametrize("script", [True, False])
def test_a_browser_comes_to_the_place_that_was_asked_for(
    built: Built, browser: Browser, script: bool
) -> None:
    page = browser.new_page(java_script_enabled=script)
    old = (built.out / f"{OLD}.html").as_uri()
    page.goto(f"{old}#its-end")
    page.wait_for_url("**/deep/new.html*")
    assert page.url.endswith("deep/new.html#its-end" if script else "deep/new.html")
    page.close()
