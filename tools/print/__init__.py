"""Typeset the print edition: draw, colour, let TeX run until nothing moves."""
