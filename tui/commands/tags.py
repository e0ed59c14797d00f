"""`pagelog tag`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from store import tags as store_tags
from store.errors import DamagedDocument
from store.library import Library
from store.link import Row
from tui.commands.options import as_json, dry_run, tags_of
from tui.commands.tagtree import delete_command, merge_command, rename_command
from tui.output import Output, Styled
from tui.records import LinkRecord, ObjectRecord, Planned
from tui.session import Session, meant, no_match
from tui.waiting import all_or_nothing

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
    """Put tags on links, take them off, list them, move them about. `a/b` is a tag below `a`."""


@tag_command.command("add")
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@_to
@dry_run
@as_json
@click.pass_obj
def add_command(session: Session, tags: tuple[str, ...], targets: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Put tags on links, as one commit."""
    return _change(session, targets, add=tags_of(tags), dry_run=dry_run, as_json=as_json)


@tag_command.command("remove")
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@_to
@dry_run
@as_json
@click.pass_obj
def remove_command(
    session: Session, tags: tuple[str, ...], targets: tuple[str, ...], dry_run: bool, as_json: bool
) -> int:
    """Take tags off links, as one commit; the tags below them stay."""
    return _change(session, targets, remove=tags_of(tags), dry_run=dry_run, as_json=as_json)


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


for command in (rename_command, merge_command, delete_command):
    tag_command.add_command(command)


def _change(
    session: Session,
    targets: tuple[str, ...],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    dry_run: bool,
    as_json: bool,
) -> int:
    output = session.output(as_json=as_json)
    with session.open() as library:
        rows = meant(library, targets)
        if not rows:
            output.note(no_match(targets))
        for row in rows:
            if row.damaged is not None:
                output.failed(DamagedDocument(row.path, row.damaged), row.id)
        sound = [row for row in rows if row.damaged is None]
        if dry_run:
            _show(output, sound, add, remove)
        elif sound:
            _carry_out(output, library, [row.id for row in sound], add, remove)
    return output.status


def _show(output: Output, rows: Sequence[Row], add: Sequence[str], remove: Sequence[str]) -> None:
    found = list(_retagged(rows, add, remove))
    for row in found:
        output.put(Planned(LinkRecord(row)))
    output.note(f"{len(found)} of {_links(len(rows))} would change; nothing was done." if rows else "Nothing was done.")


def _retagged(rows: Sequence[Row], add: Sequence[str], remove: Sequence[str]) -> Iterator[Row]:
    """Those that change, as they would be."""
    for row in rows:
        new = replace(row, tags=store_tags.add(store_tags.remove(row.tags, remove), add))
        if new != row:
            yield new


def _carry_out(output: Output, library: Library, ids: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> None:
    change = all_or_nothing(output, lambda pace: library.tag(ids, add, remove, pace))
    if change is None:
        return
    if output.as_json:
        rows = {row.id: row for row in library.rows(change.ids)}
        for id_ in change.ids:
            output.put(LinkRecord(rows[id_]))
    changed = f"{len(change.ids)} of {_links(len(ids))} changed."
    output.note(changed if change.commits else "Nothing to change.")


def _links(count: int) -> str:
    return f"{count} {'link' if count == 1 else 'links'}"
