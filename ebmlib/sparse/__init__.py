"""Sparse coding: codes by ISTA and FISTA, dictionaries with columns of unit norm."""
