"""A program in a pseudo-terminal: press keys, wait for what it paints, and read what that cost it.

    with PtyApp([PAGELOG, "--library", folder], env=env) as app:
        app.paints("All links")
        before = app.press(b"j")
        painted = app.paints("2/1,000")
        print((painted - before).cpu)

A frame is what a program writes between the marks of synchronised output, and is over with the second; Textual writes
them when its question for them is answered, which is done here. The output is read by whoever waits, in no thread.

CPU is that of all the program's threads, also of those that ended, and of the processes that it started: exact for
itself and for those that run, in steps of 10 ms for those that have ended. Needs Linux.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 120.0  # seconds
F5, PGDN, ENTER, ESCAPE, CTRL_Q = b"\x1b[15~", b"\x1b[6~", b"\r", b"\x1b", b"\x11"

_FRAME_ENDS = b"\x1b[?2026l"
_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}  # it has the first, not the second
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78])")
_LOOK = 0.05  # seconds between two looks at whether it is quiet
_QUIET = 0.2  # seconds without output, and with next to no CPU
_NEXT_TO_NO_CPU = 1.0  # ms in that time
_TICK = 1000 / os.sysconf("SC_CLK_TCK")  # ms


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the program's life: CPU it had used and time that had gone by, both in ms, and bytes written."""

    cpu: float
    wall: float
    written: int

    def __sub__(self, other: Moment) -> Moment:
        return Moment(self.cpu - other.cpu, self.wall - other.wall, self.written - other.written)


@dataclass(frozen=True, slots=True)
class Memory:
    """MB that a program holds now, and the most it ever held."""

    now: float
    most: float


class PtyApp:
    """A program that runs from `__enter__` on in a terminal of `size` (columns, lines); at the end it is told to quit.

    `env` is all of its environment but what says which terminal this is. `begun` is the moment of its start.
    """

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], size: tuple[int, int] = (120, 40)) -> None:
        self.size = size
        self._command = list(command)
        self._env = {**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._output = bytearray()
        self._frames: list[Moment] = []
        self._pid = self._terminal = -1
        self.begun = Moment(0, 0, 0)

    # --- beginning and end --------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self.begun = Moment(0, time.perf_counter() * 1000, 0)
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            try:
                columns, lines = self.size
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
                os.execvpe(self._command[0], self._command, self._env)
            finally:
                os._exit(127)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self.press(CTRL_Q)
        end = time.monotonic() + 10
        while os.waitpid(self._pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.kill(self._pid, signal.SIGKILL)
            self._read(0.01)
        os.close(self._terminal)

    # --- what it is told ----------------------------------------------------------------------------------------------

    def press(self, key: bytes) -> Moment:
        """Press a key: the moment of it."""
        self._read(0)
        now = self.now()
        os.write(self._terminal, key)
        return now

    # --- what it does -------------------------------------------------------------------------------------------------

    def now(self) -> Moment:
        """This moment."""
        return Moment(self._cpu(), time.perf_counter() * 1000, len(self._output))

    def frame(self, since: Moment) -> Moment:
        """Wait for the first frame after a moment: its end."""
        return self._frame_with(lambda _: True, "a frame", since)

    def paints(self, *texts: str, since: Moment | None = None) -> Moment:
        """Wait until all of these have been painted since a moment: the end of the frame that brought the last one.

        Several blanks count as one.
        """
        return self._frame_with(lambda seen: all(text in seen for text in texts), f"{texts}", since)

    def quiet(self) -> Moment:
        """Wait until it neither writes nor works: the moment since which that is so."""
        calm = self.now()
        end = time.monotonic() + PATIENCE
        while (now := self.now()).wall - calm.wall < _QUIET * 1000:
            if time.monotonic() > end:
                raise AssertionError(f"never quiet:\n{self.text()[-2000:]}")
            self._read(_LOOK)
            if len(self._output) > calm.written or self._cpu() - calm.cpu > _NEXT_TO_NO_CPU:
                calm = now
        return calm

    def rest(self, seconds: float) -> Moment:
        """Let it be for so long: the moment after."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return self.now()

    def text(self, since: Moment | None = None) -> str:
        """What it has written since a moment, as `paints` looks for texts in it."""
        return _words(self._output[since.written if since else 0 :])

    def memory(self) -> Memory:
        """What it holds, without the processes that it started."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        return Memory(*(int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) / 1024 for name in ("VmRSS", "VmHWM")))

    # --- looking at it ------------------------------------------------------------------------------------------------

    def _frame_with(self, holds: Callable[[str], bool], what: str, since: Moment | None) -> Moment:
        start, looked = since.written if since else 0, 0
        end = time.monotonic() + PATIENCE
        while True:
            for frame in self._frames[looked:]:
                if frame.written > start and holds(_words(self._output[start : frame.written])):
                    return frame
            looked = len(self._frames)
            if time.monotonic() > end or not self._read(1):
                raise AssertionError(f"never painted {what}:\n{self.text()[-2000:]}")

    def _read(self, patience: float) -> bool:
        """Take in what it has written, waiting so many seconds for something; False when it has gone."""
        if not select.select([self._terminal], [], [], patience)[0]:
            return True
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        begin = max(0, len(self._output) - len(_FRAME_ENDS))
        self._output += data
        for end in _ends_of(_FRAME_ENDS, self._output, begin, len(self._output) - len(data)):
            self._frames.append(Moment(self._cpu(), time.perf_counter() * 1000, end))
        for question, answer in _ANSWERS.items():
            for _ in _ends_of(question, self._output, begin, len(self._output) - len(data)):
                os.write(self._terminal, answer)
        return bool(data)

    def _cpu(self) -> float:
        """ms so far; of a program that has gone, 0."""
        try:
            waited_for = _fields_of(self._pid)[13:15]
            return sum(map(_clock, _family(self._pid))) + sum(map(int, waited_for)) * _TICK
        except (OSError, IndexError):
            return 0.0


def _words(output: bytearray) -> str:
    """Without colours; what is put in another place stands apart; with single blanks."""
    plain = _ESCAPES.sub(lambda found: b"" if found[0].endswith(b"m") else b" ", output)
    return " ".join(plain.decode(errors="replace").split())


def _ends_of(sought: bytes, output: bytearray, begin: int, beyond: int) -> Iterator[int]:
    """Where it ends, each time that this is beyond what was looked through before."""
    at = output.find(sought, begin)
    while at >= 0:
        if at + len(sought) > beyond:
            yield at + len(sought)
        at = output.find(sought, at + 1)


def _family(pid: int) -> Iterator[int]:
    """A process and all that run below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _clock(pid: int) -> float:
    """ms of all threads of a process: what clock_getcpuclockid(3) names; 0 when it has gone meanwhile."""
    try:
        return time.clock_gettime_ns((~pid << 3) | 2) / 1e6
    except OSError:
        return 0.0


def _fields_of(pid: int) -> list[str]:
    """/proc/PID/stat from the third field on, the state."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
