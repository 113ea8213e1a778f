"""What is off the screen of a phone is told; every page is asked in `test_pages`."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.site.looks import opened
from tests.site.phone import off


def test_what_is_off_a_phone_is_told(browser: Browser, served: str) -> None:
    address = f"{served}/book/ellipse/training.html"
    with opened(browser, address, "light-phone", served) as (page, _):
        page.add_style_tag(
            content=""".ebm-panel { transform: translate(500px, 0) !important }
            .ebm-picture:not(.ebm-stack) > svg { min-width: 150% !important }
            .highlight pre { white-space: pre !important }"""
        )
        facts = off(page)
        assert facts["cut"]
        assert facts["code"]
        page.add_style_tag(content=".ebm-picture > svg { width: 50% !important; min-width: 0 }")
        assert off(page)["small"]
