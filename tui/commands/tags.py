"""`pagelog tag`."""

from __future__ import annotations

import click

from store.errors import DamagedDocument
from tui.commands.options import as_json, tags_of
from tui.output import Styled
from tui.records import ObjectRecord
from tui.session import Session, meant, no_match

_to = click.option(
    "--to",
    "targets",
    required=True,
    multiple=True,
    metavar="LINK|QUERY",
    help="The links: one, or all of a query; may be given again.",
)


@click.group("tag")
def tag_command() -> None:
    """Put tags on links, take them off, list them. `a/b` is a tag below `a`."""


@tag_command.command("add")
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@_to
@click.pass_obj
def add_command(session: Session, tags: tuple[str, ...], targets: tuple[str, ...]) -> int:
    """Put tags on links, as one commit."""
    return _change(session, targets, add=tags_of(tags))


@tag_command.command("remove")
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@_to
@click.pass_obj
def remove_command(session: Session, tags: tuple[str, ...], targets: tuple[str, ...]) -> int:
    """Take tags off links, as one commit."""
    return _change(session, targets, remove=tags_of(tags))


@tag_command.command("list")
@as_json
@click.pass_obj
def list_command(session: Session, as_json: bool) -> int:
    """List every tag with the number of its links."""
    output = session.output(as_json=as_json)
    library = session.open_if_there()
    if library is None:
        return output.status
    with library:
        for tag, count in library.tags():
            output.put(
                ObjectRecord({"tag": tag, "count": count}, (Styled(f"{count:>6}  "), Styled(f"{tag}\n", "strong")))
            )
    return output.status


def _change(
    session: Session, targets: tuple[str, ...], *, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()
) -> int:
    output = session.output()
    with session.open() as library:
        rows = meant(library, targets)
        for row in rows:
            if row.damaged is not None:
                output.failed(DamagedDocument(row.path, row.damaged), row.id)
        ids = [row.id for row in rows if row.damaged is None]
        if not rows:
            output.note(no_match(targets))
        if not ids:
            return output.status
        change = library.tag(ids, add=add, remove=remove)
        several = "link" if len(ids) == 1 else "links"
        output.note(f"{len(change.ids)} of {len(ids)} {several} changed." if change.commits else "Nothing to change.")
    return output.status
