"""A module's entries as nodes: what is called, what it does, where it is derived and written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from _ext.api.docstring import Part, parts
from _ext.api.read import Entry, Module, Parameter

LONGEST = 72  # characters of a signature on one line
CODE = re.compile(r"(`+)(.+?)\1")
NAME = re.compile(r"[A-Za-z_][\w.]*")


class Writer:
    """Makes the nodes of one module; `targets` are all full names that can be linked."""

    def __init__(self, module: Module, targets: Collection[str], docname: str) -> None:
        self.module, self.targets, self.docname = module, targets, docname

    def entry(self, entry: Entry, owner: str = "") -> addnodes.desc:
        """The definition with its members below it."""
        desc = addnodes.desc(domain="py", objtype=entry.kind, desctype=entry.kind, noindex=False)
        desc["classes"] = ["py", entry.kind]
        desc += self._signature(entry, owner)
        content = addnodes.desc_content()
        for part in parts(entry.doc):
            content += self._part(part)
        if entry.kind != "attribute":  # its class says where it is
            content += Source("", file=self.module.file, lines=entry.lines)
        for member in entry.members:
            if member.kind != "attribute" or member.doc:
                content += self.entry(member, entry.name)
        desc += content
        return desc

    # The signature ----------------------------------------------------------------------------

    def _signature(self, entry: Entry, owner: str) -> addnodes.desc_signature:
        module, inner = self.module.name, entry.full.removeprefix(f"{self.module.name}.")
        node = addnodes.desc_signature(module=module, fullname=inner, ids=[entry.full])
        node["class"] = owner
        node["classes"] = ["sig", "sig-object"]
        if entry.kind in ("class", "property"):
            node += addnodes.desc_annotation("", f"{entry.kind} ")
        elif not owner:
            node += addnodes.desc_addname("", f"{module}.", classes=["api-module"])
        node += addnodes.desc_name("", entry.name)
        if entry.kind in ("function", "method") or entry.parameters:
            node += self._parameters(entry)
        if entry.returns:
            before = ": " if entry.kind in ("attribute", "property") else " → "
            node += addnodes.desc_sig_punctuation("", before)
            node += self._type(entry.returns)
        return node

    def _parameters(self, entry: Entry) -> nodes.inline:
        """Sphinx's own list would hold a definition list without terms if it is long."""
        length = sum(len(p.name + p.annotation + p.default) + 4 for p in entry.parameters)
        wide = length + len(entry.name) + len(entry.returns) > LONGEST
        long = wide and len(entry.parameters) > 1
        node = nodes.inline(classes=["api-parameters", "long"] if long else ["api-parameters"])
        node += addnodes.desc_sig_punctuation("", "(")
        for number, parameter in enumerate(entry.parameters, 1):
            made = self._parameter(parameter)
            if long or number < len(entry.parameters):
                made += addnodes.desc_sig_punctuation("", ", ")
            node += made
        node += addnodes.desc_sig_punctuation("", ")")
        return node

    def _parameter(self, parameter: Parameter) -> nodes.inline:
        node = nodes.inline(classes=["api-parameter"])
        node += addnodes.desc_sig_name("", parameter.name)
        if parameter.annotation:
            node += addnodes.desc_sig_punctuation("", ": ")
            node += self._type(parameter.annotation)
        if parameter.default:
            node += addnodes.desc_sig_operator("", " = " if parameter.annotation else "=")
            node += nodes.inline("", parameter.default, classes=["default_value"])
        return node

    def _type(self, written: str) -> nodes.inline:
        """An annotation, its names linked; names of dimensions are within quotes, and are not."""
        bare = re.fullmatch(r"[\"'](\w+)[\"']", written)  # "Linear": a name not yet defined
        node = nodes.inline(classes=["api-type"])
        for piece in re.split(r"(\"[^\"]*\"|'[^']*')", bare[1] if bare else written):
            if piece[:1] in ("'", '"'):
                node += nodes.inline("", piece, classes=["api-shape"])
            else:
                node += list(self._linked(piece))
        return node

    def _linked(self, code: str) -> Iterator[nodes.Node]:
        end = 0
        for match in NAME.finditer(code):
            target = self._target(match[0])
            if target:
                yield nodes.Text(code[end : match.start()])
                yield self._link(target, match[0])
                end = match.end()
        yield nodes.Text(code[end:])

    # The words --------------------------------------------------------------------------------

    def _part(self, part: Part) -> nodes.Element:
        if not part.title:
            return nodes.paragraph("", "", *self.inline(part.text))
        if part.title == "Formula":
            text = nodes.paragraph("", CODE.sub(r"\2", part.rows))
            return nodes.container("", text, classes=["api-formula"])
        return self._field(part)

    def _field(self, part: Part) -> nodes.field_list:
        items = part.items if part.title in ("Args", "Raises") else []
        if part.title == "Derived on":
            body: Sequence[nodes.Node] = [nodes.paragraph("", "", *self._pages(part.text))]
        elif items:
            body = [self._items(items)]
        else:
            body = [nodes.paragraph("", "", *self.inline(part.text))]
        name = nodes.field_name("", part.title.replace("Args", "Parameters"))
        field = nodes.field("", name, nodes.field_body("", *body))
        return nodes.field_list("", field)

    def _items(self, items: list[tuple[str, str]]) -> nodes.bullet_list:
        made = nodes.bullet_list(classes=["simple"])
        for name, words in items:
            head = [nodes.literal("", name), nodes.Text(": ")]
            made += nodes.list_item("", nodes.paragraph("", "", *head, *self.inline(words)))
        return made

    def _pages(self, text: str) -> Iterator[nodes.Node]:
        for number, name in enumerate(re.findall(r"([\w/-]+)\.md", text)):
            if number:
                yield nodes.Text(", ")
            link = addnodes.pending_xref(
                "", refdomain="std", reftype="doc", reftarget=f"/{name}", refexplicit=False
            )
            link["refdoc"] = self.docname
            link += nodes.inline("", name, classes=["doc"])
            yield link

    def inline(self, text: str) -> Iterator[nodes.Node]:
        """Words in which code stands between backticks, its first name linked if it is known."""
        end = 0
        for match in CODE.finditer(text):
            if match.start() > end:
                yield nodes.Text(text[end : match.start()])
            yield self.code(match[2].strip())
            end = match.end()
        if end < len(text):
            yield nodes.Text(text[end:])

    def code(self, code: str) -> nodes.Node:
        name = NAME.match(code)
        target = self._target(name[0]) if name else ""
        literal = nodes.literal("", code)
        return self._link(target, literal) if target else literal

    def _target(self, name: str) -> str:
        full = self.module.known.get(name, name)
        return full if full in self.targets else ""

    def _link(self, target: str, shown: str | nodes.Element) -> addnodes.pending_xref:
        link = addnodes.pending_xref("", refdomain="py", reftype="obj", reftarget=target)
        link["refdoc"], link["refexplicit"] = self.docname, True
        link += nodes.inline("", shown) if isinstance(shown, str) else shown
        return link


class Source(nodes.General, nodes.Element):
    """The place of an entry in the repository; its address is known when pages are written."""


def module_id(name: str) -> str:
    """The anchor of a module's section."""
    return f"module-{name}"


def module_words(doc: str) -> list[str]:
    """The lines of a module's docstring, code in single backticks."""
    return re.sub(r"``(.+?)``", r"`\1`", doc).splitlines()
