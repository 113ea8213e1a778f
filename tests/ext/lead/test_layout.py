"""Where nodes stand, and which edges are told."""

from __future__ import annotations

from _ext.lead.layout import layers, places
from _ext.lead.needs import reduced

EDGES = {"b": {"a"}, "c": {"a"}, "d": {"b", "c"}}


def test_a_node_stands_after_all_that_it_needs() -> None:
    assert layers("abcd", EDGES) == [["a"], ["b", "c"], ["d"]]
    at = places("abcd", EDGES)
    assert {name: place[0] for name, place in at.items()} == {"a": 0, "b": 1, "c": 1, "d": 2}
    assert [at[name][1] for name in "abcd"] == [0.0, -0.5, 0.5, 0.0]


def test_a_need_that_comes_later_in_the_book_moves_nothing() -> None:
    assert layers("ab", {"a": {"b"}}) == [["a", "b"]]


def test_nodes_keep_near_what_they_need() -> None:
    at = places("abcd", {"c": {"b"}, "d": {"a"}})
    assert at["d"][1] == at["a"][1]
    assert at["c"][1] == at["b"][1]


def test_what_follows_from_another_need_is_not_drawn() -> None:
    assert reduced({**EDGES, "d": {"a", "b", "c"}}) == EDGES


def test_needs_that_run_in_a_circle_end() -> None:
    found = reduced({"a": {"b"}, "b": {"a"}})
    assert found == {"a": {"b"}, "b": {"a"}}
