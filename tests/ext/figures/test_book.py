"""Figures in a book: a behaviour a tiny book."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from tests.helpers.figures_book import MIME, build, bundle, cell, computed, write


def test_a_figure_in_its_place(tmp_path: Path) -> None:
    text = "See {numref}`fig-ellipse-data`."
    root = write(tmp_path, page=[text, cell("ellipse-data"), "Between.", computed("ellipse-data")])
    built = build(root)
    assert built.warnings == ""
    page = built.page()
    assert page.index("Between.") < page.index("<svg")
    assert re.search(r'<figure[^>]* id="fig-ellipse-data"', page)
    assert '<desc id="alt-ellipse-data">Three &lt;blue&gt; points.</desc>' in page
    assert "<em>ellipse</em>" in page
    assert 'href="#fig-ellipse-data"><span class="std std-numref">Fig. 1</span>' in page
    assert "cell_output" not in page  # nothing is left in the cell
    assert "var(--blue,#" in page
    assert 'mask="url(#ellipse-data.F-mask)"' in page


def test_the_tables_lie_beside_the_page(tmp_path: Path) -> None:
    built = build(write(tmp_path, page=[cell("ellipse-data"), computed("ellipse-data")]))
    folder = built.out / "_static" / "data"
    found = {}
    for file, words in {"": "data", "-2": "data 2", "-3": "data 3"}.items():
        name = f"ellipse-data{file}.txt"
        assert f'href="_static/data/{name}" download>{words}</a>' in built.page()
        heads = (folder / name).read_text().splitlines()[0]
        found[heads] = np.loadtxt(folder / name, skiprows=1)
    assert {head: len(column) for head, column in found.items()} == {
        "F.x F.y": 9, "F.F": 81, "y.x y.y": 3
    }  # fmt: skip
    assert found["y.x y.y"] == pytest.approx(np.array([[-0.5, 0.5], [0.5, -0.5], [0.5, 0.5]]))


def test_a_table_that_needs_fewer_files_leaves_none(tmp_path: Path) -> None:
    one = cell("ellipse-data")
    root = write(tmp_path, page=[one, computed("ellipse-data")])
    build(root)
    made = dict(bundle("ellipse-data"))
    made[MIME] = made[MIME] | {"tables": made[MIME]["tables"][:1]}
    one.outputs[0].data = nbformat.from_dict(made)
    built = build(write(root, page=[one, computed("ellipse-data")]))
    assert [path.name for path in (built.out / "_static" / "data").iterdir()] == [
        "ellipse-data.txt"
    ]
    assert "data 2" not in built.page()


def test_a_figure_of_the_time_of_one_file_a_table_is_shown_without_it(tmp_path: Path) -> None:
    one = cell("ellipse-data")
    facts = {key: value for key, value in bundle()[MIME].items() if key != "tables"}
    one.outputs[0].data = nbformat.from_dict(bundle() | {MIME: facts | {"table": "y.x\n1\n"}})
    built = build(write(tmp_path, page=[one, computed("ellipse-data")]))
    assert built.warnings == ""
    assert "_static/data" not in built.page()


def test_links_know_the_commit_only_when_written(tmp_path: Path) -> None:
    root = write(tmp_path, page=[cell("ellipse-data"), computed("ellipse-data")])
    first = build(root)
    assert "https://code.invalid/book/blob/c0ffee/page.ipynb#L" in first.page()
    second = build(root, ebm_commit="decade")
    assert "/blob/decade/" in second.page()
    assert "/blob/c0ffee/" not in second.page()
    assert "/blob/" not in build(root, ebm_repository="").page()


def test_functions_that_drew_are_linked(tmp_path: Path) -> None:
    root = write(tmp_path, page=[cell("ellipse-data"), computed("ellipse-data")])
    room = root / "ebmlib" / "plot"
    room.mkdir(parents=True)
    (room / "points.py").write_text("\n\ndef points():\n    pass\n")
    page = build(root).page()
    assert 'href="https://code.invalid/book/blob/c0ffee/ebmlib/plot/points.py#L3-L4"' in page
    assert "points()</a>" in page
    assert "field()</a>" not in page  # not in this book


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        ([computed("lost")], "no cell of this page shows the figure 'lost'"),
        (
            [cell("ellipse-data")],
            "the figure 'ellipse-data' is shown, but no {computed} ellipse-data gives it a caption",
        ),
        (
            [cell("ellipse-data"), computed("ellipse-data", "")],
            "figure 'ellipse-data' has no caption",
        ),
        (
            [cell("ellipse-data"), cell("ellipse-data"), computed("ellipse-data")],
            "the figure 'ellipse-data' is shown twice",
        ),
        ([cell(image_png="aGk=")], "a picture without a name and words: use ebmlib.plot.show"),
        (["![](picture.png)"], "the image 'picture.png' has no alternative text"),
    ],
)
def test_warnings_with_file_and_line(tmp_path: Path, content: list[object], warning: str) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    warnings = build(write(tmp_path, page=content)).warnings
    lines = [line for line in warnings.splitlines() if warning in line]
    assert lines, warnings
    assert re.match(r"page\.ipynb:\d+: WARNING: ", lines[0]), lines[0]


def test_the_same_name_on_two_pages(tmp_path: Path) -> None:
    content = [cell("ellipse-data"), computed("ellipse-data")]
    warnings = build(write(tmp_path, page=content, other=content)).warnings
    assert "duplicate label fig-ellipse-data" in warnings


def test_the_same_place_twice_on_a_page(tmp_path: Path) -> None:
    place = computed("ellipse-data")
    warnings = build(write(tmp_path, page=[cell("ellipse-data"), place, place])).warnings
    assert re.search(r"page\.ipynb:\d+: WARNING: .*ellipse-data", warnings)


def test_many_figures_in_parallel(tmp_path: Path) -> None:
    pages = {f"p{i}": [cell(f"figure-n{i}"), computed(f"figure-n{i}")] for i in range(6)}
    built = build(write(tmp_path, **pages), workers=2)
    assert built.warnings == ""
    for i in range(6):
        assert f'id="fig-figure-n{i}"' in built.page(f"p{i}")
        assert (built.out / "_static" / "data" / f"figure-n{i}.txt").is_file()


def test_an_unchanged_page_keeps_its_table(tmp_path: Path) -> None:
    one = [cell("ellipse-data"), computed("ellipse-data")]
    root = write(tmp_path, page=one, other=[cell("second"), computed("second")])
    build(root)
    write(root, page=["New words.", *one], other=[cell("second"), computed("second")])
    built = build(root)
    assert "New words." in built.page()
    for name in ("ellipse-data", "second"):
        assert (built.out / "_static" / "data" / f"{name}.txt").is_file()
    assert "<svg" in built.page("other")


def test_two_builds_write_the_same_page(tmp_path: Path) -> None:
    pages = {"page": [cell("ellipse-data"), computed("ellipse-data")]}
    first = build(write(tmp_path / "one", **pages)).page()
    assert build(write(tmp_path / "two", **pages)).page() == first


def test_print_gets_the_vector_pdf(tmp_path: Path) -> None:
    root = write(tmp_path, page=[cell("ellipse-data"), computed("ellipse-data")])
    built = build(root, "latex")
    assert built.warnings == ""
    tex = next(built.out.glob("*.tex")).read_text("utf8")
    assert re.search(r"\\includegraphics\[width=.*\]\{figure-ellipse-data\.pdf\}", tex)
    assert "\\caption{Points near an \\sphinxstyleemphasis{ellipse}.}" in tex
    assert (built.out / "figure-ellipse-data.pdf").read_bytes().startswith(b"%PDF")
    assert (built.out / "data" / "ellipse-data.txt").read_text().startswith("F.x F.y\n")
    assert (built.out / "data" / "ellipse-data-2.txt").read_text().startswith("F.F\n")


def test_print_may_have_its_own_figure(tmp_path: Path) -> None:
    root = write(tmp_path, page=[cell("ellipse-data"), computed("ellipse-data")])
    (root / "book" / "print" / "figures").mkdir(parents=True)
    (root / "book" / "print" / "figures" / "ellipse-data.tex").write_text("\\begin{tikzpicture}")
    built = build(root, "latex")
    tex = next(built.out.glob("*.tex")).read_text("utf8")
    assert "\\input{figure-ellipse-data.tex}" in tex
    assert not (built.out / "figure-ellipse-data.pdf").exists()


def test_plain_text_says_the_words(tmp_path: Path) -> None:
    built = build(write(tmp_path, page=[cell("ellipse-data"), computed("ellipse-data")]), "text")
    assert "[Three <blue> points.]" in (built.out / "page.txt").read_text()


def test_the_output_survives_a_notebook_file(tmp_path: Path) -> None:
    """What the cache and the exported notebooks do with an output changes nothing."""
    made = nbformat.v4.new_output("display_data", bundle())
    again = nbformat.reads(
        nbformat.writes(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[made])])
        ),
        as_version=4,
    )
    assert dict(again.cells[0].outputs[0].data) == bundle()


def test_wide_figures_scroll_by_keyboard(tmp_path: Path) -> None:
    wide = dict(bundle("wide"))
    wide["image/svg+xml"] = wide["image/svg+xml"].replace(
        'viewBox="0 0 316.8', 'viewBox="0 0 475.2'
    )
    one = cell("ellipse-data")
    other = cell("wide")
    other.outputs[0].data = nbformat.from_dict(wide)
    page = build(
        write(tmp_path, page=[one, computed("ellipse-data"), other, computed("wide")])
    ).page()
    boxes = re.findall(r'<div class="ebm-picture"([^>]*)><svg[^>]*data-figure="([^"]+)"', page)
    assert [("tabindex" in rest, name) for rest, name in boxes] == [
        (False, "ellipse-data"),
        (True, "wide"),
    ]


def test_a_film_shows_its_last_frame_until_a_script_moves_it(tmp_path: Path) -> None:
    one = cell("moving")
    made = dict(bundle("moving"))
    facts = dict(made[MIME])
    reel = made["image/svg+xml"].replace('id="y"', 'id="frame0.y"', 1)
    reel = reel.replace("</svg>", '<g id="frame1.y"/></svg>')
    facts["film"] = {"svg": reel, "words": ["start", "<end>"], "seconds": 0.25}
    one.outputs[0].data = nbformat.from_dict(made | {MIME: facts})
    root = write(tmp_path, page=[one, computed("moving")], other="# Still\n")
    built = build(root)
    assert built.warnings == ""
    page = built.page()
    assert '<g id="moving.frame0.y" data-frame="0">' in page
    assert '<g id="moving.frame1.y" data-frame="1" class="on"/>' in page
    assert 'data-words="[&quot;start&quot;, &quot;&lt;end&gt;&quot;]" data-seconds="0.25"' in page
    assert "film.js" in page
    assert "film.js" not in built.page("other")
