"""`pagelog trash`."""

from __future__ import annotations

import click

from tui.commands.options import as_json
from tui.records import LinkRecord
from tui.session import Session, matching


@click.command("trash")
@click.argument("links", nargs=-1, metavar="LINK...")
@click.option("--list", "listing", is_flag=True, help="What is in the trash.")
@click.option("--restore", "restoring", is_flag=True, help="Take these links out of the trash.")
@as_json
@click.pass_obj
def trash_command(session: Session, links: tuple[str, ...], listing: bool, restoring: bool, as_json: bool) -> int:
    """Move links to the trash, list it, put them back.

    A link in the trash keeps its file and its history; it is not listed, and refreshed only when it is named.
    """
    if listing == bool(links):
        raise click.UsageError("Name links, or say --list.")
    output = session.output(as_json=as_json)
    library = session.open_if_there() if listing else session.open()
    if library is None:
        return output.status
    with library:
        if listing:
            for row in matching(library, ["is:trashed"]):
                output.put(LinkRecord(row))
            return output.status
        ids = [library.find(link).id for link in links]
        change = library.untrash(ids) if restoring else library.trash(ids)
        if not change.commits:
            output.note("In the trash already.")
            return output.status
        where = "back from the trash" if restoring else "in the trash; `pagelog trash --restore LINK` puts back"
        output.note(f"{len(change.ids)} {'link' if len(change.ids) == 1 else 'links'} {where}.")
    return output.status
