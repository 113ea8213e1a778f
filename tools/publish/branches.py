"""Folders as commits on branches that nobody checks out: notebooks, editions."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from tools.book import BookError

AUTHOR = {"NAME": "publish", "EMAIL": "publish@users.noreply.github.com"}
WHO = {f"GIT_{role}_{key}": v for role in ("AUTHOR", "COMMITTER") for key, v in AUTHOR.items()}


def git(root: Path, *args: str, index: Path | None = None, tree: Path | None = None) -> str:
    """What git answers.

    Raises:
        BookError: if it fails.
    """
    env = os.environ | WHO | ({"GIT_INDEX_FILE": str(index)} if index else {})
    command = ["git", "-C", str(root)]
    if tree is not None:
        where = git(root, "rev-parse", "--absolute-git-dir")
        command = ["git", "-C", str(tree), f"--git-dir={where}", f"--work-tree={tree}"]
    done = subprocess.run([*command, *args], capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        raise BookError(f"git {args[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def fetched(root: Path, branch: str, remote: str = "origin") -> str:
    """The commit at a branch's tip on the remote; empty if there is no such branch."""
    listed = git(root, "ls-remote", "--heads", remote, f"refs/heads/{branch}")
    if not listed:
        return ""
    git(root, "fetch", "--quiet", "--depth=1", remote, f"refs/heads/{branch}")
    return listed.split()[0]


def commit(root: Path, folder: Path, message: str, *, parent: str = "", below: str = "") -> str:
    """A commit of the folder's files: alone, or as `below` beside what is in its parent.

    Raises:
        BookError: if the parent holds `below` already: what is published stays as it is.
    """
    with tempfile.TemporaryDirectory() as scratch:
        index = Path(scratch, "index")
        git(root, "add", "--all", "--force", ".", index=index, tree=folder)
        tree = git(root, "write-tree", index=index)
        if below:
            index.unlink()
            if parent:
                git(root, "read-tree", parent, index=index)
                if git(root, "ls-tree", parent, below):
                    raise BookError(f"{below} is published already, and stays as it is.")
            git(root, "read-tree", f"--prefix={below}/", tree, index=index)
            tree = git(root, "write-tree", index=index)
    ancestry = ("-p", parent) if parent else ()
    return git(root, "commit-tree", tree, *ancestry, "-m", message)


def lay_out(root: Path, commit: str, folder: Path) -> None:
    """Write the files of a commit into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        index = Path(scratch, "index")
        git(root, "read-tree", commit, index=index)
        git(root, "checkout-index", "--all", f"--prefix={folder}/", index=index)


def push(root: Path, commit: str, ref: str, *, force: bool = False, remote: str = "origin") -> None:
    """Send a commit to a branch or tag of the remote."""
    git(root, "push", "--quiet", *(["--force"] if force else []), remote, f"{commit}:{ref}")
