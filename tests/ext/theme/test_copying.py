"""What a reader does with a page: copy, print, read it in the system's own colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.helpers.browser import NEEDED
from tests.helpers.theme_book import HEAD, theme_book
from tools.build.contrast import contrast

pytestmark = NEEDED
# Selects from one node to another and copies; returns the plain text and the HTML.
COPY = """([first, last]) => {
  const range = document.createRange();
  range.setStartBefore(document.querySelector(first));
  range.setEndAfter(document.querySelector(last));
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const clipboardData = new DataTransfer();
  const event = new ClipboardEvent("copy", {clipboardData, bubbles: true, cancelable: true});
  document.body.dispatchEvent(event);
  return [clipboardData.getData("text/plain"), clipboardData.getData("text/html")];
}"""
PAGES = {
    "index": "# The book\n\nWords.\n",
    "one": f"""{HEAD}
# The energy $\\eE$

Take $N$ numbers
and $\\vx \\le 1$, as

$$
\\norm{{\\vx}}^2 = 1
$$ (eq-one)

says, **again** $N$.

## A part

```python
>>> 1 + 1
2
```

````{{tab-set}}
```{{tab-item}} First
Words of one.
```
```{{tab-item}} Second
Words of two.
```
````

````{{grid}} 2
```{{grid-item-card}} A card
Inside.
```
```{{grid-item-card}} Another
Inside.
```
````
""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = theme_book(
        tmp_path_factory.mktemp("book"), {"myst_enable_extensions": ["dollarmath"]}, **PAGES
    )
    assert built.warnings == ""
    return built.out


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def visited(**settings: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}, **settings))
        page = contexts[-1].new_page()
        page.goto((site / "one.html").as_uri())
        return page

    yield visited
    for context in contexts:
        context.close()


def test_a_formula_is_copied_once_as_tex(visit: Callable[..., Page]) -> None:
    text, html = visit().evaluate(COPY, ["h1 + p", "h1 ~ p:last-of-type"])
    assert text.split("\n\n") == [
        r"Take $N$ numbers and ${\boldsymbol{x}}\le 1$, as",
        r"$$\mathopen{\lVert}{\boldsymbol{x}}\mathclose{\rVert}^2 = 1$$ (1)",
        "says, again $N$.",
    ]
    assert html.count("<math") == 4
    assert "katex-html" not in html
    assert "data-tex" not in html


def test_a_formula_selected_in_part_is_copied_whole(visit: Callable[..., Page]) -> None:
    text, _ = visit().evaluate(COPY, ["h1 + p .katex-html .mord", "h1 + p strong, h1 + p .math"])
    assert text == "$N$"


def test_a_heading_is_copied_without_its_mark(visit: Callable[..., Page]) -> None:
    text, _ = visit().evaluate(COPY, ["h1", "h1"])
    assert text == "The energy $E$"


def test_code_is_copied_without_button_and_prompts(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(page.locator("button.copy")).to_have_count(1)
    text, _ = page.evaluate(COPY, ["div.highlight", "div.highlight"])
    assert text == "1 + 1\n2"


def test_all_tabs_are_printed_under_their_names(visit: Callable[..., Page]) -> None:
    page = visit()
    assert not page.get_by_text("Words of two.").is_visible()
    page.emulate_media(media="print")
    for words in ("First", "Words of one.", "Second", "Words of two."):
        assert page.get_by_text(words, exact=True).is_visible()
    tops = page.evaluate("""() => [...document.querySelectorAll(".sd-tab-label, .sd-tab-content")]
        .map((one) => one.getBoundingClientRect().top)""")
    assert tops == sorted(set(tops))


def test_cards_stand_on_the_text(visit: Callable[..., Page]) -> None:
    left = """(one) => document.querySelector(one).getBoundingClientRect().left"""
    page = visit()
    assert abs(page.evaluate(left, ".sd-card") - page.evaluate(left, "h1 + p")) <= 1


@pytest.mark.parametrize(("system", "kept"), [("dark", "light"), ("light", "dark")])
def test_forced_colours_take_the_palette_of_the_system(
    visit: Callable[..., Page], system: str, kept: str
) -> None:
    page = visit(color_scheme=kept)
    page.evaluate("(theme) => localStorage.setItem('book-theme', theme)", kept)
    page.emulate_media(color_scheme=system, forced_colors="active")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", kept)
    assert not page.locator("button[data-action=theme]").is_visible()
    ground = {"dark": "#000000", "light": "#FFFFFF"}[system]
    for name, least in (("ink", 7.0), ("blue", 3.0), ("red", 3.0), ("orange", 3.0)):
        colour = page.evaluate(
            "(name) => getComputedStyle(document.body).getPropertyValue(name).trim()", f"--{name}"
        )
        assert contrast(colour, ground) >= least, name
