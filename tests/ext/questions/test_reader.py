"""Who answers a question, and how: by keys, without scripts, on paper; what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser import NEEDED, served
from tests.helpers.questions_book import questions_book
from tests.site.looks import PROBE, violations

pytestmark = NEEDED
FALLS, RISES = "#question-tiny-hotter-a", "#question-tiny-hotter-b"
GAP = "#question-tiny-gap"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(questions_book(tmp_path_factory.mktemp("asks")).out) as found:
        yield f"{found}/asks.html"


def opened(browser: Browser, address: str, **how: Any) -> Page:
    context = browser.new_context(reduced_motion="reduce", **how)
    context.add_init_script(PROBE)
    page = context.new_page()
    page.goto(address)
    return page


def shown(page: Page) -> list[str]:
    """The verdicts that one sees."""
    return [
        " ".join(one.inner_text().split())
        for one in page.locator(".ebm-verdict").all()
        if one.is_visible()
    ]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_shows_its_verdict_with_scripts_or_without(
    browser: Browser, address: str, scripts: bool
) -> None:
    page = opened(browser, address, java_script_enabled=scripts)
    assert shown(page) == []
    page.locator(FALLS).check()
    (verdict,) = shown(page)
    assert "Not so. No: a soft minimum listens to worse" in verdict
    page.locator(RISES).check()
    assert shown(page) == ["\u2713 Right."]
    page.locator("#question-tiny-hotter summary").click()
    expect(page.locator("#question-tiny-hotter .ebm-answer p")).to_be_visible()
    expect(page.locator(f"{GAP} input")).to_be_visible(visible=scripts)
    page.context.close()


def test_keys_choose_and_the_verdict_is_spoken(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.locator(FALLS).focus()
    page.keyboard.press("Space")
    expect(page.locator("#question-tiny-hotter .ebm-told")).to_contain_text("Not so. No: a soft")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#question-tiny-hotter .ebm-told")).to_have_text("\u2713 Right. ")
    page.context.close()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0.3", "Right."), ("0,35", "Right."), ("1/3", "Right."), ("pi/9", "Right."),
        ("0.1pi", "Right."), ("\u03c0 / 9", "Right."), ("3.3e-1", "Right."), ("0.2", "more"),
        ("pi", "less"), ("\u22121", "more"), ("", "Write a number"), ("a third", "Write a number"),
        ("1/2/3", "Write a number"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(
    browser: Browser, address: str, typed: str, said: str
) -> None:
    page = opened(browser, address)
    page.locator(f"{GAP} input").fill(typed)
    page.keyboard.press("Enter")
    (verdict,) = shown(page)
    assert said in verdict
    expect(page.locator(f"{GAP} .ebm-told")).to_contain_text(said)
    page.context.close()


def test_what_was_answered_is_remembered_until_it_is_asked_again(
    browser: Browser, address: str
) -> None:
    page = opened(browser, address)
    expect(page.locator(".ebm-forget").first).to_be_hidden()
    page.locator(FALLS).check()
    page.locator(f"{GAP} input").fill("0.2")
    page.locator(f"{GAP} .ebm-check").click()
    page.reload()
    expect(page.locator(FALLS)).to_be_checked()
    assert len(shown(page)) == 2
    expect(page.locator(".ebm-told").first).to_have_text("")  # nobody did anything yet
    for one in page.locator(".ebm-forget").all():
        one.click()
    assert shown(page) == []
    page.reload()
    assert shown(page) == []
    expect(page.locator(f"{GAP} input")).to_have_value("")
    page.context.close()


def test_a_browser_that_keeps_nothing_still_answers(browser: Browser, address: str) -> None:
    page = opened(browser, "about:blank")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw 1; }})")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    page.locator(RISES).check()
    expect(page.locator("#question-tiny-hotter .ebm-told")).to_contain_text("Right.")
    assert faults == []
    page.context.close()


def test_paper_has_empty_boxes_and_no_answer(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.locator(RISES).check()
    page.emulate_media(media="print")
    assert shown(page) == []
    for hidden in (RISES, ".ebm-answer >> nth=0", f"{GAP} input"):
        expect(page.locator(hidden)).to_be_hidden()
    box = "(one) => getComputedStyle(one, '::before').content"
    found = [one.evaluate(box) for one in page.locator(".ebm-choice").all()]
    assert found == ['"\u2610"'] * 3
    page.context.close()


@pytest.mark.parametrize("how", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_question_is_accessible_and_fits(
    browser: Browser, address: str, how: dict[str, Any], width: int
) -> None:
    view = {"viewport": {"width": width, "height": 800}}
    page = opened(browser, address, **view, **how)
    page.locator(FALLS).check()
    page.locator(f"{GAP} input").fill("3")
    page.keyboard.press("Enter")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
