"""What several features of the book need: settings, order, pages, files, tables, lines."""
