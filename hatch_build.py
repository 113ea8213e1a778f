"""The package's addresses, from the one place where they stand: `_config.yml`."""

from pathlib import Path
from runpy import run_path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LABELS = {"Homepage": "ebm_site", "Repository": "ebm_repository"}


class Addresses(MetadataHookInterface):  # type: ignore[misc]
    """Fills `project.urls`; placeholders are no addresses, and publishing refuses them."""

    def update(self, metadata: dict[str, Any]) -> None:
        setting = run_path(str(Path(self.root, "ebmlib", "__main__.py")))["setting"]
        config = Path(self.root, "_config.yml").read_text(encoding="utf8")
        found = {label: setting(config, name) for label, name in LABELS.items()}
        metadata["urls"] = {label: address for label, address in found.items() if address}
