"""Minimise over the parameters."""
