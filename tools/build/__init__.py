"""Build the site: check what can be told, execute, let Sphinx build, swap the new site in."""
