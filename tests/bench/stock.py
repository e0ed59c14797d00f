"""Textual's own widgets with what pagelog shows, to compare with: `stock.py table|list|markdown LIBRARY`.

`table` and `list` hold every link from the start on, `markdown` shows the first long text at F5.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Label, ListItem, ListView, Markdown

from store import search
from store.library import Library
from store.query import parse

Cells = tuple[str, str, str, str]


class Table(App[None]):
    """All links in a DataTable."""

    def __init__(self, rows: list[Cells]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("title", "host", "tags", "added")
        table.add_rows(self._rows)


class List(App[None]):
    """All titles in a ListView."""

    def __init__(self, rows: list[Cells]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        yield ListView(*(ListItem(Label(title, markup=False)) for title, *_ in self._rows))


class Document(App[None]):
    """A text in a Markdown widget."""

    BINDINGS: ClassVar[list[BindingType]] = [("f5", "show", "Show")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Label("press F5")
        yield Markdown()

    async def action_show(self) -> None:
        await self.query_one(Markdown).update(self._text)


def rows_of(library: Library) -> list[Cells]:
    """What a row shows; a bracket would be markup to a DataTable."""
    return [
        (row.title.replace("[", "("), row.host, " ".join(row.tags), row.added[:10])
        for row in library.catalogue.select()
        if row.trashed is None
    ]


def first_of(library: Library, query: str) -> str:
    """The text of the first link that the query finds."""
    return library.link(next(search.select(library, parse(query))).id).body


def main(widget: str, folder: str, query: str = "") -> None:
    with Library.open(Path(folder), originals=None) as library:
        app: App[None]
        if widget == "markdown":
            app = Document(first_of(library, query))
        else:
            app = (Table if widget == "table" else List)(rows_of(library))
    app.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
