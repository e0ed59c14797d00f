"""Textual's own widgets with what pagelog shows: `stock.py table|list LIBRARY`, `stock.py text FILE...`.

What is to be shown is read first; it is shown at F5, of several texts the next one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Label, ListItem, ListView, Markdown

from store.library import Library

Cells = tuple[str, str, str, str]


class Stock(App[None]):
    """An empty widget, and a key that fills it."""

    BINDINGS: ClassVar[list[BindingType]] = [("f5", "show", "Show")]

    def compose(self) -> ComposeResult:
        yield Label("press F5")
        yield from self.widgets()

    def widgets(self) -> ComposeResult:
        raise NotImplementedError


class Table(Stock):
    """All links in a DataTable."""

    def __init__(self, rows: list[Cells]) -> None:
        super().__init__()
        self._rows = rows

    def widgets(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def action_show(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("title", "host", "tags", "added")
        table.add_rows(self._rows)
        table.focus()


class List(Stock):
    """All titles in a ListView."""

    def __init__(self, rows: list[Cells]) -> None:
        super().__init__()
        self._rows = rows

    def widgets(self) -> ComposeResult:
        yield ListView()

    async def action_show(self) -> None:
        await self.query_one(ListView).extend(ListItem(Label(title, markup=False)) for title, *_ in self._rows)


class Texts(Stock):
    """One text after another in a Markdown widget."""

    def __init__(self, texts: Iterator[str]) -> None:
        super().__init__()
        self._texts = texts

    def widgets(self) -> ComposeResult:
        yield Markdown()

    async def action_show(self) -> None:
        await self.query_one(Markdown).update(next(self._texts))


def rows_of(folder: str) -> list[Cells]:
    """What a row shows; a bracket would be markup to a DataTable."""
    with Library.open(Path(folder), originals=None) as library:
        return [
            (row.title.replace("[", "("), row.host, " ".join(row.tags), row.added[:10])
            for row in library.catalogue.select()
            if row.trashed is None
        ]


KINDS: dict[str, Callable[..., Stock]] = {
    "table": lambda folder: Table(rows_of(folder)),
    "list": lambda folder: List(rows_of(folder)),
    "text": lambda *files: Texts(iter([Path(file).read_text() for file in files])),
}


def main(kind: str, *shown: str) -> None:
    KINDS[kind](*shown).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
