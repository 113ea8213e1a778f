"""The stylesheet `book/maths-preamble.tex` as data, and what is written from it. No Sphinx here."""
