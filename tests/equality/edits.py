"""Edits that an author makes, drawn by a seed; each leaves a book that a strict build accepts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.equality.blocks import Block
from tests.equality.book import SPECIAL, Leaf, Part, State

Edit = Callable[[State, random.Random], None]
GIVES = ("equation", "figure", "exercise", "section")


def _plain(state: State) -> list[Leaf]:
    """Pages that an author may move and remove."""
    return [leaf for leaf in state.leaves if not SPECIAL.match(leaf.name)]


def _fresh(state: State, stem: str) -> str:
    """A name that nothing in the book has."""
    text = "".join(state.files().values())
    return next(f"{stem}-{n}" for n in range(1, 999) if f"{stem}-{n}" not in text)


def _forget(state: State, labels: set[str]) -> None:
    """Drop what leads to these labels."""
    for leaf in state.leaves:
        leaf.blocks = [b for b in leaf.blocks if not (b.kind == "ref" and b.label in labels)]
        leaf.reads = [name for name in leaf.reads if name not in labels]


def _given(leaf: Leaf) -> set[str]:
    return {leaf.label} | {block.label for block in leaf.blocks if block.kind in GIVES}


def _rename(state: State, old: str, new: str) -> None:
    """A label's new name, wherever it stands."""
    for leaf in state.leaves:
        leaf.label = new if leaf.label == old else leaf.label
        leaf.blocks = [replace(b, label=new) if b.label == old else b for b in leaf.blocks]
        leaf.reads = [new if name == old else name for name in leaf.reads]


def _chapter_of(state: State, leaf: Leaf) -> tuple[Part, list[Leaf]]:
    return next(
        (part, chapter)
        for part in state.parts
        for chapter in part.chapters
        if any(one is leaf for one in chapter)
    )


def _drop(state: State, leaf: Leaf) -> None:
    part, chapter = _chapter_of(state, leaf)
    chapter[:] = [one for one in chapter if one is not leaf]
    part.chapters = [one for one in part.chapters if one]


def _place(state: State, leaf: Leaf, draw: random.Random) -> None:
    part = draw.choice(state.parts)
    if part.chapters and draw.random() < 0.7:
        chapter = draw.choice(part.chapters)
        chapter.insert(draw.randint(0, len(chapter)), leaf)
    else:
        part.chapters.insert(draw.randint(0, len(part.chapters)), [leaf])


def title(state: State, draw: random.Random) -> None:
    leaf = draw.choice(state.leaves)
    leaf.title = f"{leaf.title.split(' no.')[0]} no. {draw.randint(1, 999)}"


def caption(state: State, draw: random.Random) -> None:
    part = draw.choice(state.parts)
    part.caption = f"Part {draw.randint(1, 999)}"


def numbers(state: State, draw: random.Random) -> None:
    part = draw.choice(state.parts)
    part.numbered = not part.numbered


def add_page(state: State, draw: random.Random) -> None:
    folder = draw.choice(["a", "b", "c"])
    name = _fresh(state, "new")
    blocks = [Block("prose", number=draw.randint(1, 9))]
    _place(state, Leaf(f"book/{folder}/{name}", f"New {name}", name, blocks), draw)
    insert(state, draw)


def remove_page(state: State, draw: random.Random) -> None:
    plain = _plain(state)
    if len(plain) > 2:
        leaf = draw.choice(plain)
        _drop(state, leaf)
        _forget(state, _given(leaf))
        state.moved = {old: new for old, new in state.moved.items() if new != leaf.name}


def move_page(state: State, draw: random.Random) -> None:
    leaf = draw.choice(state.leaves)
    _drop(state, leaf)
    _place(state, leaf, draw)


def rename_page(state: State, draw: random.Random) -> None:
    """Its old addresses lead to the new one."""
    leaf = draw.choice(_plain(state))
    before, leaf.name = leaf.name, f"book/{draw.choice('abc')}/{_fresh(state, 'named')}"
    state.moved[before] = before
    state.moved = {old: leaf.name if new == before else new for old, new in state.moved.items()}


def reorder(state: State, draw: random.Random) -> None:
    draw.shuffle(state.parts)
    part = draw.choice(state.parts)
    draw.shuffle(part.chapters)
    if part.chapters:
        draw.shuffle(draw.choice(part.chapters))


def rename_label(state: State, draw: random.Random) -> None:
    labels = sorted(set().union(*(_given(leaf) for leaf in state.leaves)))
    _rename(state, draw.choice(labels), _fresh(state, "label"))


def insert(state: State, draw: random.Random) -> None:
    """A numbered equation, figure, exercise or section, and something that leads to it."""
    leaf, kind = draw.choice(_plain(state)), draw.choice(GIVES)
    label = _fresh(state, kind[:3])
    place = draw.randint(0, len(leaf.blocks))
    leaf.blocks.insert(place, Block(kind, label, draw.randint(1, 99)))
    other = draw.choice(_plain(state))
    other.blocks.append(Block("ref", label, draw.randint(1, 99), asks=kind))


def remove_block(state: State, draw: random.Random) -> None:
    leaf = draw.choice(_plain(state))
    if leaf.blocks:
        block = leaf.blocks.pop(draw.randrange(len(leaf.blocks)))
        if block.kind in GIVES:
            _forget(state, {block.label})


def prose(state: State, draw: random.Random) -> None:
    draw.choice(_plain(state)).blocks.append(Block("prose", number=draw.randint(1, 999)))


def check(state: State, draw: random.Random) -> None:
    """Another sentence for the checks of a page, or a first one, which its head counts."""
    leaf = draw.choice(_plain(state))
    number = draw.randint(2, 99)
    places = [n for n, block in enumerate(leaf.blocks) if block.kind == "check"]
    for n in places:
        leaf.blocks[n] = replace(leaf.blocks[n], number=number)
    leaf.blocks += [] if places else [Block("check", number=number)]


def index_term(state: State, draw: random.Random) -> None:
    term = draw.choice(["energy", "force", "work; of a force"])
    draw.choice(state.leaves[:-1]).blocks.insert(0, Block("index", term))


def bibliography(state: State, draw: random.Random) -> None:
    key = draw.choice(sorted(state.entries))
    state.entries[key] = f"A book of {draw.randint(1, 99)} pages"
    if draw.random() < 0.5:
        new = _fresh(state, "ref").replace("-", "")
        state.entries[new] = "One more"
        draw.choice(_plain(state)).blocks.append(Block("cite", new))


def symbol(state: State, draw: random.Random) -> None:
    state.sheet = re.sub(
        r"(\\newcommand\{\\vz\}.*%: )[^|]*\|",
        lambda line: f"{line[1]}latent vector {draw.randint(1, 99)} |",
        state.sheet,
    )


def macro(state: State, draw: random.Random) -> None:
    body = draw.choice(["z", "w", "u"])
    state.sheet = re.sub(
        r"(\\newcommand\{\\vz\}\{\\latent\{\\bm\{)\w", rf"\g<1>{body}", state.sheet
    )


def colour(state: State, draw: random.Random) -> None:
    digits = f"C920{draw.randint(0x80, 0x99):02X}"
    state.sheet = re.sub(r"(\{pink\}\{HTML\}\{)\w+", rf"\g<1>{digits}", state.sheet)


def docstring(state: State, draw: random.Random) -> None:
    name = draw.choice(["soft", "nets/wide"])
    text = state.modules[name]
    state.modules[name] = re.sub(r"ly\b.*?([.,])", rf"ly {draw.randint(1, 99)}\1", text, count=1)


def lines(state: State, draw: random.Random) -> None:
    name = draw.choice(["soft", "nets/wide"])
    state.modules[name] = state.modules[name].replace("\n\n\ndef", "\n\n# Here.\n\n\ndef", 1)


def value(state: State, draw: random.Random) -> None:
    state.modules["soft"] = re.sub(r"VALUE = \d+", f"VALUE = {draw.randint(2, 99)}",
                                   state.modules["soft"])  # fmt: skip


def add_module(state: State, draw: random.Random) -> None:
    """Its function's name may stand in the words of others, which then lead to it."""
    name = _fresh(state, "more").replace("-", "")
    if name not in state.modules:
        text = f'"""More, as `soft`."""\n\n\ndef {name}() -> int:\n    """More."""\n    return 3\n'
        state.modules[f"nets/{name}"] = text
        if draw.random() < 0.5:
            state.modules["soft"] = state.modules["soft"].replace(
                "Softness,", f"Softness, `{name}`,"
            )


def remove_module(state: State, draw: random.Random) -> None:
    added = [name for name in state.modules if name.startswith("nets/more")]
    if added:
        del state.modules[draw.choice(added)]


def address(state: State, draw: random.Random) -> None:
    state.site = draw.choice(["https://OWNER.github.io/tiny", f"https://a.b/{draw.randint(1, 99)}"])


def table(state: State, draw: random.Random) -> None:
    """The numbers of a figure, whose table another page may read."""
    places = [(leaf, n) for leaf in state.leaves for n, b in enumerate(leaf.blocks)
              if b.kind == "figure"]  # fmt: skip
    if places:
        leaf, n = draw.choice(places)
        leaf.blocks[n] = replace(leaf.blocks[n], number=draw.randint(1, 99))


def fault(state: State, draw: random.Random) -> None:
    """A reference to nothing: the build fails, and the next edit is made on top of that."""
    state.broken = f"{draw.choice(state.leaves).name}.md"


def older(state: State, draw: random.Random) -> None:
    """A file with another text and an old date comes into a page's place."""
    leaf = draw.choice(_plain(state))
    leaf.blocks.append(Block("prose", number=draw.randint(1, 999)))
    state.aged = f"{leaf.name}.md"


EDITS: tuple[Edit, ...] = (
    title, caption, numbers, add_page, remove_page, move_page, rename_page, reorder, rename_label,
    insert, insert, remove_block, prose, check, index_term, bibliography, symbol, macro, colour,
    docstring, lines, value, add_module, remove_module, address, table, fault, fault, older,
)  # fmt: skip


def after(state: State, edit: Edit, draw: random.Random) -> State:
    """The state after an edit; a fault before it is mended unless the edit is one."""
    new = state.copy()
    new.broken = new.aged = ""
    edit(new, draw)
    return new
