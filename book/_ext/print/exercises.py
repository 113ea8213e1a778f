"""Exercises where they are asked, solutions together at the end of the book."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, solution_node

from _ext.print import questions
from _ext.questions.nodes import Answer, Question

PLACE = "solutions"
EXERCISES = (exercise_node, exercise_enumerable_node, solution_node, Answer)


class SolutionsOf(nodes.General, nodes.Element):
    """A heading within the solutions: those of one page."""


class SeeSolution(nodes.General, nodes.Element):
    """Stands under an exercise and says on which page its solution is."""


class Solutions(nodes.General, nodes.Element):
    """The chapter that gathers them."""


def gather_solutions(book: nodes.document, env: BuildEnvironment) -> Solutions | None:
    """Take every solution and answer out of its page; what stays is a pointer under what asks."""
    chapter = Solutions()
    for file in list(book.findall(addnodes.start_of_file)):
        found = [
            node
            for node in file.findall(nodes.Element)
            if isinstance(node, (solution_node, Answer)) and file_of(node) is file
        ]
        if not found:
            continue
        chapter += SolutionsOf(docname=file["docname"])
        for solution in found:
            _point_to(solution, file)
            solution.parent.remove(solution)
            # The wrapper keeps the labels of the page: a label begins with the file's name.
            chapter += addnodes.start_of_file("", solution, docname=file["docname"])
    return chapter if len(chapter) else None


def file_of(node: nodes.Node) -> nodes.Node | None:
    """The page that a node stands on; a page is its own."""
    while node is not None and not isinstance(node, addnodes.start_of_file):
        node = node.parent
    return node


def _point_to(solution: nodes.Element, file: nodes.Element) -> None:
    if isinstance(solution, Answer) and isinstance(question := solution.parent, Question):
        questions.prepare(question, solution)
        question += SeeSolution(label=solution["label"])
        return
    target = solution.get("target_label")
    for kind in (exercise_enumerable_node, exercise_node):
        for exercise in file.findall(kind):
            if exercise.get("label") == target:
                exercise += SeeSolution(label=solution["label"])
                return


def _visit_exercise(self: Any, node: nodes.Element) -> None:
    # The writer keeps floats out of admonitions; on paper an exercise is running text.
    number, title = _title(self, node)
    self.asked[node["label"]] = (number, title)
    page = self.builder.env.sphinx_exercise_registry[node["label"]]["docname"]
    # The solutions know an exercise by its own label, other pages by its page's, too.
    names = (f"exercise:{node['label']}", f"{page}:{node['label']}")
    label = "\\phantomsection" + "".join(f"\\label{{{one}}}" for one in names)
    self.body.append(f"\n\n\\begin{{ebmexercise}}{{{number}}}{{{title}}}{label}")


def _depart_exercise(self: Any, node: nodes.Element) -> None:
    self.body.append("\n\\end{ebmexercise}\n\n")


def _visit_solution(self: Any, node: nodes.Element) -> None:
    asked = node["target_label"]
    exercise = self.builder.env.sphinx_exercise_registry[asked]
    _title(self, node)
    number, title = self.asked.get(asked, ("Exercise", ""))
    label = f"\\phantomsection\\label{{{exercise['docname']}:{node['label']}}}"
    opened = f"\\begin{{ebmsolution}}{{{number}}}{{{title}}}{{exercise:{asked}}}"
    self.body.append(f"\n\n{opened}{label}")


def _depart_solution(self: Any, node: nodes.Element) -> None:
    self.body.append("\n\\end{ebmsolution}\n\n")


def _title(self: Any, node: nodes.Element) -> tuple[str, str]:
    """'Exercise 1.2 (Its title)' as LaTeX, number and title apart; the title node is taken out."""
    first = node[0]
    if not isinstance(first, nodes.title):
        return "Exercise", ""
    node.remove(first)
    self.pushbody([])
    for child in first.children:
        child.walkabout(self)
    number, bar, rest = "".join(self.popbody()).partition(" (")
    title = rest.rstrip().removesuffix(")") if bar else ""
    return number, title + "." if title and title[-1] not in ".?!" else title


def _visit_see(self: Any, node: SeeSolution) -> None:
    docname = self.curfilestack[-1]
    self.body.append(f"\n\\ebmseesolution{{{docname}:{node['label']}}}\n")
    raise nodes.SkipNode


def _visit_chapter(self: Any, node: Solutions) -> None:
    self.body.append(
        "\n\\ebmheading{chapter}{}{}{Solutions to the exercises}"
        f"\\label{{{PLACE}}}\n\\ebmsolutionsopen\n"
    )


def _visit_heading(self: Any, node: SolutionsOf) -> None:
    number = self.number_of(node["docname"], "")
    title = self.encode(self.builder.env.titles[node["docname"]].astext())
    self.body.append(f"\n\\ebmsolutionsof{{{number}}}{{{title}}}\n")
    raise nodes.SkipNode


def _nothing(self: Any, node: nodes.Element) -> None:
    """The end of an element."""


def setup(app: Sphinx) -> None:
    visit, depart = _visit_exercise, _depart_exercise
    for kind in (exercise_node, exercise_enumerable_node):
        app.add_node(kind, override=True, latex=(visit, depart))
    app.add_node(solution_node, override=True, latex=(_visit_solution, _depart_solution))
    app.add_node(SeeSolution, latex=(_visit_see, _nothing))
    app.add_node(Solutions, latex=(_visit_chapter, _nothing))
    app.add_node(SolutionsOf, latex=(_visit_heading, _nothing))
