"""Addresses of the book's settings: a placeholder is none, and nothing may lead there."""

from __future__ import annotations

PLACEHOLDERS = ("example.invalid", "OWNER")


def known(address: object) -> str:
    """The address without a slash at its end; empty while it is a placeholder or is not given."""
    given = str(address or "")
    return "" if any(mark in given for mark in PLACEHOLDERS) else given.rstrip("/")
