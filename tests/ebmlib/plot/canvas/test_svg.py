"""The small SVG: nothing that no picture needs, and two decimals of a point."""

from ebmlib.plot.canvas.svg import slim

LONG = """<?xml version="1.0"?>
<!DOCTYPE svg>
<svg viewBox="0 0 10 10">
 <metadata>when and by whom</metadata>
 <!-- a comment -->
 <g id="one">
  <path d="M 1.23456 2.0001
L 3.99999 -4.5678 z"/>
  <use x="5.55555" y="6.5"/>
 </g>
</svg>
"""


def test_what_no_picture_needs_is_left_out() -> None:
    short = slim(LONG)
    assert short == (
        '<svg viewBox="0 0 10 10"><g id="one"><path d="M1.23 2L4 -4.57z"/>'
        '<use x="5.56" y="6.5"/></g></svg>\n'
    )
    assert slim(short) == short


def test_a_picture_inside_stays_one_line() -> None:
    image = '<svg><image href="data:image/png;base64,AB\nCD\n EF"/></svg>'
    assert "base64,ABCDEF" in slim(image)
