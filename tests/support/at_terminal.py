"""A short command on a terminal: what it draws, and what a person answers. (The app has `terminal` and `pty_app`.)

with AtTerminal(pagelog.command("undo")) as terminal:
    terminal.shows("Take back")
    terminal.types("y\\n")
    assert terminal.ends() == 0
"""

from __future__ import annotations

import os
import pty
import select
import time
from collections.abc import Mapping, Sequence
from typing import Self

PATIENCE = 60.0  # seconds


class AtTerminal:
    """Runs from `__enter__` on, with 80 columns; `drawn` is all it wrote so far."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        self._command = list(command)
        self._env = {**(os.environ if env is None else env), "TERM": "xterm-256color", "COLUMNS": "80"}
        self._pid = self._terminal = -1
        self.drawn = ""

    def __enter__(self) -> Self:
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            try:
                os.execvpe(self._command[0], self._command, self._env)
            finally:
                os._exit(127)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._terminal)

    def types(self, text: str) -> None:
        """Keys, as the terminal sends them; `\\x03` is ctrl+c."""
        os.write(self._terminal, text.encode())

    def shows(self, text: str) -> None:
        """Wait until this was drawn. AssertionError when it never is."""
        end = time.monotonic() + PATIENCE
        while text not in self.drawn:
            assert self._read(), self.drawn
            assert time.monotonic() < end, self.drawn

    def ends(self) -> int:
        """Wait until it has ended: its exit status."""
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def _read(self) -> bool:
        """Take in what it wrote; False once it has gone."""
        if not select.select([self._terminal], [], [], PATIENCE)[0]:
            raise AssertionError(f"silent: {self.drawn}")
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        self.drawn += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)
