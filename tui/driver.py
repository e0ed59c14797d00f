"""The terminal's driver: Textual's, made to bear what real terminals send."""

from __future__ import annotations

import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

if TYPE_CHECKING:
    from types import FrameType

    from tui.app import PagelogApp

_WAKE = 0.1  # seconds in which the end of the app is noticed, and a lone Escape is told from the start of a sequence
_AT_ONCE = 4096  # bytes


class Driver(LinuxDriver):
    """Bytes that are no UTF-8 are passed over, Escape with a key right behind it is both, SIGCONT takes nothing twice.

    Textual's own ends the app with a traceback at the first, makes alt+key of the second, and at the third starts a
    second reader of the same terminal when nothing had given it away.
    """

    _app: PagelogApp

    def _sigcont_application(self, number: int, frame: FrameType | None) -> None:
        if self._must_signal_resume:
            super()._sigcont_application(number, frame)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - whatever it is, the app ends and says so
            self._app.call_later(self._app.fail, error)

    def run_input_thread(self) -> None:
        """Read what the terminal sends until the app gives it away, or it is gone."""
        parser = _Parser(self._debug)
        decoder = getincrementaldecoder("utf-8")(errors="replace")
        with selectors.DefaultSelector() as terminal:
            terminal.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if terminal.select(_WAKE):
                    sent = self._receive()
                    if not sent:
                        self._app.call_later(self._app.end, signal.SIGHUP)
                        return
                    if text := decoder.decode(sent):  # none of half a character, and to the parser none is the end
                        self._pass_on(parser.feed(text))
                self._pass_on(parser.tick())
            if terminal.select(0) and (text := decoder.decode(self._receive(), final=True)):
                self._pass_on(parser.feed(text))
        with suppress(ParseError, EOFError):
            self._pass_on(parser.feed(""))

    def _receive(self) -> bytes:
        """Nothing when the terminal is gone."""
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:
            return b""

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


class _Parser(XTermParser):
    """Escape typed right before another key is that key after Escape: a fast hand at vim's keys, or a slow line."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if alt:
            yield Key("escape", "\x1b")
        yield from super()._sequence_to_key_events(sequence)
