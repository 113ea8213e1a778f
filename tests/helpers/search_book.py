"""A tiny book to search in: terms, symbols, code, an exercise, links with words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.helpers.maths_book import Built
from tests.helpers.theme_book import HEAD, theme_book

PAGES = {
    "index": "# The book\n\nIt speaks of {ref}`the low road <lows>` and of valleys.\n",
    "lows": f"""{HEAD}
(lows)=
# Where it is low: valleys

How low can it go?

## What $\\beta$ is

```{{index}} temperature
```

A *coldness* is written $\\beta$, and $\\qquad \\Finf$ is the coldest of all.

$$ \\mathcal{{L}} = \\softmin_z E $$

```{{code-cell}} ipython3
def F_inf(E, y, z):
    return E(y, z).min()
```

## What the field says

```{{index}} net; adversarial, valley
```

A generative adversarial net, GAN for short, is *a long story*.

```{{exercise-start}} Mean shift
:label: ex-lows
```
Shift them all.
```{{exercise-end}}
```

```{{solution-start}} ex-lows
:label: sol-lows
:class: dropdown
```
All have shifted.
```{{solution-end}}
```
""",
    "highs": "# Highs\n\nNothing is as high as an ensemble of K-means++ starts.\n\n"
    "## Two ensembles\n\nEnsembles disagree about valleys.\n",
}


def search_book(root: Path, settings: Mapping[str, object] | None = None) -> Built:
    """Three pages, of which `lows` has a place of each kind."""
    return theme_book(root, settings, **PAGES)
