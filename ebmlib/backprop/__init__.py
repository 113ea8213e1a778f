"""Nets as modules, each with a forward and a backward of its own, and a scalar autograd engine."""
