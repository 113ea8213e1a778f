"""Mistakes with what the book has of its own, by the step of a build at which each is told.

All of a step are planted in one book, which is built twice: figures that move, questions, checks,
numbers, the glossary, pictures that lead, symbols, chains, and what print and editions need.
"""

from __future__ import annotations

from tests.faults import early, late
from tests.faults.planted import QUESTION, moving, shown
from tests.helpers.tiny import cell

PAGES = {
    "chapter": "What is it?\n\n",
    "chapter-two": "You need {ref}`chapter-three`.\n\nWhat is two?\n\n",
    "chapter-three": "What is three?\n\n",
    "asked": cell("from ebmlib.glue import answer\n\nanswer('asked-way', 'up')")
    + QUESTION
    + shown(),
    "live": moving(),
}

FEATURES = {
    "sources": early.SOURCES,
    "cells": early.CELLS,
    "outputs": early.OUTPUTS,
    "pages": late.PAGES,
}
