"""Nets that copy their input through something that keeps them from copying all."""
