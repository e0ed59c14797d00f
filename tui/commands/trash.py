"""`pagelog trash`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from store.library import Library
from tui.commands.options import as_json
from tui.output import Output
from tui.records import LinkRecord
from tui.session import Session, matching
from tui.waiting import all_or_nothing

_GONE = "removed; history keeps {them}, and `pagelog undo` brings {them} back."


@click.command("trash")
@click.argument("links", nargs=-1, metavar="LINK...")
@click.option("--list", "listing", is_flag=True, help="What is in the trash.")
@click.option("--restore", "restoring", is_flag=True, help="Take these links out of the trash.")
@click.option("--remove", "removing", is_flag=True, help="Remove these links, in the trash or not; history keeps them.")
@click.option("--empty", "emptying", is_flag=True, help="Remove all that is in the trash; history keeps it.")
@as_json
@click.pass_obj
def trash_command(
    session: Session,
    links: tuple[str, ...],
    listing: bool,
    restoring: bool,
    removing: bool,
    emptying: bool,
    as_json: bool,
) -> int:
    """Move links to the trash, list it, put them back, remove them.

    A link in the trash keeps its file and its history; it is not listed, and refreshed only when it is named. A link
    that is removed has no file any more; its history stays in the repository, so undo brings it back. What that means,
    and how to purge a page from history too: docs/removing.md.
    """
    if listing + restoring + removing + emptying > 1:
        raise click.UsageError("Only one of --list, --restore, --remove and --empty.")
    if (listing or emptying) == bool(links):
        raise click.UsageError("Name links, or say --list or --empty.")
    output = session.output(as_json=as_json)
    library = session.open_if_there() if listing or emptying else session.open()
    if library is None:
        return output.status
    with library:
        if listing:
            for row in matching(library, ["is:trashed"]):
                output.put(LinkRecord(row))
        elif emptying:
            _empty(output, library)
        elif removing:
            _remove(output, library, [library.find(link).id for link in links])
        else:
            _move(output, library, [library.find(link).id for link in links], restoring=restoring)
    return output.status


def _move(output: Output, library: Library, ids: Sequence[str], *, restoring: bool) -> None:
    move = library.untrash if restoring else library.trash
    change = all_or_nothing(output, lambda pace: move(ids, pace))
    if change is None:
        return
    if not change.commits:
        output.note("In the trash already.")
        return
    where = "back from the trash" if restoring else "in the trash; `pagelog trash --restore LINK` puts back"
    output.note(f"{_links(change.ids)} {where}.")


def _remove(output: Output, library: Library, ids: Sequence[str]) -> None:
    from store import removing

    change = all_or_nothing(output, lambda pace: removing.remove(library, ids, pace))
    if change is not None:
        output.note(_gone(change.ids))


def _empty(output: Output, library: Library) -> None:
    from store import removing

    change = all_or_nothing(output, lambda pace: removing.empty_trash(library, pace))
    if change is not None:
        output.note(_gone(change.ids) if change.ids else "The trash is empty.")


def _gone(ids: Sequence[str]) -> str:
    return f"{_links(ids)} {_GONE.format(them='it' if len(ids) == 1 else 'them')}"


def _links(ids: Sequence[str]) -> str:
    return f"{len(ids)} {'link' if len(ids) == 1 else 'links'}"
