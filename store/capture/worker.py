"""Conversion in processes that can be killed: a page that keeps the parser busy for ever costs one child, never us.

A child is an interpreter of its own, started in `/` with safe paths and told one folder to import from, so nothing in
the user's current folder can be run; it has a session of its own (ctrl+c in the terminal is ours to handle), a memory
limit, and dies with us. It answers JSON, never pickles: what it sends was made from a hostile page.
"""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, TypeVar

from store.capture.converted import Converted, ConvertSettings, received
from store.errors import (
    ConversionFailed,
    ConversionTimedOut,
    ConversionTooBig,
    ConvertError,
    unpack,
)

if TYPE_CHECKING:
    from store.capture.explain import Explained

__all__ = ["ConvertSettings", "Workers"]

T = TypeVar("T")
Question = Literal["convert", "explain"]

_PAGES = 500  # converted by one child before another takes its place: lxml never gives memory back
_HEAD = struct.Struct(">I")
_PARENT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from store.capture.worker import serve; serve()"
_ROOM = 64 * 1024  # bytes of an answer beside the Markdown


class Workers:
    """A pool of warm children. Use `convert` from as many threads as you like; close it."""

    def __init__(self, settings: ConvertSettings, count: int) -> None:
        self._settings = settings
        self._places = threading.Semaphore(count)
        self._count = count
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._lock = threading.Lock()
        self._closed = False

    def warm(self) -> None:
        """Start the children now; they import while pages are fetched."""
        for _ in range(self._count):
            child = self._start()
            with self._lock:
                self._idle.append(child)

    def convert(self, page: bytes, url: str, type_: str | None, charset: str | None) -> Converted:
        """The article of a page. Raises ConvertError."""
        return self._ask(lambda child: child.convert(page, url, type_, charset), url)

    def explain(self, page: bytes, url: str, type_: str | None, charset: str | None) -> Explained:
        """How a page becomes its article. Raises ConvertError."""
        return self._ask(lambda child: child.explain(page, url, type_, charset), url)

    def _ask(self, question: Callable[[_Child], T], url: str) -> T:
        with self._places:
            child = self._take()
            try:
                answer = question(child)
            except _Dead:
                self._end(child)
                raise ConversionFailed(url, "stopped") from None
            except ConversionTimedOut:
                self._end(child)
                raise
            except BaseException:
                self._give_back(child)
                raise
            self._give_back(child)
            return answer

    def close(self) -> None:
        """End all children at once."""
        with self._lock:
            self._closed = True
            children = list(self._all)
        for child in children:
            child.kill()

    def _take(self) -> _Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_alive():
                    return child
        return self._start()

    def _give_back(self, child: _Child) -> None:
        if child.pages >= _PAGES or child.broken:
            self._end(child)
            return
        with self._lock:
            self._idle.append(child)

    def _start(self) -> _Child:
        child = _Child(self._settings)
        with self._lock:
            self._all.add(child)
            closed = self._closed
        if closed:
            child.kill()
        return child

    def _end(self, child: _Child) -> None:
        child.kill()
        with self._lock:
            self._all.discard(child)


class _Dead(Exception):
    """The child ended, or was ended, before it answered."""


class _Child:
    def __init__(self, settings: ConvertSettings) -> None:
        self.pages = 0
        self.broken = False
        self._settings = settings
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, _PARENT, str(settings.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_environment(),
            start_new_session=True,
        )

    def convert(self, page: bytes, url: str, type_: str | None, charset: str | None) -> Converted:
        converted = self._understood(received, self._answer("convert", page, url, type_, charset))
        if len(converted.markdown) > self._settings.output_limit:
            raise ConversionTooBig(url, "output", self._settings.output_limit)
        return converted

    def explain(self, page: bytes, url: str, type_: str | None, charset: str | None) -> Explained:
        from store.capture.explain import received as explained

        return self._understood(explained, self._answer("explain", page, url, type_, charset))

    def _understood(self, read: Callable[[dict[str, Any]], T], answer: dict[str, Any]) -> T:
        """Our own child, our own fields."""
        try:
            return read(answer)
        except (TypeError, ValueError, KeyError):
            raise _Dead from None

    def _answer(
        self, question: Question, page: bytes, url: str, type_: str | None, charset: str | None
    ) -> dict[str, Any]:
        self.pages += 1
        head = json.dumps({"question": question, "url": url, "type": type_, "charset": charset}).encode()
        deadline = (
            time.monotonic() + self._settings.seconds + (5.0 if self.pages == 1 else 0.0)
        )  # the first one imports
        answer = self._exchange(head, page, deadline, url)
        if "error" in answer:
            raise self._failure(answer, url)
        return answer

    def is_alive(self) -> bool:
        """It can still be asked."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it and close its pipes; a second call does nothing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass

    def _exchange(self, head: bytes, page: bytes, deadline: float, url: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            _send(self._process.stdin, head, page)
            size = _HEAD.unpack(self._read(self._process.stdout, _HEAD.size, deadline, url))[0]
            if size > 4 * self._settings.output_limit + _ROOM:
                self.broken = True
                raise ConversionTooBig(url, "output", self._settings.output_limit)
            answer = json.loads(self._read(self._process.stdout, size, deadline, url))
        except (OSError, ValueError):
            raise _Dead from None
        if not isinstance(answer, dict):
            raise _Dead
        return answer

    def _read(self, pipe: IO[bytes], size: int, deadline: float, url: str) -> bytes:
        parts: list[bytes] = []
        while size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise ConversionTimedOut(url, self._settings.seconds)
            part = os.read(pipe.fileno(), min(size, 1 << 20))
            if not part:
                raise _Dead
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _failure(self, answer: dict[str, str | None], url: str) -> ConvertError:
        if answer["error"] == "MemoryError":
            self.broken = True
            return ConversionTooBig(url, "memory", self._settings.memory)
        error = unpack(dict(answer))
        if isinstance(error, ConvertError):
            return error
        return ConversionFailed(url, str(answer["error"])[:60])


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _send(pipe: IO[bytes], *parts: bytes) -> None:
    for part in parts:
        pipe.write(_HEAD.pack(len(part)) + part)
    pipe.flush()


# --- in the child ---------------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer until the pipe ends. What happens in a page ends the page, not the child."""
    _limit(int(sys.argv[2]))
    pages, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.setrecursionlimit(20_000)
    import store.capture.convert  # noqa: F401 - all of it now, while the first page is fetched

    while (head := _receive(pages)) is not None:
        page = _receive(pages)
        if page is None:
            return
        _send(answers, json.dumps(_answer(json.loads(head), page)).encode())


def _answer(asked: dict[str, str | None], page: bytes) -> dict[str, object]:
    from store.errors import PagelogError, pack

    try:
        return asdict(_asked(asked["question"])(page, asked["url"] or "", asked["type"], asked["charset"]))
    except PagelogError as error:
        return dict(pack(error))
    except Exception as error:  # noqa: BLE001 - the outermost door of this process: a page may raise anything
        return {"error": type(error).__name__}


def _asked(question: str | None) -> Callable[..., Any]:
    if question == "explain":
        from store.capture.explain import explain

        return explain
    from store.capture.convert import convert

    return convert


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    return pipe.read(_HEAD.unpack(head)[0])


def _limit(memory: int) -> None:
    """So much memory, no core file, no file written; ended by the system when our parent is."""
    import resource
    import signal

    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
