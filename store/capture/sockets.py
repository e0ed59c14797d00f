"""Every socket a fetch opens: the name resolved once, every address judged, the connection made to a judged one.

Sockets are waited for in slices of the current budget, so no server can hold a capture longer than it may take.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore

from store.capture.budget import Budget, current
from store.capture.reach import IPAddress, Reach, Refused, is_fake, literal
from store.errors import AddressRefused, ConnectionFailed, FakeAddress, HostNotFound, TLSFailed
from store.text import one_line

_MOST_ADDRESSES = 4  # tried in turn


class Stream(httpcore.NetworkStream):
    """One connection, read and written within the budget of whichever capture uses it."""

    def __init__(self, connection: socket.socket, host: str) -> None:
        self._socket = connection
        self._host = host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes; none at the end. Raises httpcore.ReadError, TimedOut, TooLarge."""
        budget = current()
        while True:
            self._socket.settimeout(budget.slice())
            try:
                data = self._socket.recv(max_bytes)
            except TimeoutError:
                continue
            except OSError as error:
                raise httpcore.ReadError(type(error).__name__) from error
            budget.heard(len(data))
            budget.ended = budget.ended or not data
            return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of it. Raises httpcore.WriteError, TimedOut."""
        budget = current()
        view = memoryview(buffer)
        while view:
            self._socket.settimeout(budget.slice())
            try:
                view = view[self._socket.send(view) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise httpcore.WriteError(type(error).__name__) from error

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream:
        """The same connection, secured. Raises TLSFailed, TimedOut."""
        budget = current()
        budget.wait_for("connect")
        host = server_hostname or self._host
        try:
            secured = ssl_context.wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
        except (OSError, ValueError) as error:
            self._socket.close()
            raise TLSFailed(budget.url, host, type(error).__name__) from error
        try:
            while True:
                secured.settimeout(budget.slice())
                try:
                    secured.do_handshake()
                except TimeoutError:
                    continue
                budget.wait_for("answer")
                return Stream(secured, host)
        except ssl.SSLError as error:
            secured.close()
            raise TLSFailed(budget.url, host, _tls_reason(error)) from error
        except OSError as error:
            secured.close()
            raise ConnectionFailed(budget.url, host, type(error).__name__) from error
        except BaseException:
            secured.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream."""
        if info == "ssl_object":
            return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
        if info == "is_readable":
            return _is_readable(self._socket)
        return self._socket if info == "socket" else None


class Backend(httpcore.NetworkBackend):
    """Opens sockets where `reach` allows; `proxy` is the one place (host, port) that is the user's own choice."""

    def __init__(self, reach: Reach, proxy: tuple[str, int] | None = None) -> None:
        self.reach = reach
        self._proxy = proxy

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        """A connection to a judged address. Raises HostNotFound, AddressRefused, FakeAddress, ConnectionFailed."""
        budget = current()
        budget.wait_for("connect")
        addresses = resolve(host, port, budget)
        if (host, port) != self._proxy:
            addresses = judged(self.reach, host, port, addresses, budget)
        failure = "no address"
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                connection = _connect(address, port, budget)
            except OSError as error:
                failure = type(error).__name__
                continue
            budget.wait_for("answer")
            return Stream(connection, host)
        raise ConnectionFailed(budget.url, host, failure)


def judged(reach: Reach, host: str, port: int, addresses: Sequence[IPAddress], budget: Budget) -> list[IPAddress]:
    """Those that may be connected to. Raises AddressRefused, FakeAddress."""
    try:
        return reach.admit(host, port, addresses)
    except Refused as refused:
        kind = FakeAddress if is_fake(refused.address) else AddressRefused
        raise kind(budget.url, host, str(refused.address), port) from None


def resolve(host: str, port: int, budget: Budget) -> list[IPAddress]:
    """All addresses of a host, asked once, within the budget. Raises HostNotFound."""
    known = literal(host)
    if known is not None:
        return [known]
    answer: list[Any] = []
    done = threading.Event()

    def ask() -> None:
        try:
            answer.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            pass
        done.set()

    threading.Thread(target=ask, daemon=True, name="resolve").start()  # it cannot be stopped, only left behind
    while not done.wait(budget.slice()):
        pass
    addresses = [ip_address(str(info[4][0]).partition("%")[0]) for info in answer]
    if not addresses:
        raise HostNotFound(budget.url, host)
    return list(dict.fromkeys(addresses))


def _connect(address: IPAddress, port: int, budget: Budget) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setblocking(False)
        try:
            connection.connect((str(address), port))
        except BlockingIOError:
            while not select.select([], [connection], [], budget.slice())[1]:
                pass
            number = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if number:
                raise OSError(number, "connect") from None
    except BaseException:
        connection.close()
        raise
    return connection


def _is_readable(connection: socket.socket) -> bool:
    """Something to read on an idle connection: it was closed at the other end."""
    if connection.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


def _tls_reason(error: ssl.SSLError) -> str:
    words = getattr(error, "verify_message", None) or error.reason or type(error).__name__
    return one_line(str(words), 100)
