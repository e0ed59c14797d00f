"""The app: its screens, theme, and what runs beside them: captures, and the watch on the library's folder.

It holds what the screens share. Work on the library is done by the desk's threads and by the captures' own; both only
post back. Nothing here decides anything about links.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import copy_context
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import Widget
from textual.worker import WorkerFailed

from store.edits import Stillness
from store.errors import PagelogError, unpack
from store.library import Library
from store.link import Row
from store.watch import Seen
from tui import shown
from tui.captures import Captures, Job
from tui.desk import Desk, Trouble
from tui.driver import Driver
from tui.rows import Rows
from tui.screens.beside import beside
from tui.session import Session
from tui.shown import ShownLink
from tui.tasks import Tasks

_T = TypeVar("_T")
_GATHER = 0.12  # seconds in which news of captures is gathered before it is drawn
_WARM_AFTER = 1.5  # seconds
_KEY_PATIENCE = 0.5  # seconds for one key
_HUNG_UP = 2.0  # seconds for an orderly end without a terminal
_LOOK_AT_EDITS = 10.0  # seconds between looks at whether one has been still for long enough


class PagelogApp(App[None]):
    """The library in a full-screen terminal."""

    CSS_PATH = "app.tcss"
    TITLE = "pagelog"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, session: Session, library: Library) -> None:
        super().__init__(driver_class=Driver)
        self.animation_level = "none"
        self.session = session
        self.library = library
        self.desk = Desk(self._open, str(session.config.path))
        self.captures = Captures(self._open, session.capture_settings, self._told_by_thread)
        self.tasks = Tasks(self.desk, lambda: self._from_thread(self.worked.publish, None))
        self.rows = Rows(self._fetch)
        self.captured: Signal[frozenset[str]] = Signal(self, "captured")  # ids whose capture moved on
        self.moved: Signal[None] = Signal(self, "moved")  # the library changed underneath
        self.worked: Signal[None] = Signal(self, "worked")  # a task moved on
        self._stop = threading.Event()
        self._told: set[Job] = set()
        self._settled: dict[Job, int] = {}
        self._gathering = False
        self._adopting = False
        self._is_ending = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loop_context = copy_context()
        self._stillness = Stillness()
        self._watcher: threading.Thread | None = None

    def _open(self) -> Library:
        return self.session.open()

    # --- beginning and end --------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the library; everything else comes after the first picture."""
        from tui.screens.library import LibraryScreen

        self.theme = theme_of(self.session)
        self._loop, self._loop_context = asyncio.get_running_loop(), copy_context()
        self._loop.set_exception_handler(self._failed_call)
        if self._is_ending:  # a signal came before the first picture
            self.exit()
            return
        self.push_screen(LibraryScreen())

    def begin(self) -> None:
        """The first picture is drawn: go on with what was queued, and watch what others do."""
        beside(self, "begin", self._go_on)
        beside(self, "begin", self._warm)
        self._watcher = threading.Thread(target=self._watch, name="watch", daemon=True)
        self._watcher.start()
        self.set_interval(_LOOK_AT_EDITS, self._adopt)
        gc.freeze()  # what was loaded stays: a collection that looks at all of it would take 50 ms of some key
        gc.enable()

    def end(self, number: int) -> None:
        """A signal asks us to end, whatever we are doing; for a handler of it in the main thread."""
        self._is_ending = True
        if self._loop is not None:
            ending = self._hung_up if number == signal.SIGHUP else self.exit
            self._loop.call_soon_threadsafe(ending, context=self._loop_context)

    def _hung_up(self) -> None:
        """The terminal is gone. What waits to be written to it must not keep us: nothing durable needs an end."""
        ending = threading.Timer(_HUNG_UP, os._exit, (128 + signal.SIGHUP,))
        ending.daemon = True
        ending.start()
        self.exit()

    def stop(self) -> tuple[int, int]:
        """End what runs beside the screens: the additions that stay queued, the refreshes that are given up."""
        self._stop.set()
        self.tasks.close()
        left = self.captures.close()
        self.desk.close()
        if self._watcher is not None:
            self._watcher.join(2)
        return left

    async def _shutdown(self) -> None:
        """From here on widgets go, one after the other: nothing must be drawn any more."""
        self.desk.leave()
        await super()._shutdown()

    def _failed_call(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What a thread had called on the loop went wrong."""
        error = context.get("exception")
        if isinstance(error, Exception) and "handle" in context:
            self.fail(error)
        else:
            loop.default_exception_handler(context)

    def fail(self, error: Exception) -> None:
        """End the app for an error that nobody foresaw."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        super()._handle_exception(cause if isinstance(cause, Exception) else error)

    def panic(self, *_: object) -> None:
        """No traceback reaches the screen: who started the app tells what happened."""
        self._close_messages_no_wait()

    _fatal_error = panic

    @property
    def failure(self) -> Exception | None:
        """The error nobody foresaw that ended the app."""
        return self._exception

    def _from_thread(self, call: Callable[[_T], None], value: _T) -> None:
        """Call this on the loop, unless the app is ending."""
        if self._loop is not None and not self._stop.is_set():
            self._loop.call_soon_threadsafe(call, value, context=self._loop_context)

    # --- saying -------------------------------------------------------------------------------------------------------

    def say(self, sentence: str, *, trouble: bool = False) -> None:
        """A clean sentence on the message line of the screen in front."""
        from tui.widgets.status import StatusLine

        for screen in reversed(self.screen_stack):
            for line in screen.query(StatusLine):
                line.say(sentence, trouble=trouble)
                return

    async def on_event(self, event: events.Event) -> None:
        """A key is carried out before the next one is looked at, so who types ahead types to the right place."""
        screen = self.screen if self._screen_stack else None
        node = screen.focused if screen is not None else None
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded or screen is None:
            await super().on_event(event)
            return
        if isinstance(event, events.Paste) or not await self._edits(node, event):
            await super().on_event(event)
        await self._carried_out(node, screen)

    async def _edits(self, node: Widget | None, event: events.Key) -> bool:
        """A key that a field is bound to, such as backspace: it would come back to us behind the keys that follow."""
        takes_letters = node is not None and node.check_consume_key("x", "x")
        if not takes_letters or event.is_printable:
            return False
        return await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)

    async def _carried_out(self, node: Widget | None, screen: Screen[object]) -> None:
        """Every message of a key has arrived, from the widget up to the screen; a screen that it opened has a focus."""
        end = asyncio.get_running_loop().time() + _KEY_PATIENCE
        pump: DOMNode | None = node if node is not None else screen
        while pump is not None and pump is not self and await _drained(pump, end):
            pump = pump.parent if isinstance(pump.parent, DOMNode) else None
        while self._screen_stack and not getattr(self.screen, "settled", True):  # the links of a filter just typed
            if asyncio.get_running_loop().time() > end:
                return
            await asyncio.sleep(0.005)
        while self._screen_stack and self.screen is not screen and asyncio.get_running_loop().time() < end:
            if self.screen.focused is not None:
                await _drained(self.screen.focused, end)
                return
            await asyncio.sleep(0.005)

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _fetch(self, ids: Sequence[str]) -> Mapping[str, ShownLink]:
        capturing = self.captures.under_way()
        rows = self.library.rows(ids)
        return {row.id: self._shown(row, row.id in capturing) for row in rows}

    def _shown(self, row: Row, capturing: bool) -> ShownLink:
        reason: PagelogError | None = None
        if row.held:
            packed = self.library.state.held_reason(row.id)
            reason = unpack(packed) if packed else None
        elif row.pending or row.broken:
            reason = self.library.reason(row.id)
        return shown.link(row, reason, capturing=capturing)

    # --- captures -----------------------------------------------------------------------------------------------------

    async def add(self, addresses: Sequence[str], tags: Sequence[str]) -> tuple[str, ...]:
        """Put addresses into the durable queue and capture them: the ids, in the order typed. Raises Trouble."""
        from store import queueing
        from store.tags import clean_tag

        clean = tuple(map(clean_tag, tags))
        queued = await self.desk.keep(lambda library: queueing.enqueue(library, addresses, clean, None))
        found = [entry for entry in queued if not isinstance(entry, PagelogError)]
        self._capture((entry.id, entry.url) for entry in found)
        return tuple(dict.fromkeys(entry.id for entry in found))

    def _capture(self, queued: Iterable[tuple[str, str]]) -> None:
        entries = dict(queued)
        if entries:
            self._announce(self.captures.add(tuple(entries), tuple(entries.values())))

    def refresh_links(self, ids: Sequence[str]) -> None:
        """Capture links again."""
        self._announce(self.captures.refresh(ids))

    def cancel(self, job: Job) -> None:
        """End a job. Additions that were not captured are kept as pending links."""
        self.captures.cancel(job)
        self._news(job)

    def _announce(self, job: Job) -> None:
        self._news(job)

    def _told_by_thread(self, job: Job) -> None:
        self._from_thread(self._news, job)

    def _news(self, job: Job) -> None:
        self._told.add(job)
        if not self._gathering:
            self._gathering = True
            self.set_timer(_GATHER, self._tell)

    def _tell(self) -> None:
        self._gathering = False
        told, self._told = self._told, set()
        ids: set[str] = set()
        for job in told:
            seen = self._settled.get(job, 0)
            fresh = job.results[seen:]
            self._settled[job] = seen + len(fresh)
            ids.update(result.id for result in fresh if result.id)
            if seen == 0 or not job.active:
                ids.update(job.wanted)
            if not job.active:
                self._ended(job)
        self.rows.forget(ids)
        self.captured.publish(frozenset(ids))

    def _ended(self, job: Job) -> None:
        from tui.screens.jobs import job_title, outcome

        if job.state == "cancelled" and job.kind == "add":
            beside(self, "begin", self._keep_pending, job.left)
        if job.trouble:
            self.say(job.trouble, trouble=True)
        elif job.state == "cancelled":
            self.say(f"Cancelled: {job_title(job)}. {len(job.left):,} left, what was done stays.")
        elif job.total == 1 and job.results:
            result = job.results[0]
            why = f" {shown.reason_of(result.error)}" if result.error is not None else ""
            kept = " Your own changes are kept in it." if result.edit_kept else ""
            self.say(f"{result.result.capitalize()}: {shown.line(result.title or result.input, 80)}.{why}{kept}")
        else:
            self.say(f"{job_title(job)}: {outcome(job)}.")

    async def _keep_pending(self, ids: Sequence[str]) -> None:
        from store import queueing

        try:
            await self.desk.change(lambda library: queueing.commit_queued(library, ids))
        except Trouble as error:
            self.say(error.sentence, trouble=True)
        self.rows.forget(ids)
        self.moved.publish(None)

    async def _warm(self) -> None:
        """Import what the first look at a history needs, while nobody waits for it."""
        await asyncio.sleep(_WARM_AFTER)
        await self.desk.look(lambda _: importlib.import_module("store.keeping.holding"))

    async def _go_on(self) -> None:
        """Capture what an earlier run left in the queue."""
        from store import queueing

        try:
            queued = await self.desk.look(queueing.queued)
        except Trouble as error:
            self.say(error.sentence, trouble=True)
            return
        self._capture((entry.id, entry.url) for entry in queued)

    # --- what others do -----------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        from store.watch import watch

        try:
            for seen in watch(self.library.places, self.library.state, self._stop):
                self._from_thread(self._seen, seen)
        except Exception as error:  # noqa: BLE001 - in a thread of its own nobody else would tell
            self._from_thread(self.fail, error)

    def _seen(self, seen: Seen) -> None:
        beside(self, "seen", self._look_at, seen)

    async def _look_at(self, seen: Seen) -> None:
        """Show what somebody did, and remember which files nobody has committed yet."""
        from store import edits

        stillness = self._stillness
        try:
            if seen == Seen(slowly=seen.slowly):  # the watch has begun: what was edited before it?
                found = await self.desk.look(edits.edited_paths)
                await self.desk.look(lambda library: edits.date(library, stillness, found))
                return
            paths = await self.desk.look(lambda library: edits.paths_of(library, seen))
        except Trouble as error:
            self.say(error.sentence, trouble=True)
            return
        stillness.changed(paths)
        self.rows.forget()
        self.moved.publish(None)

    def _adopt(self) -> None:
        if self._stillness.still() and not self._adopting:
            self._adopting = True
            beside(self, "adopt", self._adopt_still)

    async def _adopt_still(self) -> None:
        from store import edits

        try:
            adopted = await self.desk.change(lambda library: edits.adopt_still(library, self._stillness))
        except Trouble as error:
            self.say(error.sentence, trouble=True)
            return
        finally:
            self._adopting = False
        if adopted:
            self.say(f"Taken over by hand: {len(adopted):,} {'edit' if len(adopted) == 1 else 'edits'}.")


def theme_of(session: Session) -> str:
    """The theme the user chose, or the one that fits the terminal as far as it tells."""
    chosen = session.config.theme
    if chosen == "auto":
        chosen = "light" if session.config.environment.light else "dark"
    return f"textual-{chosen}"


async def _drained(pump: DOMNode, end: float) -> bool:
    """Wait until what was sent to it before has been carried out; False when it takes longer than until `end`."""
    done = asyncio.Event()
    if not pump.call_later(done.set):
        return False
    try:
        await asyncio.wait_for(done.wait(), max(0.0, end - asyncio.get_running_loop().time()))
    except TimeoutError:
        return False
    return True
