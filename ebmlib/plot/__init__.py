"""Drawing in the book's palette; the only room that imports matplotlib."""
