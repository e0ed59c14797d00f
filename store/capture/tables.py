"""Tables: layout tables dissolved, data tables laid out as a grid of cells, spans filled, within a bound.

A small table in a cell becomes lines of that cell. What no pipes can say (cells that overlap, a larger table in a data
table, more cells than a grid may have) stays HTML, on one line. `piped` writes the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from store.capture.listmarks import SPELLED, numbers_of
from store.capture.marks import BREAK
from store.capture.outline import ready_mark
from store.capture.tree import (
    BLOCKS,
    GONE,
    OPEN,
    Element,
    become_paragraph,
    drop,
    elements,
    holders,
    is_longer,
    one_space,
    settle_marked,
    text_of,
)

MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 200, 20_000, 200_000
_HEAVY = 600  # characters in a cell that is no datum
_MOST_HEAD = 4  # rows of a header
_INNER_ROWS, _INNER_CELL = 12, 80  # of a table that may be lines in a cell
_CELLS = ("td", "th")
_KEPT_ATTRIBUTES = frozenset(("href", "src", "alt", "colspan", "rowspan", "start"))


@dataclass(slots=True)
class Table:
    """A table taken out of the tree: laid out, or `source` as HTML with marks in it.

    `grid` gives the number of a cell in `cells`, also where it only reaches over; `origins`, where each begins.
    `head`: so many rows are its header, more than one only where they are names over names.
    """

    element: Element
    caption: str = ""
    source: str = ""
    rows: int = 0
    columns: int = 0
    head: int = 1
    grid: dict[tuple[int, int], int] = field(default_factory=dict)
    cells: list[Element] = field(default_factory=list)
    origins: list[tuple[int, int]] = field(default_factory=list)


def take_tables(root: Element, first_block: int) -> list[Table]:
    """Marks in the place of data tables, numbered from `first_block`, inner ones first; other tables are dissolved."""
    taken: list[Table] = []

    def take(table: Table) -> None:
        become_paragraph(table.element, ready_mark(first_block + len(taken)))
        taken.append(table)

    for table in elements(root, "table"):
        if table.getroottree().getroot() is root.getroottree().getroot() and is_irregular(table):
            take(Table(table, source=_kept_source(table)))
    for table in list(elements(root, "table"))[::-1]:
        if _becomes_lines(table):
            _write_lines(table)
    outer = holders(root, ("table",))
    for table in list(elements(root, "table"))[::-1]:
        if table not in outer and is_data_table(table):
            take(_laid_out(table))
        else:
            _dissolve(table)
    for orphan in list(root.iter("tr", "td", "th", "tbody", "thead", "tfoot", "caption")):
        orphan.tag = "div"
    for orphan in list(root.iter("col", "colgroup")):
        orphan.tag = GONE
    settle_marked(root)
    return taken


def is_data_table(table: Element) -> bool:
    """Rows and columns mean something: no nested table, several columns, no heavy cells."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return False
    rows = [row for row in map(_cells_of, table.iter("tr")) if row]
    if not rows or max(map(len, rows)) < 2:
        return False
    if any(table.find(f".//{tag}") is not None for tag in ("th", "caption", "thead")):
        return True
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or any(map(_is_heavy, cells)) or sum(1 for cell in cells if text_of(cell).strip()) < 2:
        return False
    return sum(1 for row in rows if len(row) >= 2) >= max(1, len(rows) * 0.4)


def _is_heavy(cell: Element) -> bool:
    if is_longer(cell, _HEAVY) or (len(cell) > 0 and len(cell.findall(".//p")) > 4):
        return True
    return len(cell) > 0 and any(cell.find(f".//{tag}") is not None for tag in ("h1", "h2", "form"))


def _cells_of(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in _CELLS]


def _own_rows(table: Element) -> list[Element]:
    sections = [table, *(part for part in table if part.tag in ("thead", "tbody", "tfoot"))]
    return [row for section in sections for row in section if row.tag == "tr"]


def is_irregular(table: Element) -> bool:
    """A data table that no grid can hold: a larger table in a cell, cells that overlap, or too many of them."""
    if table.find(".//table") is None:
        return is_data_table(table) and (_is_too_large(table) or _overlaps(table))
    inner = [nested for nested in table.iterdescendants("table") if _outer_table(nested) is table]
    return _states_data(table) and not all(map(_is_simple, inner))


def _is_too_large(table: Element) -> bool:
    rows = [_cells_of(row) for row in table.iter("tr")]
    width = max(map(len, rows), default=0)
    return len(rows) > MOST_ROWS or width > MOST_COLUMNS or len(rows) * width > MOST_CELLS


def _states_data(table: Element) -> bool:
    """Though tables are in it: it has headers of its own, rows, and most of its cells are plain."""
    rows = [row for row in map(_cells_of, _own_rows(table)) if len(row) > 1]
    cells = [cell for row in rows for cell in row]
    if table.get("role") in ("presentation", "none") or len(rows) < 2:
        return False
    plain = sum(1 for cell in cells if cell.find(".//table") is None and not _is_heavy(cell))
    return any(cell.tag == "th" for cell in cells) and plain > 0.7 * len(cells)


def _outer_table(table: Element) -> Element | None:
    return next(table.iterancestors("table"), None)


def _is_simple(table: Element) -> bool:
    rows = _own_rows(table)
    cells = [cell for row in rows for cell in _cells_of(row)]
    if len(rows) > _INNER_ROWS or any(len(row) > 4 for row in rows) or table.find(".//table") is not None:
        return False
    return not any(is_longer(cell, _INNER_CELL) or any(part.tag in BLOCKS for part in cell) for cell in cells)


def _becomes_lines(table: Element) -> bool:
    outer = _outer_table(table)
    return outer is not None and _is_simple(table) and _states_data(outer)


def _write_lines(table: Element) -> None:
    for row in _own_rows(table):
        for number, cell in enumerate(_cells_of(row)):
            cell.text = (" · " if number else "") + (cell.text or "").strip()
            cell.tag, cell.tail = OPEN, None
        row.tag = "div"
    for part in list(table):
        if part.tag in ("tbody", "thead", "tfoot"):
            part.tag = OPEN
    table.tag = "div"
    settle_marked(table)


def _dissolve(table: Element) -> None:
    for part in list(table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption")):
        part.tag = "div"
    for part in list(table.iter("col", "colgroup")):
        part.tag = GONE


def _kept_source(table: Element) -> str:
    for part in table.iter():
        for name in part.attrib:
            if name not in _KEPT_ATTRIBUTES:
                del part.attrib[name]
    etree.strip_tags(table, OPEN)
    source = etree.tostring(table, encoding="unicode", method="html", with_tail=False)
    return re.sub(r"\s+", " ", str(source))


def _laid_out(table: Element) -> Table:
    laid = Table(table)
    caption = table.find(".//caption")
    if caption is not None:
        laid.caption = one_space(text_of(caption))
        drop(caption)
    rows = [_cells_of(row) for row in _rows_in_order(table)]
    laid.head = _head_rows(table, rows)
    for number, cells in enumerate(rows):
        _add_row(laid, cells, len(rows) - number)
    for cell in laid.cells:
        _flatten(cell)
    return laid


def _rows_in_order(table: Element) -> list[Element]:
    """Header rows first and footer rows last, wherever they stand in the source; a row without cells is none."""
    order = {"thead": 0, "tfoot": 2}
    rows = [row for row in table.iter("tr") if any(cell.tag in _CELLS for cell in row)]
    return sorted(rows, key=lambda row: order.get(row.getparent().tag, 1))


def _head_rows(table: Element, rows: list[list[Element]]) -> int:
    """How many rows are names over names: those of `thead`, of `th` alone, or as far as its narrow cells reach down.

    A name of the whole table over them counts as one of them.
    """
    first = 1 if len(rows) > 1 and len(rows[0]) == 1 else 0
    stated = sum(1 for row in table.iter("tr") if row.getparent().tag == "thead" and _cells_of(row))
    while first < stated < len(rows) and len(rows[stated - 1]) == 1:
        stated -= 1  # the name of a group of rows
    names = takewhile(lambda row: len(row) > 1 and all(cell.tag == "th" for cell in row), rows[first:])
    found = max(stated, first + len(list(names)), first + _reach(rows[first] if rows else []))
    over = [cell for row in rows[first : found - 1] for cell in row]
    is_named_over = any(_span(cell, name) > 1 for cell in over for name in ("colspan", "rowspan"))
    return found if found <= _MOST_HEAD and found < len(rows) and (is_named_over or found == first + 1) else 1


def _reach(cells: list[Element]) -> int:
    """How far down the first row's narrow cells reach where others are wide and do not."""
    deep = {_span(cell, "rowspan") for cell in cells if _span(cell, "colspan") == 1}
    wide = {_span(cell, "rowspan") for cell in cells if _span(cell, "colspan") > 1}
    return deep.pop() if len(deep) == 1 and wide and max(deep | wide) > max(wide) else 1


def _add_row(laid: Table, cells: list[Element], left: int) -> None:
    """One row more; no cell takes the room of those behind it, or reaches below the `left` rows."""
    row, column = laid.rows, 0
    for number, cell in enumerate(cells, 1):
        while (row, column) in laid.grid:
            column += 1
        room = MOST_CELLS - len(laid.grid)
        width = max(1, min(_span(cell, "colspan"), MOST_COLUMNS - column - (len(cells) - number), room))
        height = max(1, min(_span(cell, "rowspan"), left, room // width))
        for down in range(height):
            for right in range(width):
                laid.grid.setdefault((row + down, column + right), len(laid.cells))
        laid.cells.append(cell)
        laid.origins.append((row, column))
        column += width
        laid.columns = max(laid.columns, column)
    laid.rows += 1


def _overlaps(table: Element) -> bool:
    """A cell reaches down into a place that a wide cell of a later row takes as well."""
    if table.find(".//*[@rowspan]") is None or table.find(".//*[@colspan]") is None:
        return False
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(_rows_in_order(table)):
        column = 0
        for cell in _cells_of(row):
            while (number, column) in taken:
                column += 1
            width, height = min(_span(cell, "colspan"), MOST_COLUMNS), min(_span(cell, "rowspan"), 500)
            places = {(number + down, column + right) for down in range(height) for right in range(width)}
            if places & taken:
                return True
            if len(taken) > MOST_CELLS:
                return False
            taken |= places
            column += width
    return False


def _span(cell: Element, name: str) -> int:
    found = re.match(r"\s*(\d{1,4})", cell.get(name) or "1")
    return max(1, int(found[1])) if found else 1


def _flatten(cell: Element) -> None:
    """Blocks, lists and line breaks in a cell: one line, with breaks between."""
    for listing in cell.iter("ul", "ol"):
        for number, item in numbers_of(listing):
            sign = f"{number}. " if listing.tag == "ol" else "" if listing.get(SPELLED) is not None else "• "
            item.text = sign + (item.text or "").lstrip()
    for inner in cell.iterdescendants():
        if inner.tag == "br":
            continue
        if inner.tag in BLOCKS:
            inner.text = BREAK + (inner.text or "").lstrip()
            if (inner.tail or "").strip():
                inner.tail = BREAK + inner.tail.lstrip()
            inner.tag = OPEN
    settle_marked(cell)
