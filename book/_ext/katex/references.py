"""A reference to a title shows the title's formula itself; Sphinx has its characters alone."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join

from _ext.shared.kept import ByPage

# By page and anchor (empty for the page itself) what a title says, where it holds a formula.
TITLES = ByPage[dict[str, list[nodes.Node]]]("title_formulas")
WORDS = ("std-ref", "std-doc", "doc")  # classes of what Sphinx fills with a title's text
TITLE = "ebm_title"  # an attribute: what a reference is to show


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the titles with formulas when their page is read."""
    found: dict[str, list[nodes.Node]] = {}
    for section in doctree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is None or title.parent is not section or not any(title.findall(nodes.math)):
            continue
        says = [one.deepcopy() for one in title.children]
        found |= dict.fromkeys(section["ids"], says)
        if section.parent is doctree:
            found[""] = says
    TITLES(app.env)[app.env.docname] = found


class Mark(SphinxPostTransform):
    """Wrap what refers to such a title, before Sphinx puts words into it."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(addnodes.pending_xref)):
            page, anchor = self._place(node)
            if says := TITLES(self.env).get(page, {}).get(anchor):
                wrapper = nodes.inline()
                wrapper[TITLE] = says
                node.replace_self(wrapper)
                wrapper += node

    def _place(self, node: addnodes.pending_xref) -> tuple[str, str]:
        """Page and anchor of what Sphinx, or MyST for `[](...)`, will give the title of."""
        target, kind = str(node.get("reftarget", "")), node["reftype"]
        if node.get("refexplicit"):
            return "", ""
        if node.get("refdomain") == "doc":  # MyST's
            slugs = self.env.metadata[target].get("myst_slugs", {})
            return target, slugs.get(node.get("reftargetid"), ("", "", ""))[1]
        if kind == "doc":
            return docname_join(node.get("refdoc", self.env.docname), target), ""
        if kind in ("ref", "myst"):
            labels: dict[str, tuple[str, str]] = self.env.get_domain("std").data["anonlabels"]
            return labels.get(target.lower(), ("", ""))
        return "", ""


class Fill(SphinxPostTransform):
    """Put the title into the reference; what it was wrapped in goes."""

    default_priority = 11  # right after Sphinx's own

    def run(self, **kwargs: Any) -> None:
        for wrapper in [one for one in self.document.findall(nodes.inline) if TITLE in one]:
            for words in wrapper.findall(nodes.inline):
                if set(WORDS) & set(words["classes"]):
                    words.children = []
                    words += [one.deepcopy() for one in wrapper[TITLE]]
                    break
            wrapper.replace_self(wrapper.children)


def setup(app: Sphinx) -> None:
    TITLES.setup(app)
    app.connect("doctree-read", note)
    app.add_post_transform(Mark)
    app.add_post_transform(Fill)
