"""Films: frames on shared axes, each in elements of its own, and a strip that stands for them."""

import re

import pytest
import torch

from ebmlib.plot.fields import field
from ebmlib.plot.film import bundle, film
from ebmlib.plot.frame import frame
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME
from ebmlib.plot.words import label
from tests.helpers.plotted import TOLERANCE, misfits

SIDE = torch.linspace(-1, 1, 9, dtype=torch.float64)
Y = torch.rand(20, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def draw(ax: object, i: int) -> None:
    field(ax, SIDE, SIDE, SIDE[:, None] * i + SIDE, name="F", contours=0)
    points(ax, Y * (i + 1) / 6, name="y")
    label(ax, 0, 0, f"{i}")


def background(ax: object) -> None:
    points(ax, Y, name="still", colour="muted")
    frame(ax, "$y_1$", "$y_2$", xlim=(-1, 1), ylim=(-1, 1))


def made(frames: int = 6, **how: object) -> dict[str, object]:
    words = [f"step {i}" for i in range(frames)]
    given = {"stills": 3, "seconds": 0.1} | how
    return bundle(draw, words, "one", "It moves.", background, 1.0, None, **given)


def test_each_element_belongs_to_its_frame() -> None:
    reel = made()[MIME]["film"]["svg"]
    ids = re.findall(r'id="frame(\d)\.([^"]+)"', reel)
    for i in "012345":
        names = {name for number, name in ids if number == i}
        assert {"F", "y"} <= names
        assert len(names) == 3  # and the label
    assert 'id="still"' in reel


def test_the_table_names_the_frames() -> None:
    facts = made()[MIME]
    heads = [head for _, text in facts["tables"] for head in text.split("\n")[0].split()]
    assert heads[:2] == ["still.x", "still.y"]
    assert {"y@0.x", "y@5.y", "F@3.F"} <= set(heads)


def test_every_frame_is_what_the_table_says() -> None:
    facts = made()[MIME]
    distances = dict(misfits(facts["film"]["svg"], facts))
    assert len(distances) == 13
    assert max(distances.values()) < TOLERANCE


def test_a_strip_stands_for_the_film() -> None:
    strip = made(stills=3)["image/svg+xml"]
    assert "frame" not in "".join(re.findall(r'id="([^"]+)"', strip))
    assert len(re.findall(r'id="axes_\d+"', strip)) == 3


def test_refuses() -> None:
    with pytest.raises(ValueError, match="a film needs frames >= 2"):
        film(draw, 1, "one", "It moves.")
    with pytest.raises(ValueError, match="words one a frame"):
        film(draw, 3, "one", "It moves.", words=["a"])
    with pytest.raises(ValueError, match="needs alt="):
        film(draw, 2, "one", background=background)


def test_displays_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display

    caught = []
    monkeypatch.setattr(IPython.display, "display", lambda *a, **k: caught.append((a, k)))
    film(draw, 2, "one", "It moves.", background=background, stills=2)
    (((data,), how),) = caught
    assert how == {"metadata": {"ebmlib": {"figure": "one"}}, "raw": True}
    assert data[MIME]["film"]["words"] == ["frame 1", "frame 2"]
    assert data[MIME]["source"][0]["function"] == "points"
    assert "ebmlib.plot.film" not in str(data[MIME]["source"])
