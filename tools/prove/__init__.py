"""Show that promises hold: kept claims, equal builds, notebooks that run elsewhere."""
