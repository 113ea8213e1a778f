"""Lists, footnotes, quotations and boxes of a page in a notebook."""

from __future__ import annotations

from docutils import nodes
from sphinx_markdown_builder.contexts import IndentContext, SubContextParams, WrappedContext
from sphinx_markdown_builder.translator import pushing_context

from _ext.notebooks.words import Words

APART = SubContextParams(2, 2)


class Blocks(Words):
    """The part of the writer for blocks that hold others."""

    # Lists ------------------------------------------------------------------------------------

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        self._start_list(int(node.get("start", 1)) - 1)

    @pushing_context  # type: ignore[untyped-decorator]
    def visit_definition_list_item(self, node: nodes.Element) -> None:
        """A term with its meaning below: Jupyter knows no lists of definitions."""
        self._push_context(IndentContext("- ", only_first=True, params=APART))

    depart_definition_list_item = Words._pop_context

    @pushing_context  # type: ignore[untyped-decorator]
    def visit_term(self, node: nodes.term) -> None:
        self.ensure_eol(2)
        self._marked(node, "**", "strong")

    def depart_term(self, node: nodes.term) -> None:
        self._pop_context()
        self.ensure_eol(2)

    def visit_definition(self, node: nodes.definition) -> None:
        self.ensure_eol(2)

    def depart_definition(self, node: nodes.definition) -> None:
        self.ensure_eol(2)

    # Footnotes: a notebook has no anchors, so that number and note are found by eye --------------

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        self.add(f"<sup>{node.astext()}</sup>")
        raise nodes.SkipNode

    def visit_footnote(self, node: nodes.footnote) -> None:
        self.ensure_eol(2)

    depart_footnote = visit_footnote

    def visit_label(self, node: nodes.label) -> None:
        first = node.parent.next_node(nodes.paragraph)
        if first is not None:  # on the line of its number
            first.insert(0, [nodes.superscript("", node.astext()), nodes.Text(" ")])
        raise nodes.SkipNode

    # Boxes ------------------------------------------------------------------------------------

    def _push_box(self, title: str) -> None:
        """A note is quoted, so that one sees where it ends; its title is a child of it by now."""
        self._push_context(IndentContext("> ", empty=True, params=APART))

    def visit_admonition(self, node: nodes.Element) -> None:
        self._push_box("")

    visit_sidebar = visit_block_quote = visit_topic = visit_admonition
    depart_admonition = depart_sidebar = depart_block_quote = depart_topic = Words._pop_context

    def visit_attribution(self, node: nodes.attribution) -> None:
        self.add("\N{EM DASH} ", prefix_eol=2)

    def visit_transition(self, node: nodes.transition) -> None:
        self.add("---", prefix_eol=2, suffix_eol=2)
        raise nodes.SkipNode

    def visit_exercise_node(self, node: nodes.Element) -> None:
        self.ensure_eol(2)  # cells stand in it, so that it cannot be quoted

    visit_exercise_enumerable_node = visit_solution_node = visit_exercise_node
    depart_exercise_node = depart_exercise_enumerable_node = visit_exercise_node
    depart_solution_node = visit_exercise_node

    # Titles -----------------------------------------------------------------------------------

    def visit_title(self, node: nodes.title) -> None:
        if isinstance(node.parent, nodes.section):
            super().visit_title(node)
        else:  # of a box
            self._push_context(WrappedContext("**", "**", params=APART))
            if "%s" in node.get("title", ""):  # "Exercise %s": the HTML writer would number it
                self.add(node["title"] % self.number(node.parent, "exercise"))

    visit_exercise_title = visit_solution_title = visit_title

    def visit_rubric(self, node: nodes.Element) -> None:
        """What stands over a tab or a fold is words in bold, too."""
        self._push_context(WrappedContext("**", "**", params=APART))

    visit_sd_tab_label = visit_dropdown_title = visit_rubric

    def depart_title(self, node: nodes.title) -> None:
        self._pop_context()

    depart_exercise_title = depart_solution_title = depart_title
    depart_rubric = depart_sd_tab_label = depart_dropdown_title = depart_title

    def number(self, node: nodes.Element, kind: str) -> str:
        """The number of a figure, table, listing or exercise; empty if it has none."""
        page = self.builder.env.toc_fignumbers.get(self.builder.current_docname, {})
        numbers, ids = page.get(kind, {}), list[str](node.get("ids", []))
        found = (numbers[one] for one in ids if one in numbers)
        return ".".join(map(str, next(found, ())))

    def named(self, node: nodes.Element, kind: str) -> str:
        """'**Fig. 1.** ', or nothing."""
        number = self.number(node, kind)
        return f"**{self.config.numfig_format[kind] % number}.** " if number else ""
