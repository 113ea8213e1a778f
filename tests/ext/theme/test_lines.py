"""Code line by line: the letters stay, and each line knows where it begins."""

import re

from pygments import highlight
from pygments.lexers import PythonLexer

from _ext.theme.lines import DEEP, SHALLOW, Lined

CODE = f"""def energy(y):
    \"\"\"How far from zero.\"\"\"
    return (y**2     # squared
{" " * (DEEP + 1)}+ 1)

print(energy(2))
"""


def made() -> str:
    return highlight(CODE, PythonLexer(), Lined())


def test_no_letter_is_lost_or_added() -> None:
    assert re.sub(r"<[^>]*>", "", made()).replace("&quot;", '"').strip() == CODE.strip()


def test_each_line_knows_its_indentation() -> None:
    found = re.findall(r'<span class="line"(?: style="--i:(\d+)")?>', made())
    assert found == ["", "4", "4", str(SHALLOW), "", ""]


def test_a_line_far_inside_begins_farther_left_on_a_phone() -> None:
    (deep,) = re.findall(r'<span class="deep">( *)</span>', made())
    assert len(deep) == DEEP + 1


def test_a_line_is_an_element_with_its_end() -> None:
    assert made().count("\n</span>") == made().count('<span class="line"') == CODE.count("\n")


def test_only_words_that_look_unlike_others_are_elements() -> None:
    kinds = set(re.findall(r'<span class="(\w+)"', made()))
    assert kinds == {"line", "deep", "k", "nf", "sd", "mi", "c1"}
    assert "(y**<" in made()
