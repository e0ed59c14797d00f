"""`pagelog tag rename`, `merge` and `delete`: a plan, then one commit."""

from __future__ import annotations

from collections.abc import Iterator

import click

from store import retagging, tagging
from store.retagging import Moved, Retagging
from store.text import width
from tui.commands.options import as_json, dry_run
from tui.output import Output, Styled
from tui.records import ObjectRecord, Planned
from tui.session import Session
from tui.waiting import all_or_nothing


@click.command("rename")
@click.argument("old")
@click.argument("new")
@dry_run
@as_json
@click.pass_obj
def rename_command(session: Session, old: str, new: str, dry_run: bool, as_json: bool) -> int:
    """Rename a tag and all tags below it on every link, also in the trash, as one commit.

    Where NEW is there already the two become one. To change only the case works too.
    """
    return _retag(session, retagging.rename(old, new), dry_run=dry_run, as_json=as_json)


@click.command("merge")
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@click.option("--into", required=True, metavar="TAG", help="What they become; it may be a new tag, or one of them.")
@dry_run
@as_json
@click.pass_obj
def merge_command(session: Session, tags: tuple[str, ...], into: str, dry_run: bool, as_json: bool) -> int:
    """Make one tag of several, on every link, also in the trash, as one commit.

    The tags below them come along: `a/x` merged into `b` is `b/x`.
    """
    return _retag(session, retagging.merge(tags, into), dry_run=dry_run, as_json=as_json)


@click.command("delete")
@click.argument("tag")
@dry_run
@as_json
@click.pass_obj
def delete_command(session: Session, tag: str, dry_run: bool, as_json: bool) -> int:
    """Take a tag and all tags below it off every link, also in the trash, as one commit. The links stay."""
    return _retag(session, retagging.delete(tag), dry_run=dry_run, as_json=as_json)


def _retag(session: Session, wanted: Retagging, *, dry_run: bool, as_json: bool) -> int:
    output = session.output(as_json=as_json)
    with session.open() as library:
        if dry_run:
            planned = tagging.plan(library, wanted)
            _show(output, planned, only_planned=True)
            output.note(f"{_links(planned)} would change; nothing was done.")
            return output.status
        done = all_or_nothing(output, lambda pace: tagging.carry_out(library, wanted, pace))
    if done is None:
        return output.status
    for error in done.left:
        output.failed(error)
    _show(output, done.planned, only_planned=False)
    output.note(f"{_links(done.planned)} changed." if done.change.commits else "Nothing to change.")
    return output.status


def _show(output: Output, planned: tagging.Planned, *, only_planned: bool) -> None:
    """One record for each tag that changes."""
    room = max((width(moved.tag) for moved in planned.plan.moved), default=0)
    for moved in planned.plan.moved:
        record = ObjectRecord(_fields(moved), tuple(_line(moved, room)))
        output.put(Planned(record) if only_planned else record)


def _fields(moved: Moved) -> dict[str, object]:
    return {
        "tag": moved.tag,
        "becomes": moved.becomes,
        "links": moved.links,
        "there": moved.there,
        "both": moved.both,
    }


def _line(moved: Moved, room: int) -> Iterator[Styled]:
    yield Styled(moved.tag, "strong")
    yield Styled(" " * (room - width(moved.tag)) + ("  ->  " if moved.becomes else "  goes"))
    yield Styled(moved.becomes or "", "strong")
    yield Styled(f"  {_count(moved.links)}")
    if moved.there:
        yield Styled(f"; {_count(moved.there)} {'has' if moved.there == 1 else 'have'} that tag already", "warning")
    if moved.both:
        yield Styled(f"; on {moved.both} two tags become one", "warning")
    yield Styled("\n")


def _links(planned: tagging.Planned) -> str:
    found = _count(planned.plan.links)
    return f"{found} ({planned.trashed} in the trash)" if planned.trashed else found


def _count(links: int) -> str:
    return f"{links} {'link' if links == 1 else 'links'}"
