"""What the list shows, as a frozen value: a view of the sidebar, a filter over it, an order. No screen here."""

from __future__ import annotations

from dataclasses import dataclass

from store.catalogue.schema import Sort
from store.finding.query import And, Or, Query, Words, parse


@dataclass(frozen=True, slots=True)
class View:
    """`query` is that of the sidebar's entry, `typed` what is filtered for; `reverse` turns the order round."""

    query: str = ""
    typed: str = ""
    sort: Sort = "added"
    reverse: bool = False

    def wanted(self) -> Query:
        """Both as one query. Raises BadQuery."""
        view, typed = parse(self.query), parse(self.typed)
        if view == And(()):
            return typed
        return view if typed == And(()) else And((view, typed))


def terms_of(typed: str) -> tuple[str, ...]:
    """The words to be marked where they stand; none while the filter cannot be read."""
    from store.errors import BadQuery

    try:
        return tuple(dict.fromkeys(_words(parse(typed))))
    except BadQuery:
        return ()


def _words(query: Query) -> list[str]:
    if isinstance(query, (And, Or)):
        return [word for part in query.parts for word in _words(part)]
    return [query.text] if isinstance(query, Words) and query.text else []
