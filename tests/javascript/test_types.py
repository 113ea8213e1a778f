"""What the check of the scripts' types is worth."""

from pathlib import Path

from tests.javascript.__main__ import check, scripts


def test_every_script_of_the_features_is_read() -> None:
    folders = {path.parent.parent.name for path in scripts()}
    assert {"execution", "figures", "katex", "launch", "notation", "theme"} <= folders


def test_a_wrong_type_is_told_with_its_place(tmp_path: Path) -> None:
    script = tmp_path / "one.js"
    script.write_text("/** @param {string} words */\nconst say = (words) => words.lenght;\n")
    assert "one.js(2,30): error TS2551" in check([script])
    script.write_text(script.read_text().replace("lenght", "length"))
    assert check([script]) == ""
