"""The small library behind the book. Import from its modules: `from ebmlib.soft import softmin`."""
