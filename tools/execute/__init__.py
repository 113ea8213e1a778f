"""Run the pages' cells: what is stale, in parallel, into the cache that myst-nb reads."""
