"""Opens the app on a terminal, and says afterwards what the user must know."""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING

from tui.output import Output, Status
from tui.surprise import trouble

if TYPE_CHECKING:
    from tui.session import Session


def open_app(session: Session) -> int:
    """Run the app until the user leaves it: the exit status. Raises LibraryError before anything is drawn."""
    gc.disable()  # until the first picture is drawn: nothing of what is loaded is ever let go of
    output = session.output()
    with session.open(make=True) as library:
        from tui.app import PagelogApp

        app = PagelogApp(session, library)
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup: whoever ignores it wants us to go on
                signal.signal(number, lambda number, _: app.end(number))
        try:
            app.run()
        finally:
            if app.desk.under_way:
                doing = app.desk.under_way[0] or "the last change"
                output.note(f"pagelog: finishing ({doing}); ctrl+c leaves it undone, nothing is lost.")
            queued, given_up = app.stop()
    _say_what_is_left(output, queued, given_up)
    for sentence in app.desk.untold:
        output.note(f"pagelog: the last change was not made: {sentence}")
    if app.failure is not None:
        print(f"pagelog: {trouble(app.failure)}", file=sys.stderr)  # noqa: T201 - nothing else is sure to work
        return Status.SOME_FAILED
    return output.status


def _say_what_is_left(output: Output, queued: int, given_up: int) -> None:
    if queued:
        pages = "page is" if queued == 1 else "pages are"
        output.note(f"pagelog: {queued:,} {pages} not captured yet; the next start goes on with them.")
    if given_up:
        links = "link was" if given_up == 1 else "links were"
        output.note(f"pagelog: {given_up:,} {links} not refreshed any more; r does it again.")
