"""`python -m ebmlib` tells the version, the editions and where to read."""

from ebmlib.__main__ import describe, editions, setting

CONFIG = "title: A Book\nsphinx:\n  config:\n    ebm_site: https://a.b/c/\n    ebm_repository: https://x/y\n"
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-02\n\n## [0.1.0] - 2026-11-21\n"


def test_it_tells_version_editions_and_where_to_read() -> None:
    told = describe(CONFIG, CHANGELOG, "0.2.0")
    assert told.startswith("ebmlib 0.2.0\n")
    assert "0.2.0  2027-01-02  https://a.b/c/v0.2.0/" in told
    assert "0.1.0  2026-11-21  https://a.b/c/v0.1.0/" in told
    assert "Read:\n  https://a.b/c/\n  https://x/y" in told


def test_a_placeholder_is_no_address() -> None:
    config = CONFIG.replace("https://a.b/c/", "https://OWNER.github.io/c")
    assert setting(config, "ebm_site") == ""
    assert "this copy knows no address" in describe(config, "", "0.2.0")
    assert editions("## [Unreleased]\n") == []
