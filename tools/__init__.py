"""What the nox sessions run: execute pages, build the site, export notebooks."""
