"""Tables: layout tables dissolved, data tables laid out as a grid of cells, spans and all, within a bound."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.capture.marks import BLOCK, BLOCK_END, BREAK
from store.capture.tree import (
    BLOCKS,
    Element,
    become_paragraph,
    become_text,
    drop,
    elements,
    one_space,
    text_of,
    unwrap,
)

MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 200, 20_000, 200_000
_HEAVY = 600  # characters in a cell that is no datum


@dataclass(slots=True)
class Table:
    """A laid out table: `grid` gives the number of a cell in `cells`, or -1 where one only reaches over."""

    caption: str
    rows: int
    columns: int
    grid: dict[tuple[int, int], int]
    cells: list[Element]


def take_tables(root: Element, first_block: int) -> list[Table]:
    """Marks in the place of data tables, numbered from `first_block`, inner ones first; other tables are dissolved."""
    taken: list[Table] = []
    for table in list(elements(root, "table"))[::-1]:
        if is_data(table):
            taken.append(_laid_out(table))
            become_paragraph(table, f"{BLOCK}{first_block + len(taken) - 1}{BLOCK_END}")
        else:
            _dissolve(table)
    for orphan in elements(root, "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "col", "colgroup"):
        orphan.tag = "div"
    return taken


def is_data(table: Element) -> bool:
    """Rows and columns mean something: no nested table, several columns, no heavy cells."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if not rows or max(map(len, rows)) < 2:
        return False
    if any(table.find(f".//{tag}") is not None for tag in ("th", "caption", "thead")):
        return True
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or any(map(_is_heavy, cells)) or sum(1 for cell in cells if text_of(cell).strip()) < 2:
        return False
    return sum(1 for row in rows if len(row) >= 2) >= max(1, len(rows) * 0.4)


def _is_heavy(cell: Element) -> bool:
    if len(text_of(cell)) > _HEAVY or len(cell.findall(".//p")) > 4:
        return True
    return any(cell.find(f".//{tag}") is not None for tag in ("h1", "h2", "form"))


def _dissolve(table: Element) -> None:
    for part in list(table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption")):
        part.tag = "div"
    for part in elements(table, "col", "colgroup"):
        drop(part)


def _laid_out(table: Element) -> Table:
    caption = table.find(".//caption")
    words = one_space(text_of(caption)) if caption is not None else ""
    if caption is not None:
        drop(caption)
    laid = Table(words, 0, 0, {}, [])
    for row in _rows_in_order(table):
        if laid.rows >= MOST_ROWS or len(laid.grid) >= MOST_CELLS:
            break
        _add_row(laid, [cell for cell in row if cell.tag in ("td", "th")])
    for cell in laid.cells:
        _flatten(cell)
    return laid


def _rows_in_order(table: Element) -> list[Element]:
    """Header rows first and footer rows last, wherever they stand in the source."""
    rows = list(table.iter("tr"))
    heads = [row for row in rows if row.getparent().tag == "thead"]
    feet = [row for row in rows if row.getparent().tag == "tfoot"]
    return heads + [row for row in rows if row not in heads and row not in feet] + feet if heads or feet else rows


def _add_row(laid: Table, cells: list[Element]) -> None:
    if not cells:
        return
    row, column = laid.rows, 0
    for cell in cells:
        while (row, column) in laid.grid:
            column += 1
        if column >= MOST_COLUMNS:
            break
        width = min(_span(cell, "colspan"), MOST_COLUMNS - column)
        height = min(_span(cell, "rowspan"), 500)
        number = len(laid.cells)
        laid.cells.append(cell)
        for down in range(height):
            for right in range(width):
                laid.grid[row + down, column + right] = number if down == right == 0 else -1
        column += width
        laid.columns = max(laid.columns, column)
    laid.rows += 1


def _span(cell: Element, name: str) -> int:
    found = re.match(r"\s*(\d{1,4})", cell.get(name) or "1")
    return max(1, int(found[1])) if found else 1


def _flatten(cell: Element) -> None:
    """Blocks, lists and line breaks in a cell: one line, with breaks between."""
    for item in cell.iter("li"):
        item.text = "• " + (item.text or "").lstrip()
    for inner in elements(cell):
        if inner.tag == "br":
            become_text(inner, BREAK)
        elif inner.tag in BLOCKS:
            inner.text = BREAK + (inner.text or "").lstrip()
            if (inner.tail or "").strip():
                inner.tail = BREAK + inner.tail.lstrip()
            unwrap(inner)


def write_table(table: Table, texts: list[str]) -> str:
    """The pipes. `texts` are the cells' Markdown, one line each; empty rows and columns are left out."""

    def text(place: tuple[int, int]) -> str:
        number = table.grid.get(place, -1)
        return texts[number] if 0 <= number < len(texts) else ""

    rows = [[text((row, column)) for column in range(table.columns)] for row in range(table.rows)]
    rows = [row for row in rows if any(row)]
    columns = [column for column in range(table.columns) if any(row[column] for row in rows)]
    if not rows or not columns:
        return table.caption
    lines = ["| " + " | ".join(row[column] for column in columns) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(columns))
    return (f"{table.caption}\n\n" if table.caption else "") + "\n".join(lines)
