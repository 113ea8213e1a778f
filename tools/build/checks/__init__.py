"""Faults of the sources that can be told before any page runs, a file a subject."""
