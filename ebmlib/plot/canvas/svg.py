"""From Matplotlib's SVG to the small one that a notebook carries."""

import re

_HEAD = re.compile(r"^.*?(?=<svg\b)", re.S)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.S)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.S)
_PATH = re.compile(r'(?<=\sd=")[^"]*(?=")')
_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_POSITION = re.compile(r'(\s(?:x|y|width|height)=")(-?\d+\.\d{3,})(?=")')
_DATA = re.compile(r"(data:image/png;base64,)([\s\S]*?)(?=\")")


def slim(svg: str) -> str:
    """Drop what no picture needs and keep two decimals of a point: a quarter of the weight."""
    svg = _COMMENT.sub("", _METADATA.sub("", _HEAD.sub("", svg)))
    svg = _PATH.sub(lambda path: _short_path(path[0]), svg)
    svg = _POSITION.sub(lambda found: found[1] + _short(found[2]), svg)
    svg = _DATA.sub(lambda data: data[1] + re.sub(r"\s", "", data[2]), svg)
    return re.sub(r">\s+<", "><", svg).strip() + "\n"


def _short(number: str) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def _short_path(path: str) -> str:
    path = _NUMBER.sub(lambda number: _short(number[0]), path)
    return re.sub(r"\s*([MLCQZz])\s*", r"\1", path.strip()).replace("\n", " ")
