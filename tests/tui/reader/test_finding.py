"""Finding in the text of the reader."""

from __future__ import annotations

from textual.pilot import Pilot

from reading import DOC, LONG, WORDS, Host, looks, opened, reading, said, shown
from screens import run, settle, text_of
from tui.text.hits import Hits
from tui.widgets.reader import Reader, head_of, prepare


def test_hits_are_counted_also_in_cells_and_the_current_one_is_stronger() -> None:
    found = reading(DOC, (60, 40), find="开放", looks=("开放通", "开放，"))

    now, hit = found.looks
    assert found.said == [(1, 3)]
    assert now.bgcolor != hit.bgcolor
    assert hit.underline


def test_n_and_capital_n_step_through_the_hits_and_around() -> None:
    assert said(DOC, (60, 40), *"nnnN", find="开放") == [(1, 3), (2, 3), (3, 3), (1, 3), (3, 3)]


def test_a_hit_out_of_sight_is_scrolled_to() -> None:
    assert any("Paragraph 30" in line for line in shown(LONG, (60, 10), find="paragraph 30"))


def test_finding_knows_no_case_accents_or_width() -> None:
    async def steps(pilot: Pilot[None]) -> list[int]:
        reader = await opened(pilot, "Der CAFÉ… Ｗｉｄｅ ﬁne")
        found = []
        for sought in ("café", "CAFE", "wide", "...", "fine", "nowhere"):
            reader.find(sought)
            found.append(reader.hits)
        return found

    assert run(Host(), (60, 5), steps) == [1, 1, 1, 1, 1, 0]


def test_the_right_characters_are_marked_behind_ones_that_fold_longer() -> None:
    before, hit, after = looks("……①…目标…", (60, 5), "①", "目", "…", find="目标")

    assert hit.bgcolor not in (before.bgcolor, after.bgcolor)
    assert before.bgcolor == after.bgcolor


def test_a_find_starts_where_slash_was_pressed_while_it_is_typed() -> None:
    async def steps(pilot: Pilot[None]) -> list[int]:
        reader = await opened(pilot, LONG)
        reader.go_to_heading(10)
        await pilot.press("slash")
        found = []
        for sought in ("Part", "Part 3", "Part 1"):
            reader.find(sought)
            await settle(pilot)
            found.append(reader.hit_at)
        return found

    assert run(Host(), (60, 10), steps) == [11, 2, 2]


def test_finding_nothing_says_so_and_an_empty_find_ends_it() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[int, int]:
        reader = await opened(pilot, DOC)
        reader.find("nowhere")
        await pilot.press("n")
        reader.find("开放")
        hits = reader.hits
        reader.find("")
        await settle(pilot)
        return hits, reader.hits

    host = Host()

    assert run(host, (60, 40), steps) == (3, 0)
    assert host.said == [(0, 0), "no hit", (1, 3), (0, 0)]


def test_what_is_sought_before_the_text_is_there_is_found_when_it_comes() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[int, int]:
        reader = pilot.app.query_one(Reader)
        reader.find("paragraph 30")
        reader.show(prepare(head_of(LONG), reader.columns))
        await settle(pilot)
        reader.show(prepare(LONG, reader.columns), at=reader.position)
        await settle(pilot)
        assert any("Paragraph 30" in line for line in text_of(pilot.app, "#reader"))
        return reader.hit_at, reader.hits

    assert run(Host(), (60, 10), steps) == (1, 1)


def test_the_current_hit_stays_when_the_same_text_comes_again() -> None:
    async def steps(pilot: Pilot[None]) -> list[int]:
        reader = await opened(pilot, LONG)
        reader.find("part")
        await pilot.press("n", "n")
        found = [reader.hit_at]
        reader.show(prepare(LONG, reader.columns), at=reader.position)
        found.append(reader.hit_at)
        reader.show(prepare(WORDS, reader.columns))
        return [*found, reader.hit_at]

    assert run(Host(), (60, 10), steps) == [3, 3, 0]


def test_only_the_hits_of_a_line_are_looked_at_when_it_is_painted() -> None:
    text = prepare("ab " * 100 + "[x](https://x.org) " * 30, 80).text
    hits = Hits(text, "b")
    piece = text.pieces[0]

    assert hits.between(piece, 2, 8) == [(4, 5), (7, 8)]
    assert hits.between(piece, 1, 2) == [(1, 2)]
    assert [(span.start, span.end) for span in text.spans_between(piece, 301, 303)] == [(302, 303)]
    assert text.spans_between(piece, 0, 300) == ()
