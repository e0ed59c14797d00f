"""What a command says: results on stdout, progress and complaints on stderr, and the exit status that follows.

Rules: a command hands over records, and each can be shown as text or as one JSON object; this module decides which.
All text passes `store.text` here, so that nothing from outside reaches a terminal or a pipe with a control sequence
in it; in JSON such characters are escaped. Every record is flushed as soon as it is handed over.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import IO, NamedTuple, Protocol

from store.errors import (
    AddressError,
    BadField,
    BadQuery,
    BadTag,
    ConfigError,
    DiskFull,
    LibraryError,
    PagelogError,
    RemoteError,
)
from store.text import one_line, visible
from tui.wording import words

STYLES = {
    "id": "33",
    "dim": "2",
    "strong": "1",
    "added": "32",
    "removed": "31",
    "inserted": "32;4",
    "deleted": "31;9",
    "bad": "31",
    "warning": "33",
}
# What JSON lets through and a terminal would obey or hide: C1 controls, marks of direction, odd line ends, surrogates.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")


class Status(IntEnum):
    """Exit statuses, as the manual has them."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    UNUSABLE = 3
    REMOTE = 4
    INTERRUPTED = 130


class Styled(NamedTuple):
    """A piece of text and the name of its style in `STYLES`, or "" for none."""

    text: str
    style: str = ""


Pieces = Iterable[Styled]


@dataclass(frozen=True, slots=True)
class Look:
    """How stdout looks: a terminal of so many `columns` (None: a pipe or a file), and whether it may be coloured."""

    columns: int | None = None
    colour: bool = False


class Record(Protocol):
    """One result of a command."""

    def as_object(self) -> Mapping[str, object]:
        """For JSON Lines: plain values, under the names of the manual."""
        ...

    def as_text(self, look: Look) -> Pieces:
        """For people, with its own line ends."""
        ...


class PipeClosed(Exception):
    """Whoever read stdout has gone."""


class Output:
    """The two streams of one command, and whether all went well so far."""

    def __init__(self, *, as_json: bool = False, plain: bool = False, config: str = "config.toml") -> None:
        self.as_json = as_json
        self.status = Status.DONE
        self.config = config
        self.look = _look(sys.stdout, plain=plain)
        self._errors_look = _look(sys.stderr, plain=plain)
        self._told: set[str] = set()
        _prepare(sys.stdout, as_json=as_json)

    def put(self, record: Record) -> None:
        """Print one record."""
        if self.as_json:
            _write(to_json(record.as_object()) + "\n")
        else:
            _write(rendered(record.as_text(self.look), colour=self.look.colour))

    def text(self, *pieces: Styled) -> None:
        """Print something that is no record and exists only as text."""
        _write(rendered(pieces, colour=self.look.colour))

    def raw(self, data: bytes) -> None:
        """A file's bytes: exactly, but cleaned where stdout is a terminal."""
        if self.look.columns is not None:
            self.text(Styled(data.decode(errors="replace")))
            return
        stream = sys.stdout
        _guarded(lambda: (stream.flush(), stream.buffer.write(data), stream.flush()))

    def note(self, text: str) -> None:
        """A remark for people, on stderr."""
        self._complaint(Styled(text + "\n"))

    def complain(self, error: PagelogError, about: str = "", hint: str = "") -> None:
        """What went wrong and what to do, on stderr; `about` names the thing. A hint is given once a run.

        `hint` stands in the place of the error's own, where more is known.
        """
        said = words(error, self.config)
        start = f"{one_line(about)}: " if about else ""
        self._complaint(Styled("pagelog: ", "bad"), Styled(start + said.sentence + "\n"))
        hint = hint or said.hint
        if hint and hint not in self._told:
            self._told.add(hint)
            self._complaint(Styled(f"  {hint}\n", "dim"))

    def failed(self, error: PagelogError, about: str = "") -> None:
        """Complain, and remember it for the exit status."""
        self.complain(error, about)
        self.status = max(self.status, status_of(error))

    def _complaint(self, *pieces: Styled) -> None:
        try:
            sys.stderr.write(rendered(pieces, colour=self._errors_look.colour))
            sys.stderr.flush()
        except (OSError, ValueError, AttributeError):
            pass  # nobody listens, and there is nowhere else to say it


def status_of(error: PagelogError) -> Status:
    """The exit status an error stands for."""
    match error:
        case LibraryError():
            return Status.UNUSABLE
        case RemoteError():
            return Status.REMOTE
        case ConfigError() | BadTag() | BadQuery() | BadField():
            return Status.USAGE
        case AddressError():
            return Status.SOME_FAILED
        case _:
            return Status.SOME_FAILED


def to_json(fields: Mapping[str, object]) -> str:
    """One line of JSON; what a terminal might obey is escaped."""
    line = json.dumps(fields, ensure_ascii=False, separators=(", ", ": "))
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def rendered(pieces: Pieces, *, colour: bool) -> str:
    """The pieces cleaned and joined, each in its style."""
    if not colour:
        return visible("".join(text for text, _ in pieces))
    return "".join(_painted(visible(text), style) for text, style in pieces)


def drop_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush finds no closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError:
        pass


def _painted(text: str, style: str) -> str:
    """Line by line: whatever draws beside us (a progress bar) gets whole lines without a colour left open."""
    if not style:
        return text
    lines = (f"\x1b[{STYLES[style]}m{line}\x1b[0m" if line else "" for line in text.split("\n"))
    return "\n".join(lines)


def _look(stream: IO[str] | None, *, plain: bool) -> Look:
    if stream is None or not stream.isatty():
        return Look()
    return Look(columns=shutil.get_terminal_size().columns, colour=not plain)


def _prepare(stream: object, *, as_json: bool) -> None:
    """Text that the locale cannot write is escaped, not an error; JSON is always UTF-8."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace", newline="\n", **({"encoding": "utf-8"} if as_json else {}))


def _write(text: str) -> None:
    stream = sys.stdout
    if stream is not None:
        _guarded(lambda: (stream.write(text), stream.flush()))


def _guarded(action: object) -> None:
    try:
        action()  # type: ignore[operator]
    except BrokenPipeError:
        raise PipeClosed from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull("standard output") from None
        raise
