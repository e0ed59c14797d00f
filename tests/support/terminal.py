"""The real program in a real terminal: tmux runs it, types its keys, and tells what stands on its screen.

    with Terminal(pagelog.command(), size=(120, 40), env=pagelog.environment()) as terminal:
        terminal.keys("a")
        terminal.types("https://example.org/")
        terminal.keys("Enter")
        terminal.shows("Added: ")
        terminal.keys("q")
        terminal.ends()

Rules: nothing is slept for, a screen is looked at until it says what is waited for. `keys` are pressed faster than
anybody can look; who wants to see what was typed before the next key says `types`. Keys are named as tmux names them.
How the program was started and left, `stty -g` and its exit status, goes through files, so the screen is all its own.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

PATIENCE = 20.0  # seconds
NAMED = re.compile(r"Enter|Escape|Tab|BTab|Space|BSpace|Up|Down|Left|Right|Home|End|PPage|NPage|F\d+|[CMS]-.")
UNTOUCHED = "0 1 0 1"  # not in the alternate screen, a cursor, no mouse, lines that wrap
_STATE = "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{wrap_flag}"
_LOOK = 0.03  # seconds between two looks
_NUMBERS = itertools.count()


class Terminal:
    """A window of `size` (columns, lines) in a tmux server of its own; what is no pagelog is run in it like one."""

    def __init__(
        self, command: Sequence[str], *, size: tuple[int, int] = (120, 40), env: Mapping[str, str] | None = None
    ) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("tmux")
        self.size = size
        self._socket = f"pagelog-{os.getpid()}-{next(_NUMBERS)}"
        self._env = {"COLORTERM": "truecolor", **(os.environ if env is None else env), "SHELL": "/bin/sh"}
        self._env.pop("TMUX", None)
        self._command = shlex.join(command)
        self._left = Path(tempfile.mkdtemp(prefix="pagelog-terminal-"))

    def __enter__(self) -> Self:
        columns, lines = map(str, self.size)
        begin, status, end = (shlex.quote(str(self._left / name)) for name in ("begin", "status", "end"))
        shell = f"stty -g >{begin}; {self._command}; echo $? >{status}; stty -g >{end}; exec sleep 1000"
        self.tmux(
            *("set", "-g", "default-terminal", "tmux-256color", ";"),
            *("set", "-g", "set-clipboard", "on", ";"),
            *("new-session", "-d", "-s", "s", "-x", columns, "-y", lines, shell),
            check=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.hang_up()
        shutil.rmtree(self._left, ignore_errors=True)

    def tmux(self, *arguments: str, check: bool = False) -> str:
        """A command of tmux, or several with `;` between them: what is printed."""
        done = subprocess.run(
            ["tmux", "-L", self._socket, "-f", "/dev/null", *arguments],
            env=self._env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=check,
        )
        return done.stdout

    # --- typing -------------------------------------------------------------------------------------------------------

    def keys(self, *keys: str) -> None:
        """Press these, all at once; what names no key is a text."""
        commands: list[str] = []
        for key in keys:
            literal = () if NAMED.fullmatch(key) else ("-l",)
            escaped = key[:-1] + "\\;" if key.endswith(";") else key
            commands += ["send-keys", "-t", "s", *literal, "--", escaped, ";"]
        self.tmux(*commands[:-1])

    def types(self, text: str) -> None:
        """Type a text, and look until it stands there."""
        self.keys(text)
        self.shows(text)

    def paste(self, text: str, *keys: str) -> None:
        """As the terminal's own paste does it (bracketed where the program asked for that); keys right after it."""
        pasted = ("set-buffer", "-b", "pasted", "--", text, ";", "paste-buffer", "-p", "-b", "pasted", "-t", "s")
        self.tmux(*pasted, *(word for key in keys for word in (";", "send-keys", "-t", "s", "--", key)))

    def sends(self, data: bytes) -> None:
        """Bytes that are no key."""
        self.tmux("send-keys", "-t", "s", "-H", *(f"{byte:02x}" for byte in data))

    def resize(self, columns: int, lines: int) -> None:
        """Another size."""
        self.size = (columns, lines)
        self.tmux("resize-window", "-t", "s", "-x", str(columns), "-y", str(lines))

    def hang_up(self) -> None:
        """Take the terminal away from under the program."""
        self.tmux("kill-server")

    # --- looking ------------------------------------------------------------------------------------------------------

    def screen(self) -> str:
        """What stands on the screen, lines without the blanks at their ends."""
        return self.tmux("capture-pane", "-p", "-t", "s")

    def coloured(self) -> str:
        """The same with its colours, as escape sequences: for a picture."""
        return self.tmux("capture-pane", "-e", "-p", "-N", "-t", "s")

    def clipboard(self) -> str:
        """What the program copied."""
        return self.tmux("show-buffer")

    def state(self) -> str:
        """How the terminal itself is set: alternate screen, cursor, mouse, wrapping; see UNTOUCHED."""
        return self.tmux("display-message", "-p", "-t", "s", _STATE).strip()

    def shows(self, *texts: str, patience: float = PATIENCE) -> str:
        """Wait until all of these stand on the screen at once, and give it."""
        return self.waits(lambda screen: all(text in screen for text in texts), f"it shows {texts}", patience)

    def hides(self, *texts: str, patience: float = PATIENCE) -> str:
        """Wait until none of these stands there, and give the screen."""
        return self.waits(lambda screen: not any(text in screen for text in texts), f"it hides {texts}", patience)

    def waits(self, holds: Callable[[str], bool], what: str, patience: float = PATIENCE) -> str:
        """Wait until this holds of the screen, and give it. AssertionError when it does not, or has no way to."""
        screen = self._look(lambda screen: holds(screen) or bool(self._told("end")), what, patience)
        if not holds(screen):
            screen = self.screen()  # it has ended: this is the last one
            assert holds(screen), f"waited until {what}, but it ended with {self._told('status')}:\n{screen}"
        return screen

    def ends(self, status: int = 0, patience: float = PATIENCE) -> str:
        """Wait until the program has ended so, with the terminal as it was; what stands there then."""
        self._look(lambda _: bool(self._told("end")), "the program ends", patience)
        screen = self.screen()
        assert self._told("status") == str(status), screen
        assert self._told("end") == self._told("begin"), f"the terminal was left otherwise:\n{screen}"
        assert self.state() == UNTOUCHED, screen
        self.paste("as it is")
        pasted = self._look(lambda screen: "as it is" in screen, "the paste is echoed", patience)
        assert "[200~" not in pasted, "pastes are still bracketed"
        return screen

    def pid(self) -> int:
        """The process of the program itself."""
        shell = self.tmux("display-message", "-p", "-t", "s", "#{pane_pid}").strip()
        return children_of(int(shell))[0]

    def picture(self, path: Path) -> None:
        """Keep the coloured screen in a file, from which a picture can be made."""
        path.write_text(self.coloured(), encoding="utf-8")

    def _look(self, holds: Callable[[str], bool], what: str, patience: float) -> str:
        end = time.monotonic() + patience
        while not holds(screen := self.screen()):
            if time.monotonic() > end:
                raise AssertionError(f"waited {patience:g} s until {what}:\n{screen}")
            time.sleep(_LOOK)
        return screen

    def _told(self, name: str) -> str:
        try:
            return (self._left / name).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""


def children_of(pid: int) -> list[int]:
    """The processes that one started, itself or by a thread."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def is_alive(pid: int) -> bool:
    """It runs; what has ended and was not asked for its status does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] not in "ZX"
