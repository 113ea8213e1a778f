"""The look's page: what stands in it, what it loads, and what is left out of the site."""

from __future__ import annotations

import re
from configparser import ConfigParser
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag
from jupyter_book.config import get_default_sphinx_config, get_final_config
from PIL import Image

from _ext.stylesheet.parser import load
from _ext.theme import FOLDER, cards, icons, page, policy, quiet
from tests.helpers.maths_book import Built
from tests.helpers.theme_book import PAGES, theme_book

STYLES = {
    path.name: path.read_text("utf8")
    for path in sorted(Path("book/_ext/theme/static/css").resolve().glob("*.css"))
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return theme_book(tmp_path_factory.mktemp("book"))


def soup(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup(built.page(name), "html.parser")


def only(tree: BeautifulSoup | Tag, selector: str) -> Tag:
    found = tree.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


@pytest.mark.parametrize("name", [*PAGES, "search", "genindex"])
def test_no_script_stands_in_a_page_and_nothing_is_asked_elsewhere(built: Built, name: str) -> None:
    tree = soup(built, name)
    assert [one for one in tree.select("script") if not one.get("src") or one.text.strip()] == []
    handlers = [key for tag in tree.find_all(True) for key in tag.attrs if key.startswith("on")]
    assert handlers == []
    loads = [one["src"] for one in tree.select("[src]")]
    loads += [one["href"] for one in tree.select("link[href]")]
    assert [url for url in loads if re.match(r"[a-z]+:|//", url)] == []
    files = [url.partition("?")[0] for url in loads if url != "#"]
    missing = [file for file in files if not (built.out / file).is_file()]
    assert missing == []


@pytest.mark.parametrize("name", [*PAGES, "search", "genindex"])
def test_the_policy_stands_before_all_that_it_rules(built: Built, name: str) -> None:
    tags = only(soup(built, name), "head").find_all(True)
    rule = next(i for i, tag in enumerate(tags) if tag.get("http-equiv"))
    assert tags[rule]["content"] == policy.POLICY
    assert {tag.name for tag in tags[:rule]} == {"meta"}
    assert len(soup(built, name).select('meta[name="viewport"]')) == 1


def test_the_policy_lets_no_script_stand_in_a_page() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy.POLICY.split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["script-src"] == "'self'"


def test_the_mark_is_there_for_browsers_without_svg(built: Built) -> None:
    for name, side, opaque in (("favicon.png", 48, False), ("touch.png", 180, True)):
        picture = Image.open(built.out / "_static/theme" / name)
        assert picture.size == (side, side)
        assert (picture.getpixel((0, 0))[3] == 255) is opaque
        points = np.asarray(picture, int).reshape(-1, 4)
        shade = "dark" if opaque else "light"
        for wanted in ("lavender", "aqua"):
            colour = getattr(load().colours[wanted], shade)
            near = np.abs(points - [*bytes.fromhex(colour.lstrip("#")), 255]).max(1) <= 4
            assert near.sum() > side


def test_the_svg_mark_has_the_stylesheets_colours() -> None:
    mark = Path("book/_ext/theme/static/favicon.svg").read_text("utf8").lower()
    for name in ("lavender", "aqua"):
        colour = load().colours[name]
        assert colour.light.lower() in mark
        assert colour.dark.lower() in mark


def test_the_foot_says_whose_the_book_is(built: Built) -> None:
    assert only(soup(built, "index"), "footer.foot").text.strip().startswith("Somebody")


def test_the_build_has_no_warnings(built: Built) -> None:
    assert built.warnings == ""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_little(built: Built, name: str) -> None:
    tree = soup(built, name)
    loaded = " ".join(one.get("src") or one.get("href") for one in tree.select("script, link"))
    for heavy in ("bootstrap", "fontawesome", "pydata", "sphinx-book", "togglebutton", "doctools"):
        assert heavy not in loaded
    assert not list(Path(built.out, "_static").rglob("*fontawesome*"))
    assert not list(Path(built.out, "_static").rglob("*.map"))


def test_the_theme_is_decided_before_any_style_is_asked_for(built: Built) -> None:
    files = only(soup(built, "one"), "head").select("script, link[rel=stylesheet]")
    early = next(one for one in files if "theme/early.js" in one.get("src", ""))
    assert not {"defer", "async"} & set(early.attrs)
    before = files[: files.index(early)]
    assert [one for one in before if one.name == "link"] == []


def test_the_letters_of_a_page_are_asked_for_and_are_there(built: Built) -> None:
    for name, wanted in (("one", 4), ("two", 2)):
        letters = only(soup(built, name), "script[data-letters]")["data-letters"].split()
        assert len(letters) == wanted
        for letter in letters:
            file = built.out / "_static/theme/fonts" / f"{letter}.woff2"
            assert file.read_bytes()[:4] == b"wOF2"


def test_the_contents_mark_the_page_and_list_its_sections(built: Built) -> None:
    tree = only(soup(built, "one"), "nav#contents .tree")
    current = only(tree, '[aria-current="page"]')
    assert current.text == "Page one"
    sections = [one.text for one in current.parent.select(".sections a")]
    assert sections == ["A section", "Another section"]
    assert "Part 0" not in tree.text
    assert soup(built, "index").select('.tree [aria-current="page"]') == []


def test_tables_scroll_in_a_box_and_captions_have_a_level(built: Built) -> None:
    assert only(soup(built, "one"), ".pst-scrollable-table-container > table")
    assert soup(built, "one").select_one('.tree [role="heading"]')["aria-level"] == "2"


def test_the_theme_takes_the_options_that_jupyter_book_passes() -> None:
    config = {"latex_individualpages": False}
    root = Path("_config.yml").resolve()
    passed, _ = get_final_config(user_yaml=root, cli_config=config, sourcedir=root.parent)
    theme = ConfigParser()
    theme.read(FOLDER / "theme.conf")
    assert set(theme["options"]) == set(passed["html_theme_options"])
    assert theme["theme"]["inherit"] == "basic"


def test_what_jupyter_book_loads_for_nothing_is_known_and_silent() -> None:
    known = set(get_default_sphinx_config()["extensions"]) | {"pydata_sphinx_theme"}
    assert known >= quiet.SILENT  # else a name has changed, and its work comes back


def test_folded_boxes_are_details(built: Built) -> None:
    tree = soup(built, "one")
    solution = only(tree, "details.solution")
    assert solution["id"] == "sol-one"
    assert not solution.has_attr("open")
    assert only(solution, "summary").text.strip() == "Solution"
    assert "Done, with care." in solution.text
    assert only(tree, "details.note > summary").text == "Note"
    assert only(tree, "div.exercise > .admonition-title").text.startswith("Exercise 1")


def test_a_folded_cell_is_named_by_its_words(built: Built) -> None:
    summary = only(soup(built, "one"), "details.hide > summary")
    assert summary.attrs == {}
    assert [span.text for span in summary.select("span")] == ["Show the code", "Hide the code"]


def test_no_id_stands_twice(built: Built) -> None:
    for name in PAGES:
        ids = [tag["id"] for tag in soup(built, name).select("[id]")]
        assert sorted(ids) == sorted(set(ids))
        assert not {"exercise-content", "solution-content"} & set(ids)  # in every box the same


def test_references_are_a_plain_list(tmp_path: Path) -> None:
    works = "```{eval-rst}\n.. [A] One work.\n.. [B] Another, by [A]_ and [B]_.\n```\n"
    tree = soup(theme_book(tmp_path, index="# I\n", one=f"# One\n\n{works}"), "one")
    entries = only(tree, '[role="list"]').find_all(True, recursive=False)
    assert [entry["role"] for entry in entries] == ["listitem", "listitem"]
    assert "doc-biblioentry" not in str(tree)


def test_the_start_leads_to_the_first_page(built: Built) -> None:
    link = only(soup(built, "index"), "a.start-link")
    assert link["href"] == "one.html"
    assert "Page one" in link.text


def test_a_start_without_a_page_is_told(tmp_path: Path) -> None:
    start = "# I\n\n```{start} Go\n:page: nowhere\n```\n"
    built = theme_book(tmp_path, index=start, one="# One\n")
    assert "index.md:3: WARNING: start: there is no page 'nowhere' to start with" in built.warnings


def test_a_page_describes_itself_by_how_it_begins(built: Built) -> None:
    described = only(soup(built, "one"), "meta[name=description]")["content"]
    assert described == "How low can it go?"  # and not the maths after it


def test_a_second_build_leaves_the_same_site(built: Built) -> None:
    before = {path: path.stat().st_size for path in built.out.rglob("*") if path.is_file()}
    again = theme_book(built.out.parents[1])
    after = {path: path.stat().st_size for path in again.out.rglob("*") if path.is_file()}
    assert after == before


def test_the_menu_of_a_page_is_shown_as_launch_hands_it_over(built: Built) -> None:
    menu = only(soup(built, "one"), "nav#page-menu")
    titles = [title.text for title in menu.select(".menu-title")]
    assert titles == ["Run this page", "Take it along", "Mend it"]
    assert only(menu, "li.needs-script > button")["data-action"] == "print"
    assert [one.text for one in menu.select("a[download]")] == ["Notebook (.ipynb)", "Source (.md)"]
    assert soup(built, "search").select("#page-menu") == []


def test_every_action_of_the_menu_is_known_to_the_script() -> None:
    script = Path("book/_ext/theme/static/theme.js").read_text("utf8")
    known = re.search(r"const actions = \{(.*)\};", script)
    assert known
    assert {"print", "theme"} == set(re.findall(r"(\w+): \(\)", known[1]))


def test_descriptions_are_cut_between_words() -> None:
    assert page.shortened("short") == "short"
    cut = page.shortened("word, " * 60)
    assert len(cut) <= page.LONGEST + 2
    assert cut.endswith("word …")


def test_an_icon_that_is_not_drawn_is_an_error() -> None:
    assert "<path" in icons.icon("menu")
    with pytest.raises(KeyError):
        icons.icon("nothing")


@pytest.mark.parametrize("name", STYLES)
def test_styles_name_no_colour_and_ask_nobody(name: str) -> None:
    """Colours come from the stylesheet; only shadows and paper have their own black."""
    text = re.sub(r"/\*.*?\*/", "", STYLES[name], flags=re.S)
    if name != "7-print.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,)\s])", text) == []
        assert re.findall(r"\brgba?\((?!0 0 0)|hsla?\(", text) == []
    assert [
        url for url in re.findall(r'url\("?([^")]*)', text) if "/" in url[:1] or ":" in url
    ] == []
    known = "ink|muted|ground|card|line|line-strong|lavender|aqua|yellow|red|blue"
    used = set(re.findall(r"(?<![\w-])color: var\(--([\w-]+)\)", text))
    assert used <= set(known.split("|"))


def test_no_text_is_smaller_than_eleven_pixels() -> None:
    everything = "".join(STYLES.values()).partition("@media print")[0]
    rems = re.findall(r"(?:font-size: |font: [\w ]*?|--(?:small|tiny): )([\d.]+)rem", everything)
    assert rems
    assert min(float(rem) for rem in rems) * 16 >= 13


def test_what_a_page_does_not_use_it_does_not_load(built: Built) -> None:
    def loaded(name: str) -> set[str]:
        found = soup(built, name).select("script[src], link[rel=stylesheet]")
        files = (one.get("src") or one["href"] for one in found)
        return {file.partition("?")[0].removeprefix("_static/") for file in files}

    assert "doctools.js" not in loaded("one") | loaded("search")
    assert "sphinx-design.min.css" not in loaded("one")
    assert "sphinx-design.min.css" in loaded("cards")
    top = {path.name for path in (built.out / "_static").iterdir() if path.is_file()}
    everywhere = {name for page in [*PAGES, "search"] for name in loaded(page)}
    assert top - {"sphinx-design.min.css"} <= everywhere  # nothing lies there that no page loads


def test_a_book_without_an_address_has_no_cards(built: Built) -> None:
    assert soup(built, "one").select('meta[property^="og:"]') == []
    assert not (built.out / cards.CARD).exists()


def test_a_book_with_an_address_tells_it(tmp_path: Path) -> None:
    site = "https://books.example.org/energy"
    given = {"ebm_site": site, "html_permalinks_icon": "§"}
    built = theme_book(tmp_path, given, index="# I\n\nWhat is it?\n", one="# One\n")
    assert built.warnings == ""
    tags = {one["property"]: one["content"] for one in soup(built, "one").select("meta[property]")}
    assert only(soup(built, "one"), "a.headerlink").text == "§"  # as this book gives it
    assert tags["og:url"] == f"{site}/one.html"
    assert tags["og:image"] == f"{site}/{cards.CARD}"
    assert (built.out / cards.CARD).read_bytes()[:4] == b"\x89PNG"
    assert len(soup(built, "index").select('meta[name="description"]')) == 1


@pytest.mark.parametrize("given", ["", "https://OWNER.github.io/x", "https://example.invalid/x"])
def test_a_placeholder_is_no_address(given: str) -> None:
    assert cards.address(SimpleNamespace(ebm_site=given)) == ""  # type: ignore[arg-type]


def test_the_contents_lead_to_a_page_however_deep(tmp_path: Path) -> None:
    names = ["one", "two", "three", "four", "five"]
    texts = {
        name: f"# Page {name}\n\n```{{toctree}}\n{below}\n```\n" for name, below in pairwise(names)
    }
    for name in names[1:]:
        (tmp_path / f"{name}.md").write_text(texts.get(name, "# Page five\n"))
    built = theme_book(tmp_path, index="# The book\n", one=texts["one"])
    here = only(soup(built, "five"), '#contents [aria-current="page"]')
    assert here.get_text() == "Page five"
    assert len(here.find_parents("li")) == 5
