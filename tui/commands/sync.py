"""`pagelog sync` and `pagelog clone`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.text import one_line
from tui.commands.options import as_json
from tui.output import Status, Styled
from tui.records import ObjectRecord, with_titles
from tui.session import Session
from tui.waiting import giving_up, shown

if TYPE_CHECKING:
    from store.library import Library
    from store.syncing.sync import How, Plan, Synced
    from tui.output import Output

_MOST_TOLD = 20


@click.command("sync")
@click.option("--remote", "url", metavar="URL", help="The repository to sync with; remembered in .git/config.")
@click.option("--dry-run", is_flag=True, help="Fetch, and say what would go, come and be merged.")
@click.option("--accept-rewrite", is_flag=True, help="Go along with a remote whose history was rewritten.")
@as_json
@click.pass_obj
def sync_command(session: Session, url: str | None, dry_run: bool, accept_rewrite: bool, as_json: bool) -> int:
    """Bring the library and its remote in step: fetch, merge link by link, push.

    Any host that speaks git will do (https, ssh, a bare repository in a folder), and the user's own keys and password
    helpers. Nothing is ever forced; what comes is looked through before it touches a file. Where both sides changed one
    thing, the later stays and the other is named; both are in the history.
    """
    from store.progress import Cancelled
    from store.repo.remote import PATIENCE
    from store.syncing.sync import How, remember

    output = session.output(as_json=as_json)
    with session.open() as library:
        try:
            with shown() as report, giving_up() as given_up:
                how = How(accept_rewrite, report, given_up, session.config.sync_patience or PATIENCE)
                if dry_run:
                    return _planned(output, library, how, url)
                if url is not None:
                    remember(library, url, how)
                return _run(output, library, how)
        except Cancelled:
            output.note("pagelog: interrupted; what was done so far is kept, the next sync goes on.")
            return Status.INTERRUPTED


@click.command("clone")
@click.argument("url", metavar="URL")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def clone_command(session: Session, url: str, folder: Path) -> int:
    """Bring a library that stands elsewhere to this machine, with its whole history; `sync` keeps them in step."""
    from store.library import Library
    from store.progress import Cancelled
    from store.repo.addresses import without_password
    from store.repo.remote import PATIENCE
    from store.syncing.cloning import clone

    output = session.output()
    try:
        with shown() as report, giving_up() as given_up:
            patience = session.config.sync_patience or PATIENCE
            address = clone(url, folder, trust=session.trust(), report=report, cancelled=given_up, patience=patience)
    except Cancelled:
        output.note("pagelog: interrupted; nothing was kept.")
        return Status.INTERRUPTED
    with Library.open(folder, trust=session.trust()) as library:
        count = _count(library)
        library.state.remember_sync("origin", library.now())
    output.note(f"{_links(count)} from {one_line(without_password(address))} in {one_line(str(folder.resolve()))}.")
    return output.status


def _run(output: Output, library: Library, how: How) -> int:
    from store.syncing.sync import sync

    done = sync(library, how)
    fields = {"fetched": done.fetched, "merged": done.merged, "pushed": done.pushed, "url": done.url}
    output.put(ObjectRecord({**fields, "told": list(done.told)}, (Styled(f"{_said(done)}\n"),)))
    _tell(output, with_titles(library, done.told))
    damaged = library.catalogue.counts().damaged
    if damaged:
        output.note(
            f"{_files(damaged)} cannot be read, here and wherever this goes: `pagelog check` names what is wrong."
        )
    return output.status


def _said(done: Synced) -> str:
    parts = [
        f"{_commits(done.fetched)} fetched" if done.fetched else "",
        f"{_links(done.merged)} merged" if done.merged else "",
        f"{_commits(done.pushed)} pushed" if done.pushed else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"In step with {one_line(done.url)}: {said or 'nothing was new'}."


def _planned(output: Output, library: Library, how: How, url: str | None) -> int:
    from store.syncing import arrivals
    from store.syncing.sync import plan

    found = plan(library, how, url)
    comes = tuple(key for key in found.comes if key not in {*found.removed})
    kinds = (("comes", comes), ("removes", found.removed), ("goes", found.goes), ("merges", found.merges))
    for kind, keys in kinds:
        titles = arrivals.titles(library, keys, found.tip)
        for key in keys:
            fields = {"planned": True, "what": kind, "id": key if key in titles else None, "path_or_id": key}
            text = f"{kind:7}  {key}  {one_line(titles.get(key, ''))}".rstrip()
            output.put(ObjectRecord({**fields, "title": titles.get(key)}, (Styled(f"{text}\n"),)))
    output.note(_summed_up(found))
    if found.edited:
        output.note(f"{_files(found.edited)} edited by hand: the sync commits that first, and it is not in this plan.")
    _tell(output, with_titles(library, found.told))
    return output.status


def _summed_up(found: Plan) -> str:
    if found.to_push and not (found.fetched or found.comes or found.goes or found.merges):
        return f"{_commits(found.to_push)} to push: all that the remote has not. Nothing was changed."
    removed = f" ({len(found.removed)} of them removed there)" if found.removed else ""
    return (
        f"{_commits(found.fetched)} to fetch, {_commits(found.to_push)} to push: {len(found.comes)} come{removed}, "
        f"{len(found.goes)} go, {len(found.merges)} merge. Nothing was changed."
    )


def _files(count: int) -> str:
    return f"{count:,} {'file' if count == 1 else 'files'}"


def _tell(output: Output, told: tuple[str, ...]) -> None:
    for line in told[:_MOST_TOLD]:
        output.note(f"  {one_line(line)}")
    if len(told) > _MOST_TOLD:
        output.note(f"  and {len(told) - _MOST_TOLD} more; `git log -1` names them.")


def _count(library: Library) -> int:
    library.catch_up()
    return sum(1 for _ in library.catalogue.committed())


def _commits(count: int) -> str:
    return f"{count:,} {'commit' if count == 1 else 'commits'}"


def _links(count: int) -> str:
    return f"{count:,} {'link' if count == 1 else 'links'}"
