"""The data sets of the book, one module each."""
