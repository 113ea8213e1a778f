"""The book's style is left behind nowhere."""

import matplotlib as mpl

from ebmlib.plot.show import bundle
from tests.helpers.recorded import drawn


def test_settings_are_left_alone() -> None:
    before = dict(mpl.rcParams)
    bundle(drawn()[0], "two", "words")
    assert dict(mpl.rcParams) == before
