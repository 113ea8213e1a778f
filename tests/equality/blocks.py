"""What a page of the small book is made of: blocks, with the labels that they give or ask for."""

from __future__ import annotations

from dataclasses import dataclass

from tests.helpers.tiny import cell

SHOWN = """from IPython.display import display

TABLES = [["{name}.txt", "y.y1 y.y2\\n{one} {two}\\n"]]
SVG = '<svg viewBox="0 0 90 90"><path d="M0 0h{one}" style="stroke:#c92088"/></svg>'
FACTS = {{"name": "{name}", "alt": "Points.", "tables": TABLES, "palette": {{"#c92088": "pink"}}}}
FACTS["digits"] = 7  # another page may read it
FACTS["source"] = [{{"module": "ebmlib.nets.wide", "function": "wide"}}]
display(
    {{
        "image/svg+xml": SVG,
        "application/pdf": "JVBERi0=",
        "application/vnd.ebmlib.figure+json": FACTS,
    }},
    raw=True,
    metadata={{"ebmlib": {{"figure": "{name}"}}}},
)"""
# sphinx-exercise has a directive for each; the solution stands below its exercise.
EXERCISE = """```{{exercise}} Try {label}
:label: {label}
Do {number}.
```

```{{solution}} {label}
:label: sol-{label}
It is {number}.
```
"""
ASKS = {"ref": "ref", "equation": "eq", "figure": "numref", "exercise": "ref", "section": "ref"}


@dataclass(frozen=True)
class Block:
    """A piece of a page.

    Attributes:
        kind: `prose`, `equation`, `figure`, `exercise`, `section`, `index`, `check`, `cite`,
            `ref`, `raw`.
        label: what it gives; of a `ref` or a `cite` what it asks for.
        number: makes its text differ from that of others.
        asks: of a `ref`, the kind of what it leads to.
    """

    kind: str
    label: str = ""
    number: int = 1
    asks: str = ""

    @property
    def text(self) -> str:
        """Its Markdown."""
        if self.kind == "figure":
            shown = SHOWN.format(name=self.label, one=self.number, two=self.number + 1)
            caption = f"Points {self.number}, in $\\eE$."
            return f"{cell(shown)}```{{computed}} {self.label}\n{caption}\n```\n"
        if self.kind == "ref":
            target = f"fig-{self.label}" if self.asks == "figure" else self.label
            return f"See {{{ASKS[self.asks]}}}`{target}` {self.number}.\n"
        return {
            "prose": f"Words number {self.number} on $\\vz_{{{self.number}}}$.\n",
            "equation": f"$$\n\\eF = {self.number}\n$$ ({self.label})\n",
            "exercise": EXERCISE.format(label=self.label, number=self.number),
            "section": f"({self.label})=\n## Part {self.number}\n\nMore.\n",
            "index": f"```{{index}} {self.label}\n```\nA term.\n",
            "check": cell(f":check: sum {self.number} of $\\vz$ is whole\nassert 1 + 1 == 2"),
            "cite": f"Says {{cite:t}}`{self.label}`.\n",
            "raw": f"{self.label}\n",
        }[self.kind]
