"""What the full-screen app costs in a real terminal of 120x40, beside Textual's own widgets on the same data.

CPU is that of the whole program, from a key to the end of the frame that shows what the key is for. A median is of all
presses in all processes, which are fresh ones. A filter key counts until the program is quiet; what the others cost
until then (the text beside the list, the sizes of versions) is told beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from figure import Figure, median, spread
from kept import LONG_ONES, Kept, LongOne, kept

from known import make_known
from pty_app import ENTER, ESCAPE, F5, PGDN, Moment, PtyApp

MANY, FEW = 100_000, 1_000
STARTS, SITTINGS, PRESSES, DIFFS = 5, 3, 8, 4
IDLE = 10  # seconds
HELD, REPEATS = 40, 1 / 30  # presses, seconds between two
WORDS = {"Latin": "tides", "Chinese": "图书馆"}
PAGELOG = str(Path(sys.executable).with_name("pagelog"))
STOCK = [sys.executable, str(Path(__file__).with_name("stock.py"))]

Env = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Series:
    """One thing measured again and again: ms of CPU, ms of the clock, and ms of CPU until the program was quiet."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)

    def add(self, since: Moment, shown: Moment, quiet: Moment) -> None:
        """It was asked for, it was shown, the program was quiet."""
        self.cpu.append((shown - since).cpu)
        self.wall.append((shown - since).wall)
        self.whole.append((quiet - since).cpu)

    def figure(self, name: str, goal: float | None) -> Figure:
        """Its line of the table."""
        detail = f"{spread(self.cpu)}; wall {median(self.wall):.0f} ms; CPU until quiet {median(self.whole):.0f} ms"
        return Figure(name, median(self.cpu), "ms", goal, detail)

    def by(self, name: str, theirs: Series) -> Figure:
        """How much of what the other one costs."""
        ours, others = median(self.cpu), median(theirs.cpu)
        return Figure(name, ours / others, "x", 1, f"CPU {ours:.0f} ms to {others:.0f} ms")


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that is measured. `held` is in ms, `idle` in per cent of a core, memory in MB."""

    start: Series = field(default_factory=Series)
    start_few: Series = field(default_factory=Series)
    ready: Series = field(default_factory=Series)
    row: Series = field(default_factory=Series)
    page: Series = field(default_factory=Series)
    filters: dict[str, Series] = field(default_factory=lambda: {script: Series() for script in WORDS})
    document: Series = field(default_factory=Series)
    diff: Series = field(default_factory=Series)
    table: Series = field(default_factory=Series)
    table_page: Series = field(default_factory=Series)
    list_view: Series = field(default_factory=Series)
    markdown: Series = field(default_factory=Series)
    held: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    loaded: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


def figures(env: Env) -> Iterator[Figure]:
    """All lines of the table; `env` is what the programs run in."""
    env = {**env, "TEXTUAL_ANIMATIONS": "none"}
    many, few = kept(MANY), kept(FEW)
    measured = Measured()
    for one in (many, few):
        make_known(one.folder, env)  # every run has a home of its own
    for one in (many, few):  # once unmeasured: what was never read on this machine is read now
        with pagelog(one, env) as app:
            settled(app, one)
    for _ in range(STARTS):
        starts(measured, many, few, env)
    for _ in range(SITTINGS):
        sitting(measured, many, env)
        stock(measured, many, env)
    yield from told(measured)
    yield from compared(measured)


def pagelog(library: Kept, env: Env) -> PtyApp:
    """The real command."""
    return PtyApp([PAGELOG, "--library", str(library.folder)], env=env)


def settled(app: PtyApp, library: Kept) -> tuple[Moment, Moment, Moment]:
    """The first rows, all of them counted, and quiet."""
    return app.paints(library.title), app.paints(f"All links {library.total:,}"), app.quiet()


# --- pagelog ----------------------------------------------------------------------------------------------------------


def starts(measured: Measured, many: Kept, few: Kept, env: Env) -> None:
    """One start with very many links, one with few, and the list that holds few."""
    with pagelog(many, env) as app:
        rows, ready, quiet = settled(app, many)
        measured.start.add(app.begun, rows, quiet)
        measured.ready.add(app.begun, ready, quiet)
        measured.loaded.append(app.memory().now)
    with pagelog(few, env) as app:
        rows, _, quiet = settled(app, few)
        measured.start_few.add(app.begun, rows, quiet)
    with PtyApp([*STOCK, "list", str(few.folder)], env=env) as app:
        fill(app, few.title, measured.list_view)


def sitting(measured: Measured, library: Kept, env: Env) -> None:
    """Somebody at the keyboard, after the start."""
    with pagelog(library, env) as app:
        settled(app, library)
        before = app.now()
        idle = app.rest(IDLE) - before
        measured.idle.append(100 * idle.cpu / idle.wall)
        press(app, b"j", measured.row)
        measured.held.append(hold(app, b"j"))
        press(app, PGDN, measured.page)
        for script, word in WORDS.items():
            type_filter(app, word, measured.filters[script])
        look_only_at(app, LONG_ONES)
        open_documents(app, library.long_ones, measured.document)
        compare_versions(app, library.long_ones, measured.diff)
        measured.peak.append(app.memory().most)


def press(app: PtyApp, key: bytes, series: Series) -> None:
    """A key whose next frame shows what it did."""
    for _ in range(PRESSES):
        pressed = app.press(key)
        series.add(pressed, app.frame(pressed), app.quiet())


def hold(app: PtyApp, key: bytes) -> float:
    """A key held down: ms of CPU for each, with all that follows the last."""
    before = app.now()
    for _ in range(HELD):
        app.press(key)
        app.rest(REPEATS)
    return (app.quiet() - before).cpu / HELD


def type_filter(app: PtyApp, word: str, series: Series) -> None:
    """A word, letter by letter."""
    do(app, b"g", b"/")
    for letter in word:
        pressed = app.press(letter.encode())
        quiet = app.quiet()
        series.add(pressed, quiet, quiet)
    do(app, ESCAPE)


def look_only_at(app: PtyApp, query: str) -> None:
    """The links of a query, and the first of them."""
    do(app, b"/", query.encode(), ENTER, b"g")


def open_documents(app: PtyApp, documents: Iterable[LongOne], series: Series) -> None:
    """One long text after another, beside the list: each is opened once the focus rests on it."""
    for document in islice(documents, 1, PRESSES + 1):
        pressed = app.press(b"j")
        series.add(pressed, app.paints(document.begins, since=pressed), app.quiet())


def compare_versions(app: PtyApp, documents: Iterable[LongOne], series: Series) -> None:
    """What the newest version of each changed."""
    do(app, b"g")
    for document in islice(documents, DIFFS):
        newest = document.newest
        pressed = app.press(b"H")
        shown = app.paints(f"version {newest - 1} -> version {newest} +", "change 1/", since=pressed)
        series.add(pressed, shown, app.quiet())
        do(app, b"q", b"j")


def do(app: PtyApp, *keys: bytes) -> None:
    """Press keys that nobody measures."""
    for key in keys:
        app.press(key)
        app.quiet()


# --- Textual's own ----------------------------------------------------------------------------------------------------


def stock(measured: Measured, library: Kept, env: Env) -> None:
    """The same data in the widgets that Textual brings along."""
    with PtyApp([*STOCK, "table", str(library.folder)], env=env) as app:
        fill(app, library.title, measured.table)
        press(app, PGDN, measured.table_page)
    documents = library.long_ones[:DIFFS]
    with TemporaryDirectory(prefix="pagelog-bench-") as folder:
        files = [Path(folder, f"{number}.md") for number in range(len(documents))]
        for file, document in zip(files, documents, strict=True):
            file.write_text(document.text)
        with PtyApp([*STOCK, "text", *map(str, files)], env=env) as app:
            for document in documents:
                fill(app, document.begins, measured.markdown)


def fill(app: PtyApp, shown: str, series: Series) -> None:
    """A key, and what it shows; what it shows it from has been read before."""
    app.paints("press F5")
    app.quiet()
    pressed = app.press(F5)
    series.add(pressed, app.paints(shown, since=pressed), app.quiet())


# --- the table --------------------------------------------------------------------------------------------------------


def told(measured: Measured) -> Iterator[Figure]:
    """What was wanted of ours."""
    yield measured.start.figure(f"start to first rows, {MANY:,} links", 550)
    yield measured.start_few.figure(f"start to first rows, {FEW:,} links", 450)
    yield measured.ready.figure(f"start to all {MANY:,} ready", None)
    yield measured.row.figure("a key in the list (j)", 10)
    yield Figure(
        "the same, held down", median(measured.held), "ms", None, f"{HELD} presses, {REPEATS * 1000:.0f} ms apart"
    )
    yield measured.page.figure("a page of the list (PgDn)", 25)
    for script, series in measured.filters.items():
        yield series.figure(f"a filter key, {script}", 40)
    yield measured.document.figure("55 KB document, j to its text", 60)
    yield measured.diff.figure("diff of two 55 KB, H to the diff", 80)
    yield Figure("idle", median(measured.idle), "%", 0.5, f"CPU over {IDLE} s; most {max(measured.idle):.2f}")
    yield Figure("memory, all loaded", median(measured.loaded), "MB", 220, "VmRSS")
    yield Figure("memory, peak", max(measured.peak), "MB", 220, "VmHWM after everything above")


def compared(measured: Measured) -> Iterator[Figure]:
    """Ours by Textual's own: a whole start, with what is read in it, by the key that fills their widget."""
    yield measured.ready.by(f"start to all {MANY:,} / load DataTable", measured.table)
    yield measured.page.by("a page / DataTable", measured.table_page)
    yield measured.start_few.by(f"start / load ListView, {FEW:,} only", measured.list_view)
    yield measured.document.by("55 KB document / Markdown", measured.markdown)
