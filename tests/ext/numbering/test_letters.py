"""Figures of the appendix are counted under a letter of their own."""

from _ext.numbering.letters import lettered


def test_the_appendix_counts_its_figures_under_a_letter() -> None:
    bare = {"index": {"figure": {"a": (1,)}}, "one/page": {"figure": {"b": (1, 1)}}}
    own = {"book/appendix/two": {"figure": {"c": (3,), "d": (2,)}, "table": {"e": (1,)}}}
    assert lettered(bare | own) == bare | {
        "book/appendix/two": {"figure": {"c": ("A", 2), "d": ("A", 1)}, "table": {"e": (1,)}}
    }
