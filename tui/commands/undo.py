"""`pagelog undo`, `pagelog redo` and `pagelog activity`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from store.errors import NothingToUndo
from store.text import clip, one_line
from tui.commands.options import as_json
from tui.records import ActionRecord, with_titles
from tui.session import Session
from tui.waiting import all_or_nothing

if TYPE_CHECKING:
    from store.changing import Pace
    from store.library import Library
    from store.undoing import Taken
    from tui.output import Output

_NUMBER = re.compile(r"\d{1,6}")
_MOST_NAMED = 5


@click.command("undo")
@click.argument("what", required=False, metavar="[N|COMMIT|GROUP]")
@click.pass_obj
def undo_command(session: Session, what: str | None) -> int:
    """Take back what was done last, the last N things, or one action of anybody by its commit or group.

    Whatever it was: an add, an edit, tags, a refresh of many, the trash, a removal. What was changed since stays as it
    is, and is named. Every undo is a commit of its own: `redo` puts back what it took, and so does `undo` with its
    COMMIT, at any time. Edits by hand, and repairs, are taken back by their COMMIT alone.
    """
    from store.undoing import put_back, take_back

    output = session.output()
    with session.open() as library:
        if what is not None and not _NUMBER.fullmatch(what):
            from store.actions import find

            action = find(library, what)
            if action.action == "undo":
                return _carry_out(output, lambda pace: [put_back(library, action, pace)], "put back")
            return _carry_out(output, lambda pace: [take_back(library, action, pace)], "taken back")
        count = int(what or 1)
        if count < 1:
            raise click.BadParameter("take back at least 1 thing.", param_hint="N")
        try:
            return _carry_out(output, lambda pace: _undo(library, count, pace), "taken back")
        except NothingToUndo as error:
            if error.reason == "nothing" or not _agreed(error):
                raise
            from store.actions import find

            action = find(library, str(error.commit))
            return _carry_out(output, lambda pace: [take_back(library, action, pace)], "taken back")


@click.command("redo")
@click.argument("count", required=False, default=1, type=click.IntRange(1, 999_999), metavar="[N]")
@click.pass_obj
def redo_command(session: Session, count: int) -> int:
    """Put back what the last undo took back, or the last N of them; until something else is done."""
    from store.undoing import redo

    output = session.output()
    with session.open() as library:
        return _carry_out(output, lambda pace: redo(library, count, pace), "put back")


@click.command("activity")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="The first N only.")
@as_json
@click.pass_obj
def activity_command(session: Session, limit: int | None, as_json: bool) -> int:
    """List what was done to the library, by whomever, newest first; `undo COMMIT` takes one thing back.

    Times are UTC.
    """
    from itertools import islice

    from store.actions import activity, told
    from store.repo.objects import Objects

    output = session.output(as_json=as_json)
    library = session.open_if_there()
    if library is None:
        return output.status
    with library, Objects(library.git) as objects:
        for action in islice(activity(library), limit):
            said = told(objects, action)
            output.put(ActionRecord(action, said, with_titles(library, said)))
    return output.status


def _undo(library: Library, count: int, pace: Pace) -> list[Taken]:
    from store.undoing import undo

    return undo(library, count, pace)


def _carry_out(output: Output, do: Callable[[Pace], list[Taken]], verb: str) -> int:
    for taken in all_or_nothing(output, do) or ():
        summary = one_line(taken.action.summary)
        count = f"{len(taken.ids)} {'link' if len(taken.ids) == 1 else 'links'}"
        links = f" ({count} changed)" if taken.ids and f"({count})" not in summary else ""
        nothing = "" if taken.ids or taken.action.hold else "; there was nothing left to change"
        output.note(f"{verb.capitalize()}: {summary}{links}{nothing}.")
        _name_kept(output, taken)
    return output.status


def _name_kept(output: Output, taken: Taken) -> None:
    """What was changed since, and stays."""
    for kept in taken.kept[:_MOST_NAMED]:
        value = f" (“{clip(one_line(kept.told.kept), 40)}”)" if kept.told.kept else ""
        output.note(f"  {kept.id or 'a file'}: {kept.told.field} was changed since and stays{value}.")
    if len(taken.kept) > _MOST_NAMED:
        output.note(f"  and {len(taken.kept) - _MOST_NAMED} more; `git log -1` names them.")


def _agreed(error: NothingToUndo) -> bool:
    """Nothing was done here; on a terminal the newest action of anybody may be meant."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    why = "What was done here last is not in the history" if error.reason == "rewritten" else "Nothing was done here"
    question = f"{why}. Take back {error.commit}, {one_line(str(error.summary))}?"
    return click.confirm(question, err=True)
