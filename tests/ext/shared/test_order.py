"""Pages in the order in which they are read."""

from types import SimpleNamespace

from _ext.shared.order import in_order


def test_contents_run_depth_first_and_strangers_come_last() -> None:
    includes = {"index": ["b", "a"], "b": ["c"], "a": ["c", "index"]}
    pages = {"index", "a", "b", "c", "z", "y"}
    config = SimpleNamespace(root_doc="index")
    env = SimpleNamespace(toctree_includes=includes, found_docs=pages, config=config)
    assert in_order(env) == ["index", "b", "c", "a", "y", "z"]  # type: ignore[arg-type]
