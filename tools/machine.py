"""What a machine has for us: cores that are really ours, a browser, and a list of its fonts."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
# The shell has no windows and opens a page two to five times faster.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def cores(groups: Path = GROUPS) -> int:
    """How many cores this process may use: a container is often given two of many."""
    known = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    whole = len(known) or os.cpu_count() or 1
    return max(1, math.ceil(min(whole, _quota(groups))))


def _quota(groups: Path) -> float:
    """Cores that the control group grants, by either version of it; infinite without a limit."""
    try:
        granted, period = (groups / "cpu.max").read_text("utf8").split()
    except (OSError, ValueError):
        try:
            granted = (groups / "cpu" / "cpu.cfs_quota_us").read_text("utf8").strip()
            period = (groups / "cpu" / "cpu.cfs_period_us").read_text("utf8").strip()
        except OSError:
            return math.inf
    whole = granted.isdigit() and period.isdigit() and int(period)
    return int(granted) / int(period) if whole else math.inf


def chromium() -> str | None:
    """The path of Chromium, under whichever of its names it is installed."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def list_fonts(env: Mapping[str, str]) -> None:
    """Let Matplotlib list this machine's fonts, if it has not: a page that must, says so aloud.

    The first import on a fresh machine takes seconds, and beyond five it warns into whatever cell
    is running, which would then be on the page.
    """
    folder = env.get("MPLCONFIGDIR") or Path(
        env.get("XDG_CACHE_HOME") or Path(env.get("HOME", "/"), ".cache"), "matplotlib"
    )
    if not any(Path(folder).glob("fontlist-*.json")):
        command = [sys.executable, "-c", "import matplotlib.font_manager"]
        subprocess.run(command, env=dict(env), capture_output=True, check=False)
