"""The Sphinx extensions of this book, one file or folder a feature."""
