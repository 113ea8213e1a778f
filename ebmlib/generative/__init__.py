"""Models whose energy is low on the data and pushed up or bounded elsewhere."""
