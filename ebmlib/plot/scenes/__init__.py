"""Drawings that one subject alone needs: circuits, products, bubbles, stems, energies."""
