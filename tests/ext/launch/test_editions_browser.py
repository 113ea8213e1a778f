"""The list of editions in the page: which one this is, the way to the others, a word if old."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.helpers.browser import NEEDED
from tests.helpers.tiny import REPOSITORY
from tools.editions import tell

pytestmark = NEEDED
MENU = REPOSITORY / "book" / "_ext" / "launch" / "static" / "editions-menu.js"
PAGE = """<!doctype html><html lang="en" data-content_root="{root}"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'self' file:">
<script defer src="{root}_static/editions.js"></script>
<script defer src="{root}_static/editions-menu.js"></script></head>
<body><div class="bar-buttons"></div><article><h1>{name}</h1></article></body></html>"""


def write(site: Path, *pages: str) -> None:
    (site / "_static").mkdir(parents=True, exist_ok=True)
    (site / "_static" / "editions-menu.js").write_text(MENU.read_text(encoding="utf8"))
    for name in pages:
        path = site / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(root="../" * name.count("/"), name=name))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    write(site, "index", "book/one", "book/two")
    write(site / "v0.1.0", "index", "book/one")
    write(site / "v0.2.0", "index", "book/one", "book/two")
    assert tell(site) == ["v0.2.0", "v0.1.0"]
    return site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_an_old_edition_says_so_and_leads_to_the_newest(page: Page, site: Path) -> None:
    page.goto((site / "v0.1.0" / "book" / "one.html").as_uri())
    note = page.locator(".edition-note")
    assert "edition 0.1.0, which is no longer the newest" in note.inner_text()
    note.locator("a").click()
    page.wait_for_url((site / "v0.2.0" / "book" / "one.html").as_uri())
    assert page.locator(".edition-note").count() == 0


def test_the_choice_keeps_the_page_where_it_exists(page: Page, site: Path) -> None:
    page.goto((site / "book" / "two.html").as_uri())
    choice = page.get_by_label("Edition")
    assert choice.locator("option").all_inner_texts() == [
        "Newest draft", "Edition 0.2.0", "Edition 0.1.0",
    ]  # fmt: skip
    assert choice.evaluate("one => one.selectedOptions[0].text") == "Newest draft"
    choice.select_option(label="Edition 0.2.0")
    page.wait_for_url((site / "v0.2.0" / "book" / "two.html").as_uri())
    page.get_by_label("Edition").select_option(label="Edition 0.1.0")
    page.wait_for_url((site / "v0.1.0" / "index.html").as_uri())  # it had no such page
    page.get_by_label("Edition").select_option(label="Newest draft")
    page.wait_for_url((site / "index.html").as_uri())


def test_a_site_without_editions_shows_nothing(page: Page, tmp_path: Path) -> None:
    write(tmp_path, "index")
    (tmp_path / "_static" / "editions.js").write_text(
        'window.bookEditions={"here":"","root":"","newest":"","all":[]};'
    )
    page.goto((tmp_path / "index.html").as_uri())
    assert page.locator(".edition, .edition-note").count() == 0


def test_a_zip_of_an_edition_names_it_and_leads_home(page: Page, tmp_path: Path) -> None:
    write(tmp_path, "index")
    facts = '{"here":"v0.1.0","root":"https://example.invalid/","newest":"v0.1.0","all":[]}'
    (tmp_path / "_static" / "editions.js").write_text(f"window.bookEditions={facts};")
    page.goto((tmp_path / "index.html").as_uri())
    link = page.locator("a.edition")
    assert (link.inner_text(), link.get_attribute("href")) == (
        "Edition 0.1.0", "https://example.invalid/",
    )  # fmt: skip
