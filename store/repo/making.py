"""Makes a new library's repository, with the root commit that is the same in every library of the world."""

from __future__ import annotations

import os

from store import files
from store.errors import NotALibrary
from store.repo import places as places_of
from store.repo.places import FIRST_SETTINGS, MAIN, SETTINGS, Places
from store.repo.run import EMAIL, NAME, Git, check_version, failure, git_version, run_outside

ROOT_MESSAGE = b"init: pagelog library\n\nPagelog-Action: init\n"
ROOT_DATE = "2026-01-01T00:00:00+0000"
_REF_FORMAT_SINCE = (2, 45)


def init(top: str) -> Places:
    """`git init` in a folder that is missing or empty; the branch is main, nothing comes from a template."""
    check_version()  # before anything is made
    os.makedirs(top, exist_ok=True)
    options = ["--template=", "--object-format=sha1", "--initial-branch=main", "--quiet"]
    if git_version() >= _REF_FORMAT_SINCE:
        options.append("--ref-format=files")
    run_outside(top, "init", *options)
    found = places_of.find(top)
    if found is None:
        raise NotALibrary(top)
    files.sync(os.path.dirname(os.path.realpath(top)))
    return found


def make_root(git: Git) -> str:
    """The root commit, the settings file and the index. The ref moves last: a kill before it leaves no library."""
    places = git.places
    blob = git.run("hash-object", "-w", "--stdin", data=FIRST_SETTINGS).decode().strip()
    tree = git.run("mktree", data=f"100644 blob {blob}\t{SETTINGS}\n".encode()).decode().strip()
    running = git.start("commit-tree", tree, **_WHO)
    status, output, errors = running.finish(ROOT_MESSAGE)
    if status:
        raise failure(places.top, "commit-tree", errors)
    commit = output.decode().strip()
    if files.read(os.path.join(places.gitdir, "HEAD")) != f"ref: {MAIN}\n".encode():  # the user's own `git init`
        git.run("symbolic-ref", "HEAD", MAIN)
    files.replace_whole(os.path.join(places.top, SETTINGS), FIRST_SETTINGS)
    git.run("read-tree", commit, index=places.index)
    files.sync(places.index)
    git.run("update-ref", "-m", "pagelog", MAIN, commit)
    files.sync(places.top)
    files.sync(os.path.join(places.commondir, "refs", "heads"))
    os.sync()
    return commit


_WHO = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in {"NAME": NAME, "EMAIL": EMAIL, "DATE": ROOT_DATE}.items()
}
