"""Contrast, as WCAG computes it."""

from __future__ import annotations

import pytest

from tools.build.contrast import contrast


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
