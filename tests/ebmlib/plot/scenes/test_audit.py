"""Errors above their names."""

import pytest

from ebmlib.plot.figure import figure
from ebmlib.plot.scenes.audit import audit
from ebmlib.plot.show import facts
from tests.helpers.plotted import loaded


def test_audit_draws_each_error_above_its_name() -> None:
    fig, ax = figure()
    audit(ax, {"W": 1e-10, "b": 0.0})
    table = loaded(facts(fig, "one", "alt", ""))
    assert table["error.y"].tolist() == [1e-10, 1e-14]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["W", "b"]
    with pytest.raises(ValueError, match="errors must hold one error at least"):
        audit(ax, {})
