"""What is said of an action that was taken back or put back: what it was, what stays since, how to turn it round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.shown import line

if TYPE_CHECKING:
    from store.library import Library
    from store.undoing import Kept, Taken

Way = Literal["back", "again"]
_NAMED = 2  # links that are named
_VERBS: dict[Way, tuple[str, str]] = {
    "back": ("Taken back", "ctrl+r puts it back."),
    "again": ("Put back", "u takes it back."),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, with the titles of the links it names; `gone`: those that are in the library no more."""

    taken: Taken
    titles: Mapping[str, str]
    gone: tuple[str, ...]

    @staticmethod
    def of(library: Library, taken: Taken) -> Outcome:
        """With what the library says of its links now."""
        library.catch_up()
        rows = {row.id: row for row in library.rows([*taken.ids, *(kept.id for kept in taken.kept if kept.id)])}
        titles = {id_: row.title for id_, row in rows.items()}
        return Outcome(taken, titles, tuple(id_ for id_ in taken.ids if id_ not in rows))


def sentence(outcome: Outcome, way: Way) -> str:
    """A clean sentence or two for the message line."""
    taken = outcome.taken
    verb, other = _VERBS[way]
    nothing = "" if taken.ids or taken.action.hold is not None else " There was nothing left to change."
    return f"{verb}: {line(taken.action.summary, 80)}.{nothing}{_kept(taken.kept, outcome.titles)} {other}"


def _kept(kept: Sequence[Kept], titles: Mapping[str, str]) -> str:
    if not kept:
        return ""
    named = [
        f"{field_of(one.told.field)} of {line(titles.get(one.id, one.id) or 'a file', 30)}" for one in kept[:_NAMED]
    ]
    more = f" and {len(kept) - _NAMED:,} more" if len(kept) > _NAMED else ""
    return f" Changed since, and stays: {', '.join(named)}{more}."


def field_of(field: str) -> str:
    """A field of a link as a person calls it."""
    return _FIELDS.get(field, f"the {line(field, 30)}")


_FIELDS = {"body": "the text", "url": "the address", "trashed": "the trash", "document": "the file", "path": "the file"}
