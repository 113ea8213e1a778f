"""Letters once, halos once, no idle groups: the same drawing in fewer words."""

from _ext.figures.letters import haloed, outlined, shared, ungrouped


def test_a_halo_is_the_line_of_the_word_itself() -> None:
    line = "stroke: var(--ground,#ffffff); stroke-width: 2.5"
    word = '<path d="M1 2Q3 4 5 6" style="fill: red"/>'
    under = word.replace("red", f"red; {line}")
    assert haloed(under + word) == word.replace("red", f"red; {line}; paint-order: stroke")
    other = word.replace("M1", "M2")
    assert haloed(under + other) == under + other


def test_an_outline_keeps_its_size() -> None:
    letter = '<path id="a.Cmr10-41" d="M800 -16L7 4z" transform="scale(0.015625)"/>'
    assert outlined(letter) == '<path id="a.Cmr10-41" d="M100 -2L1 0z" transform="scale(.125)"/>'


def test_groups_that_do_nothing_go() -> None:
    drawing = (
        '<g id="a.figure_1"><g id="a.axes_1"><g id="a.patch_2"><path/></g><g/>'
        '<g id="a.y"><g><use/></g></g><g style="fill: red"><g id="a.xtick_1"><path/></g></g>'
        "</g></g>"
    )
    assert ungrouped(drawing) == (
        '<g id="a.axes_1"><path/><g id="a.y"><use/></g><g style="fill: red"><path/></g></g>'
    )


def test_a_page_has_each_letter_once() -> None:
    def drawing(name: str, letters: str) -> str:
        paths = "".join(f'<path id="{name}.{one}" d="M{ord(one)} 0"/>' for one in letters)
        uses = "".join(f'<use xlink:href="#{name}.{one}"/>' for one in letters)
        return f"<svg><defs>{paths}</defs>{uses}</svg>"

    page = shared(drawing("a", "xy") + drawing("b", "yz") + drawing("c", "xz"))
    assert page.count("<path") == 3
    assert '<use xlink:href="#a.y"/><use xlink:href="#b.z"/>' in page
    assert '<svg><use xlink:href="#a.x"/><use xlink:href="#b.z"/></svg>' in page


def test_letters_of_one_name_and_two_forms_stay_apart() -> None:
    page = '<defs><path id="a.x" d="M1 1"/></defs><defs><path id="b.x" d="M2 2"/></defs>'
    assert shared(page) == page
