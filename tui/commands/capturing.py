"""What `add` and `refresh` share: results as they become durable, progress, and an orderly end on ctrl+c."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

from store.progress import Report
from store.results import Result
from tui.output import Output, Status
from tui.records import CapturedRecord
from tui.waiting import giving_up, shown


def print_results(
    output: Output, wanted: int, undone: str, results: Callable[[Report, Event], Iterator[Result]]
) -> int:
    """Print every result; the exit status. What is done when the user gives up is kept, the rest `undone`."""
    done = 0
    with shown() as report, giving_up() as given_up:
        try:
            for result in results(report, given_up):
                done += 1
                print_result(output, result)
        except KeyboardInterrupt:  # pressed again
            given_up.set()
        left = wanted - done
        if given_up.is_set() and left:
            output.note(f"pagelog: interrupted; {done} done and kept, {left} {undone}.")
            return Status.INTERRUPTED
    return output.status


def print_result(output: Output, result: Result) -> None:
    """One result: a line on stdout, and what went wrong on stderr."""
    output.put(
        CapturedRecord(
            result.input, result.id, result.url, result.title, result.path, result.result, result.error,
            result.added_chars, result.removed_chars, output.config,
        )
    )  # fmt: skip
    if result.edit_kept:
        output.note("The page changed, and so did your copy: both changes are in it now. As it was before, as the page")
        output.note(f"has it, and as it is: pagelog log {result.id}")
    if result.dropped is not None and not output.as_json:
        on = f" on {result.dropped[:10]}" if result.dropped else ""
        output.note(f"{result.id}: the page still gives what you dropped{on}. To take it: refresh {result.id} --force")
    if result.error is None:
        return
    if result.result == "held":
        id_ = result.id
        look = f"Look at it: pagelog diff {id_} --held. Then: pagelog refresh {id_} --accept or --drop."
        output.complain(result.error, result.input, look)
        return
    output.complain(result.error, result.input)
    if result.result in ("added", "updated"):  # a first capture that is doubtful, and kept
        return
    output.status = max(output.status, Status.SOME_FAILED)
