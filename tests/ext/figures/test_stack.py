"""Panels on a narrow page: pure functions on what a figure says of them, and on its drawing."""

import re
from typing import Any

import pytest

from _ext.figures import stack


def panel(row: int, column: int, *, left: float = 20.0, wide: float = 130.0) -> dict[str, Any]:
    """A panel of a grid with cells of 160 by 120 points; `left` is the room of its numbers."""
    x, y = 160.0 * column + 24, 120.0 * row + 10
    box = [x - left, y - 6, x + wide, y + 100]
    frame = [x, y, x + wide, y + 80]
    place = {"row": row, "column": column, "empty": False}
    return {**place, "frame": frame, "box": box, "borrows": []}


def grid(rows: int, columns: int, order: str = "rows", **more: float) -> dict[str, Any]:
    each = [panel(row, column, **more) for row in range(rows) for column in range(columns)]
    return {"columns": columns, "stack": order, "each": each}


def order(made: stack.Stack, panels: dict[str, Any]) -> list[int]:
    """The panels from the top downwards."""
    tops = [one["box"][1] + y for one, (_, y) in zip(panels["each"], made.moves, strict=True)]
    return sorted(range(len(tops)), key=tops.__getitem__)


def test_panels_stand_below_each_other() -> None:
    panels = grid(1, 2)
    made = stack.arrange(panels, 200.0)
    assert made == stack.Stack(154.0, 230.0, ((-2.0, -2.0), (-162.0, 118.0)))


def test_as_many_stand_beside_each_other_as_there_is_room_for() -> None:
    assert stack.arrange(grid(1, 4), 318.0).width == pytest.approx(314.0)
    assert stack.arrange(grid(1, 4), 313.0).width == pytest.approx(154.0)
    assert stack.arrange(grid(1, 4), 700.0).height == pytest.approx(110.0)


def test_no_row_has_a_hole() -> None:
    assert stack.arrange(grid(1, 3), 318.0).width == pytest.approx(154.0)


def test_the_author_says_whether_rows_or_columns_belong_together() -> None:
    rows, columns = grid(2, 2), grid(2, 2, "columns")
    assert order(stack.arrange(rows, 200.0), rows) == [0, 1, 2, 3]
    assert order(stack.arrange(columns, 200.0), columns) == [0, 2, 1, 3]


def test_frames_stay_in_line_where_one_panel_has_wider_numbers() -> None:
    panels = grid(1, 2)
    panels["each"][1] = panel(0, 1, left=5.0)
    made = stack.arrange(panels, 200.0)
    lefts = [one["frame"][0] + x for one, (x, _) in zip(panels["each"], made.moves, strict=True)]
    assert lefts[0] == lefts[1]


def test_a_cell_without_a_panel_takes_no_place() -> None:
    panels = grid(2, 2)
    panels["each"][3]["empty"] = True
    assert stack.arrange(panels, 200.0).height == stack.arrange(grid(1, 3), 200.0).height


def test_each_width_that_is_too_narrow_has_its_stack() -> None:
    assert [len(stack.stacks(grid(1, 2), width)) for width in (400.0, 300.0, 250.0)] == [2, 1, 0]
    assert stack.stacks({}, 400.0) == []


DRAWING = (
    '<svg><g id="a.axes_1"><g id="a.axis.0.x"/><g><path/></g></g>'
    '<g id="a.axes_2"><g id="a.axis.1.x"><use/></g></g></svg>'
)


def test_groups_move_and_what_was_borrowed_ends_its_panel() -> None:
    panels = grid(1, 2)
    panels["each"][0]["borrows"] = [["axis.1.x", -160.0, 0.0]]
    made, box = stack.stacked(DRAWING, "a", panels, (400.0, 120.0))
    assert box == ('class="ebm-picture ebm-stack" style="--pw:314;--ph:110;--sw:154;--sh:230"')
    first, second = re.findall(r'<g class="ebm-panel" style="([^"]*)"><g id="a.axes_\d">', made)
    assert first == "--px:-2px;--py:-2px;--sx:-2px;--sy:-2px"
    assert second == "--px:-2px;--py:-2px;--sx:-162px;--sy:118px"
    loan = '<use xlink:href="#a.axis.1.x" x="-160" y="0"/>'
    assert f'<path/></g></g><g class="ebm-lent ebm-lent-p">{loan}</g></g><g class="ebm-p' in made


def test_what_a_phone_has_room_for_moves_on_a_small_one_alone() -> None:
    made, box = stack.stacked(DRAWING, "a", grid(1, 2), (310.0, 120.0))
    assert "--pw:310;--ph:120;--sw:154;--sh:230" in box
    assert "--px" not in made
    assert "--sy:118px" in made


def test_a_drawing_that_fits_stays_as_it_is() -> None:
    assert stack.stacked(DRAWING, "a", {}, (400.0, 9.0)) == (DRAWING, 'class="ebm-picture"')


def test_a_drawing_whose_group_is_not_closed() -> None:
    with pytest.raises(ValueError, match="a group of the drawing is never closed"):
        stack.stacked(DRAWING[:40], "a", grid(1, 2), (400.0, 120.0))


def test_what_is_seen_in_space_takes_its_axes_along() -> None:
    space = DRAWING.replace('<g id="a.axes_2">', '<g id="a.axis3d_4"><g/></g><g id="a.axes_2">')
    made, _ = stack.stacked(space, "a", grid(1, 2), (400.0, 120.0))
    assert re.search(r'<g class="ebm-panel" style="[^"]*"><g id="a.axis3d_4">', made)
    assert made.count("</g>") == space.count("</g>") + 2
