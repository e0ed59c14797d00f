"""The real program in a real terminal: tmux runs it, types its keys, and tells what stands on its screen.

    with Terminal(pagelog.command(), size=(120, 40), env=...) as terminal:
        terminal.keys("a", "https://example.org/", "Enter")
        terminal.shows("Added: ")

What follows the program in the same shell is `stty -g` and its exit status, so a test can see how the terminal was
left. Keys are named as tmux names them; other texts are typed letter by letter.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

PATIENCE = 20.0  # seconds
NAMED = re.compile(r"Enter|Escape|Tab|BTab|Space|Up|Down|Left|Right|Home|End|PPage|NPage|F\d+|[CMS]-.")
_NUMBERS = itertools.count()


class Terminal:
    """A window of `size` (columns, lines) in a tmux server of its own."""

    def __init__(
        self, command: Sequence[str], *, size: tuple[int, int] = (120, 40), env: Mapping[str, str] | None = None
    ) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("tmux")
        self.size = size
        self._socket = f"pagelog-{os.getpid()}-{next(_NUMBERS)}"
        self._env = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "SHELL": "/bin/sh",
            **(env or {}),
        }
        for name in ("TMUX", "NO_COLOR") if "NO_COLOR" not in (env or {}) else ("TMUX",):
            self._env.pop(name, None)
        self._command = shlex.join(command)

    def __enter__(self) -> Self:
        columns, lines = map(str, self.size)
        shell = f"stty -g; {self._command}; echo status=$?; stty -g; echo over; exec sleep 1000"
        self.tmux("new-session", "-d", "-s", "s", "-x", columns, "-y", lines, shell, check=True)
        self.tmux("set", "-g", "set-clipboard", "on")
        self.tmux("set", "-g", "escape-time", "10")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.tmux("kill-server")

    def tmux(self, *arguments: str, check: bool = False) -> str:
        """A command of tmux: what it prints."""
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
        """Press these, one after another, as fast as they go."""
        for key in keys:
            literal = () if NAMED.fullmatch(key) else ("-l",)
            self.tmux("send-keys", "-t", "s", *literal, "--", key)

    def paste(self, text: str) -> None:
        """As the terminal's own paste does it (bracketed)."""
        self.tmux("set-buffer", "--", text)
        self.tmux("paste-buffer", "-p", "-t", "s")

    def resize(self, columns: int, lines: int) -> None:
        """Another size."""
        self.size = (columns, lines)
        self.tmux("resize-window", "-t", "s", "-x", str(columns), "-y", str(lines))

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

    def shows(self, *texts: str, patience: float = PATIENCE) -> str:
        """Wait until all of these stand on the screen at once, and give it."""
        return self._wait(lambda screen: all(text in screen for text in texts), f"shows {texts}", patience)

    def hides(self, text: str, patience: float = PATIENCE) -> str:
        """Wait until this is gone."""
        return self._wait(lambda screen: text not in screen, f"hides {text!r}", patience)

    def ends(self, status: int = 0) -> str:
        """Wait until the program has ended so, with the terminal as it was; the last screen."""
        screen = self._wait(lambda screen: "over" in screen.splitlines(), "the program ends", PATIENCE)
        settings = re.findall(r"^[0-9a-f]+(?::[0-9a-f]+){10,}$", screen.replace("\n:", ":"), re.M)
        assert f"status={status}" in screen, screen
        assert len(set(settings)) == 1, f"the terminal was left otherwise:\n{screen}"
        assert self.tmux("display-message", "-p", "-t", "s", "#{alternate_on}").strip() == "0"
        return screen

    def pid(self) -> int:
        """The process of the program itself."""
        shell = self.tmux("display-message", "-p", "-t", "s", "#{pane_pid}").strip()
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text(encoding="ascii").split()
        return int(children[0])

    def picture(self, path: Path) -> None:
        """Keep the coloured screen in a file, from which a picture can be made."""
        path.write_text(self.coloured(), encoding="utf-8")

    def _wait(self, holds: object, what: str, patience: float) -> str:
        assert callable(holds)
        end = time.monotonic() + patience
        while True:
            screen = self.screen()
            if holds(screen):
                return screen
            if time.monotonic() > end:
                raise AssertionError(f"waited {patience:g} s until {what}:\n{screen}")
            time.sleep(0.05)
