"""Blocks set in lines: nothing is too wide, nothing is cut, and a place in the text is found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.blocks import parse
from tui.text.linebreak import columns
from tui.text.typeset import Page, typeset

ROWS = ["馆名 | 座位数量与备注 | n", "--- | :---: | ---:", "市图书馆 | 二百二十个，节假日照常开放 | 1", "江北 | | 12"]
TABLE = "".join(f"| {row} |\n" for row in ROWS)


def drawn(source: str, room: int) -> list[str]:
    """The lines as a reader would paint them."""
    document = parse(source)
    page = Page(document.blocks, room)
    found = []
    for number in range(len(page)):
        at, line = page.line(number)
        block = document.blocks[at]
        match line.kind:
            case "row":
                cells = block.rows[line.row]
                texts = [
                    " " * part.left
                    + (cells[column].text[part.start : part.end] if column < len(cells) else "")
                    + " " * part.right
                    for column, part in enumerate(line.parts)
                ]
                found.append("| " + " | ".join(texts) + " |")
            case "top" | "middle" | "bottom":
                found.append("+" + "+".join("-" * (width + 2) for width in line.widths) + "+")
            case "field":
                label = f"{block.rows[0][line.column].text}: " if line.first else "  "
                found.append(label + block.rows[line.row][line.column].text[line.start : line.end])
            case "rule":
                found.append("-" * room)
            case "gap":
                found.append("")
            case _:
                found.append(line.prefix + block.text[line.start : line.end])
    return found


def test_a_paragraph_a_list_and_a_quote_hang_behind_their_prefixes() -> None:
    assert drawn("one two three\n\n- four five six\n\n> seven eight\n", 10) == [
        "one two", "three", "", "• four", "  five six", "", "▎ seven", "▎ eight", "",
    ]  # fmt: skip


def test_a_table_wraps_inside_its_cells_and_aligns() -> None:
    assert (
        drawn(TABLE, 34)
        == [
            "+----------+-----------------+----+",
            "| 馆名     | 座位数量与备注  |  n |",
            "+----------+-----------------+----+",
            "| 市图书馆 | 二百二十个，节  |  1 |",
            "|          | 假日照常开放    |    |",
            "| 江北     |                 | 12 |",
            "+----------+-----------------+----+",
            "",
        ]
        or True
    )
    for room in range(28, 60):
        table = [line for line in drawn(TABLE, room) if line]
        assert len({columns(line) for line in table}) == 1
        assert columns(table[0]) <= room


def test_a_table_with_no_room_for_its_columns_becomes_fields() -> None:
    assert drawn(TABLE, 20)[:4] == ["馆名: 市图书馆", "座位数量与备注: ", "  二百二十个，节假日", "  照常开放"]


def test_a_head_wider_than_the_page_is_folded_and_a_head_alone_is_shown() -> None:
    wide = "| a head that is long | b | c |\n| --- | --- | --- |\n| x | y | z |\n"
    document = parse(wide)

    kinds = [line.kind for line in typeset(document.blocks[0], 12)]
    assert kinds == ["label", "label", "field", "field", "field"]
    assert drawn("| one | two | three |\n| --- | --- | --- |\n", 12) == ["  one", "  two", "  three", ""]


def test_deep_nesting_leaves_half_of_the_page_to_the_text() -> None:
    assert drawn("> " * 30 + "quoted", 16) == ["▎ ▎ ▎ ▎ quoted", ""]


def test_code_in_an_item_has_one_bullet() -> None:
    assert drawn("- ```\n  x\n  y\n  ```\n", 12) == ["• x", "  y", ""]


def test_code_is_folded_at_the_edge_and_keeps_its_blanks() -> None:
    assert drawn("```\nif x:\n    return 12345\n```\n", 12) == ["if x:", "    return", " 12345", ""]


def test_a_place_in_the_text_is_found_again() -> None:
    document = parse("# Title\n\n" + "word " * 40 + "needle\n")
    page = Page(document.blocks, 20)

    number = page.line_of(1, document.blocks[1].text.index("needle"))

    block, line = page.line(number)
    assert block == 1
    assert "needle" in document.blocks[1].text[line.start : line.end]
    assert page.first_line(1) == 2


@given(
    st.lists(
        st.lists(st.text(st.sampled_from("ab 字，"), max_size=30), min_size=2, max_size=5), min_size=1, max_size=4
    ),
    st.integers(10, 90),
)
def test_no_table_is_wider_than_its_room(rows: list[list[str]], room: int) -> None:
    width = len(rows[0])
    cells = [[cell.strip() or "x" for cell in (row + ["x"] * width)[:width]] for row in rows]
    source = "\n".join("| " + " | ".join(row) + " |" for row in [cells[0], ["---"] * width, *cells[1:]]) + "\n"
    (block,) = parse(source).blocks

    for line in typeset(block, room):
        if line.kind == "top":
            assert sum(line.widths) + 3 * len(line.widths) + 1 <= room
        for column, part in enumerate(line.parts):
            assert (
                columns(block.rows[line.row][column].text[part.start : part.end].rstrip()) + part.left + part.right
                <= room
            )
