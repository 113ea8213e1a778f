"""The files of a figure: no dates, the same bytes twice, and the map to its numbers."""

import base64
import re
import subprocess
import sys

import torch

from ebmlib.plot.figure import figure
from ebmlib.plot.frame import frame
from ebmlib.plot.points import points
from ebmlib.plot.show import MIME, bundle
from ebmlib.plot.words import label
from tests.helpers.plotted import TOLERANCE, misfits
from tests.helpers.recorded import drawn

SCRIPT = """
import hashlib, json, torch
from ebmlib.plot.show import bundle
from tests.helpers.recorded import drawn
print(hashlib.sha256(json.dumps(bundle(drawn()[0], "two", "words")).encode()).hexdigest())
"""


def test_words_made_outside_the_style_still_get_its_font() -> None:
    fig, ax = drawn()
    text = ax.text(0, 0, "late")
    text.set_color(ax.xaxis.label.get_color())
    bundle(fig, "two", "words")
    assert text.get_fontfamily()[0] == "cmr10"


def test_no_dates_and_no_foreign_colours() -> None:
    fig, ax = drawn()
    label(ax, 0, 0, "here", "red")
    made = bundle(fig, "two", "words")
    svg, pdf = made["image/svg+xml"], base64.b64decode(made["application/pdf"])
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) <= set(made[MIME]["palette"])
    assert not re.search(r"20\d\d-\d\d|dc:date", svg)
    assert b"CreationDate" not in pdf
    assert b"Matplotlib" not in pdf


def test_two_processes_write_the_same_bytes() -> None:
    run = [sys.executable, "-c", SCRIPT]
    first, second = (subprocess.run(run, capture_output=True, text=True, check=True) for _ in "12")
    assert first.stdout == second.stdout
    assert len(first.stdout.strip()) == 64


def test_a_log_scale_may_be_set_after_the_data() -> None:
    fig, ax = figure()
    points(ax, torch.tensor([[0.0, 0.01], [1.0, 5.0]]), name="y")
    frame(ax, yscale="log")
    made = bundle(fig, "a", "b")
    assert made[MIME]["series"][0]["scales"] == ["linear", "log"]
    assert dict(misfits(made["image/svg+xml"], made[MIME]))["y"] < TOLERANCE
