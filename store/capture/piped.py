"""A table that was laid out, as pipes: spans filled, a header of several rows as one, nothing twice that is long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.capture.tables import Table

_FILLED = 100  # characters: a longer text is not repeated where its cell reaches over others


def write_table(table: Table, texts: list[str]) -> str:
    """The pipes. `texts` are the cells' Markdown, one line each; empty rows and columns are left out."""
    rows, head = _filled_rows(table, texts)
    caption = table.caption
    if len(rows) > 2 and _is_title(table, texts):
        caption, rows, head = " ".join(filter(None, (caption, next(filter(None, rows[0]))))), rows[1:], head - 1
    if not rows or not rows[0]:
        return caption
    if head > 1:
        rows = [_joined(rows[:head]), *rows[head:]]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return (f"{caption}\n\n" if caption else "") + "\n".join(lines)


_ADDRESS = re.compile(r"\]\([^()\s]*\)")  # of a link: a session id in it must not decide how a table is filled


def _joined(head: Sequence[list[str]]) -> list[str]:
    """Names over names as one: what stands over several columns is said in each of them."""
    return [" ".join(dict.fromkeys(filter(None, names))) for names in zip(*head, strict=True)]


def _filled_rows(table: Table, texts: list[str]) -> tuple[list[list[str]], int]:
    """The rows, and how many of them are the header."""
    said = [place for place, text in zip(table.origins, texts, strict=True) if text]
    columns = sorted({column for _, column in said})
    rows = sorted({row for row, _ in said})
    head = sum(1 for row in rows if row < table.head)
    return [[_text_at(table, texts, row, column) for column in columns] for row in rows], head


def _text_at(table: Table, texts: list[str], row: int, column: int) -> str:
    """A cell's text, again wherever it reaches; once, if it is long, or wide as the table."""
    number = table.grid.get((row, column))
    if number is None:
        return ""
    first = table.origins[number]
    repeats = first != (row, column)
    if repeats and (
        len(_ADDRESS.sub("]", texts[number])) > _FILLED or "![" in texts[number] or _is_alone(table, first[0])
    ):
        return ""
    return texts[number]


def _is_alone(table: Table, row: int) -> bool:
    return table.columns > 1 and table.grid.get((row, 0)) == table.grid.get((row, table.columns - 1))


def _is_title(table: Table, texts: list[str]) -> bool:
    """The first row is one cell over the whole width: the table's name, not its header."""
    first = min(place for place, text in zip(table.origins, texts, strict=True) if text)
    return _is_alone(table, first[0])
