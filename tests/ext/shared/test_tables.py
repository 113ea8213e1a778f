"""Tables made of nodes."""

from docutils import nodes

from _ext.shared.tables import row, table


def test_words_get_a_paragraph_and_blocks_do_not() -> None:
    block = nodes.container("", nodes.paragraph("", "one"))
    words, empty, blocks = row([[nodes.Text("a"), nodes.literal("", "b")], [], [block]])
    assert words.astext() == "ab"
    assert isinstance(words[0], nodes.paragraph)
    assert isinstance(empty[0], nodes.paragraph)
    assert blocks.children == [block]


def test_a_table_has_a_head_and_widths() -> None:
    made = table({"Page": 3, "Seeds": 1}, [row([[nodes.Text("one")], [nodes.Text("7")]])], "runs")
    assert [one["colwidth"] for one in made.findall(nodes.colspec)] == [3, 1]
    assert [one.astext().split() for one in made.findall(nodes.row)] == [
        ["Page", "Seeds"],
        ["one", "7"],
    ]
    assert made[0]["cols"] == 2
    assert made["classes"] == ["runs"]
