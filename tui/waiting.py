"""While a long job runs: its progress on stderr, a bar where a person looks, and an orderly end on ctrl+c."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from store.changing import Pace
from store.progress import Cancelled, Progress, Report, silent
from tui.output import Output, Status

_Done = TypeVar("_Done")


def all_or_nothing(output: Output, change: Callable[[Pace], _Done]) -> _Done | None:
    """Make a change of many links, with its progress; None when the user gave it up: then nothing has happened."""
    try:
        with shown() as report, giving_up() as given_up:
            return change(Pace(report, given_up))
    except Cancelled:
        output.note("pagelog: interrupted; nothing was changed.")
        output.status = Status.INTERRUPTED
        return None


@contextmanager
def shown() -> Iterator[Report]:
    """A report that draws; silent where stderr is no terminal. Results printed meanwhile stand above the bar."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bars:
        task = bars.add_task("", total=None)

        def report(progress: Progress) -> None:
            bars.update(task, description=progress.doing, completed=progress.done, total=progress.total)

        yield report


@contextmanager
def giving_up() -> Iterator[Event]:
    """Set by the first ctrl+c, so that what is ready is still stored; the second one interrupts as usual."""
    given_up = Event()
    before = signal.getsignal(signal.SIGINT)

    def first(*_: object) -> None:
        given_up.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, first)
    try:
        yield given_up
    finally:
        signal.signal(signal.SIGINT, before)
