"""What a page may load and run: its own site's files, and no script that stands in the page.

The policy travels in the page itself, since neither a folder nor a simple host sends headers.
Styles may stand in the page: KaTeX places its letters by them.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

POLICY = "; ".join(
    (
        "default-src 'self'",  # and not 'none': Firefox fetches the next page ahead
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "frame-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'
# basic/layout.html has one already.
VIEWPORT = re.compile(r'<meta\b[^>]*\bname="viewport"[^>]*>\s*')


def put(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """Put the policy before all that it rules."""
    context["metatags"] = f"\n    {META}{VIEWPORT.sub('', context.get('metatags', ''))}"
