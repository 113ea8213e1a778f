"""Constructs that every edition carries, each with what is seen of it there."""

from __future__ import annotations

from dataclasses import dataclass

from tests.helpers.tiny import cell

SITE = "https://OWNER.github.io/energy-book"
DOLLAR = r"<span>\$</span>"


@dataclass(frozen=True)
class Construct:
    """Something that an author may write.

    Attributes:
        source: as it stands on a page.
        site: what the page shows, as text or as HTML.
        notebook: what its notebook says, in Markdown.
        paper: what the LaTeX says.
        how: what an author should know of it, if the editions differ.
    """

    source: str
    site: tuple[str, ...]
    notebook: tuple[str, ...]
    paper: tuple[str, ...]
    how: str = ""


CARRIED = {
    "Prices": Construct(
        r"It costs \$5 or \$10, not $x$.",
        ("It costs $5 or $10, not",),
        (f"It costs {DOLLAR}5 or {DOLLAR}10, not $x$.",),
        (r"It costs \$5 or \$10, not \(x\).",),
    ),
    r"Prices of \$5": Construct(
        "| item | price |\n| --- | --- |\n| one | \\$5 |\n\n- \\$6\n\n:::{note}\n\\$7 or \\$8\n:::",
        ("$5", "$6", "$7 or $8"),
        (f"## Prices of {DOLLAR}5", f"| one | {DOLLAR}5 |", f"- {DOLLAR}6",
         f"> {DOLLAR}7 or {DOLLAR}8"),
        (r"\$5", r"\$7 or \$8"),
    ),
    "A chain of blocks": Construct(
        r"It goes {chain}`(\vy) -> Dec -> [\eE]`.",
        ('<span class="ebm-chain"><span class="ebm-block variable">', "ebm-block function"),
        ("\u2192 $Dec$ \u2192 $",),
        (r"\ebmblock{variable}{\(\vy\)}", r"\ebmblock{function}{\(Dec\)}"),
        "a variable in round brackets, an energy in square ones, a function in none",
    ),
    "A line that is broken": Construct(
        "Words\\\nbroken here.",
        ("Words<br/>\nbroken here.",),
        ("Words<br>broken here.",),
        ("Words\\\\\nbroken here.",),
    ),
    "Letters of Markdown": Construct(
        r"2 \* 3, \_x\_, a \< b, \[a\](b), H{sub}`2`O, x{sup}`2`, ``a`b``, (*α*) and *“q”*."
        "\n\\# no heading\n1\\. no list",
        ("2 * 3, _x_, a < b, [a](b), H2O, x2, a`b, (α) and “q”.", "# no heading 1. no list"),
        (r"2 \* 3, \_x\_, a < b, [a]\(b), H<sub>2</sub>O, x<sup>2</sup>, ``a`b``, (*α*)",
         "*“q”*.", "\n\\# no heading\n1\\. no list"),
        (r"2 * 3, \_x\_, a < b",),
    ),
    "A picture": Construct(
        "![A red square](other.png)\n\n- ![A red dot](other.png)",
        ('alt="A red square"', 'alt="A red dot"', 'src="_images/other.png"'),
        ("![A red square](attachment:other.png)", "- ![A red dot](attachment:other.png)"),
        (r"\sphinxincludegraphics{{other}.png}",),
        "travels in the notebook",
    ),
    "A figure": Construct(
        "```{figure} other.png\n:name: fig-red\n:alt: A red square.\n"
        "A line, after {cite:t}`tiny`. More.\n```\n\nSee {numref}`fig-red`.",
        ('alt="A red square."', "A line, after Other [2001]. More.", "See Fig. "),
        ("![A red square.](attachment:other.png)", "**Fig. ", "** A line, after Other [",
         "See [Fig. "),
        (r"\caption[{red}]{A line, after ", r"\hyperlink{cite.words:id"),
        "the list of figures calls it by its name",
    ),
    "A file": Construct(
        "{download}`other.png`",
        ('href="_downloads/', "other.png"),
        (f"[`other.png`]({SITE}/_downloads/",),
        ("other.png",),
        "the notebook links to the site, print names it",
    ),
    "As {cite:t}`tiny` said": Construct(
        "Words.",
        ("As Other [2001] said",),
        ("## As Other [", "said"),
        (r"{As \texorpdfstring{Other {[}{2001}{]}}{} said}",),
        "print's bookmarks leave a heading's citation out",
    ),
    "A table": Construct(
        "| left | right |\n| :-- | --: |\n| `p` | 0.50 |",
        ("left", "0.50"),
        ("| left | right |\n| :--- | ---: |\n| `p` | 0.50 |",),
        ("0.50",),
        "for bars, or for more than a line in a cell, a list-table",
    ),
    "A table as a list": Construct(
        ":::{list-table} Bars, of $|x|$\n:header-rows: 1\n:name: tab-bars\n\n* - a\n  - b\n"
        "* - `a | b`\n  - either | or\n* - $|x| \\le \\|y\\|$\n  - two\n\n    paragraphs\n:::\n\n"
        "See {numref}`tab-bars`.",
        ("a | b", "either | or", "Table 1", "Bars, of"),
        ("**Table 1.** Bars, of $|x|$\n\n| a | b |", r"| `a \| b` | either \| or |",
         r"| $\vert x\vert  \le \Vert y\Vert $ | two<br>paragraphs |", "See [Table 1]("),
        (r"\ebmtablenumber{1}", r"\sphinxcode{\sphinxupquote{a | b}}", "either | or"),
    ),
    "A listing": Construct(
        "```{code-block} python\n:caption: A listing of `x`\n:name: code-x\nx = 1\n\n\n"
        "y = '```'\n```\n\nSee {numref}`code-x`.",
        ("Listing 1", "A listing of x", "See Listing 1."),
        ("**Listing 1.** A listing of `x`", "````python\nx = 1\n\n\ny = '```'\n````",
         "See [Listing 1]("),
        (r"\ebmlisting{Listing 1}{A listing of",),
    ),
    "A list from three on": Construct(
        "3. three\n4. four\n\n   more *of* it\n   - nested",
        ('start="3"', "nested"),
        ("3. three\n4. four\n\n   more *of* it\n   - nested",),
        (r"\setcounter{enumi}{2}", "nested"),
    ),
    "A list of definitions": Construct(
        "Term\n: its meaning\n\n  in two",
        ("<dt>Term</dt>", "its meaning", "in two"),
        ("- **Term**\n\n  its meaning\n\n  in two",),
        (r"\sphinxlineitem{Term}", "its meaning", "in two"),
        "Jupyter knows none: in a notebook it is a list of terms in bold",
    ),
    "A footnote": Construct(
        "Words[^note].\n\n[^note]: Its *words*, \\$3.",
        ("Words[1].",),
        ("Words<sup>1</sup>.",),
        ("Its \\sphinxstyleemphasis{words}, \\$3.",),
        "not in a heading or a caption; a notebook has it at its end",
    ),
    "A quotation": Construct(
        "> Words\n>\n> in two\n\n---\n\nMore.",
        ("<blockquote>", "in two", "<hr"),
        ("> Words\n> \n> in two\n\n---\n\nMore.",),
        (r"\begin{quote}", "in two", r"\hrule"),
    ),
    "Tabs": Construct(
        "````{tab-set}\n```{tab-item} First $x$\nWords of one.\n```\n```{tab-item} Second\n"
        "Words of two.\n```\n````",
        ("First", "Words of one.", "Second", "Words of two."),
        ("**First $x$**\n\nWords of one.\n\n**Second**\n\nWords of two.",),
        (r"\subsubsection*{First", "Words of one.", r"\subsubsection*{Second}", "Words of two."),
        "on paper and in notebooks one after the other, each under its name",
    ),
    "A fold": Construct(
        "```{dropdown} Its title\nInside.\n```",
        ("<summary", "Its title", "Inside."),
        ("**Its title**\n\nInside.",),
        (r"\subsubsection*{Its title}", "Inside."),
        "open on paper and in notebooks",
    ),
    "Cards": Construct(
        "````{grid} 2\n```{grid-item-card} One card\nInside.\n```\n```{grid-item-card} Another\n"
        "Within.\n```\n````",
        ("One card", "Inside.", "Another", "Within."),
        ("**One card**\n\nInside.\n\n**Another**\n\nWithin.",),
        (r"\textbf{One card}", "Inside.", r"\textbf{Another}", "Within."),
    ),
    "A theorem": Construct(
        ":::{admonition} Theorem (a bound)\n:name: thm-bound\nAll of $x \\le 1$.\n:::\n\n"
        ":::{admonition} Proof\nClear, and {ref}`the bound <thm-bound>` follows.\n:::",
        ("Theorem (a bound)", "Clear, and the bound follows.", 'href="#thm-bound"'),
        ("> **Theorem (a bound)**\n> \n> All of $x \\le 1$.\n\n> **Proof**\n> \n> Clear, and "
         f"[the bound]({SITE}/two.html#thm-bound) follows.",),
        (r"\phantomsection\label{\detokenize{two:thm-bound}}", "{Theorem (a bound)}",
         r"\hyperref[\detokenize{two:thm-bound}]"),
        "a box with a name and no number, as are definitions, lemmas and proofs",
    ),
    "A cell that the page removes": Construct(
        cell(":tags: [remove-cell]\n\nq = 3") + cell("print(q)"),
        ("print",),
        ("q = 3", "print(q)"),
        ("print",),
        "in the notebook, folded, so that it runs from top to bottom",
    ),
}  # fmt: skip


def page() -> str:
    """A page of all, a section each; it can be referred to as any other."""
    sections = (f"## {name}\n\n{one.source.rstrip()}\n" for name, one in CARRIED.items())
    return "(two)=\n# Two\n\n" + "\n".join(sections)
