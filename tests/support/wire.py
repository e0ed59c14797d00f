"""A wire between a program and a server: it counts the bytes of both directions, and can be cut after so many.

with Wire(host.port) as wire:
    wire.cut_after = 1_000
    pagelog("sync", "--remote", host.url("hub.git", port=wire.port))
"""

from __future__ import annotations

import socket
import threading
from typing import Self


class Wire:
    """To `port` of 127.0.0.1. `cut_after`: bytes from now on, then every connection breaks; None: whole for ever."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._passed = 0
        self._cut_after: int | None = None

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        self._break()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listening.getsockname()[1])

    @property
    def passed(self) -> int:
        """Bytes since `cut_after` was set last."""
        return self._passed

    @property
    def cut_after(self) -> int | None:
        """How many bytes still pass; None: all."""
        return self._cut_after

    @cut_after.setter
    def cut_after(self, count: int | None) -> None:
        with self._lock:
            self._cut_after, self._passed = count, 0

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(4096):
                allowed = self._allowed(len(data))
                other.sendall(data[:allowed])
                if allowed < len(data):
                    self._break()
                    return
            other.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def _allowed(self, count: int) -> int:
        with self._lock:
            left = count if self._cut_after is None else max(0, min(count, self._cut_after - self._passed))
            self._passed += left
            return left

    def _break(self) -> None:
        """Every connection at once, both ways."""
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.close()
        self._open.clear()
