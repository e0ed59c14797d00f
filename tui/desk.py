"""Where the screens' calls on the library are carried out: off the event loop.

Looking happens in several threads at once, changes one after another in the order in which the user asked for them;
what talks to a remote has a thread of its own, for it may take minutes.
Every thread has a library of its own, so nothing is shared but the files, and those know how to be shared.
Whatever goes wrong comes back as Trouble, in words.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from store.library import Library
from tui.surprise import trouble

_T = TypeVar("_T")
Call = Callable[[Library], _T]
_LOOKING = 4  # threads


class Trouble(Exception):
    """What went wrong, in a clean sentence or two."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Desk:
    """Threads with a library each. Close it."""

    def __init__(self, open_library: Callable[[], Library], config: str) -> None:
        self._open = open_library
        self._config = config
        self._looking = ThreadPoolExecutor(_LOOKING, thread_name_prefix="look")
        self._changing = ThreadPoolExecutor(1, thread_name_prefix="change")
        self._keeping = ThreadPoolExecutor(1, thread_name_prefix="keep")
        self._talking = ThreadPoolExecutor(1, thread_name_prefix="talk")
        self._own = threading.local()
        self._libraries: list[Library] = []
        self.under_way: list[str] = []  # changes that have not ended, in their order
        self.untold: list[str] = []  # what went wrong when there was no screen any more
        self._left = False

    async def look(self, call: Call[_T]) -> _T:
        """What `call` gives; it must change nothing. Raises Trouble."""
        return await self._carried_out(self._looking, call)

    async def change(self, call: Call[_T], what: str = "") -> _T:
        """What `call` gives; changes wait for one another. `what` is being done, in a few words. Raises Trouble."""
        self.under_way.append(what)
        try:
            return await self._carried_out(self._changing, call)
        finally:
            self.under_way.remove(what)

    async def keep(self, call: Call[_T]) -> _T:
        """What `call` gives; for what must wait for no change that takes long, such as an addition. Raises Trouble."""
        return await self._carried_out(self._keeping, call)

    async def talk(self, call: Call[_T]) -> _T:
        """What `call` gives; for what talks to a remote. Raises Trouble."""
        return await self._carried_out(self._talking, call)

    def leave(self) -> None:
        """The screens are going: who waits for a result is told to stop, what is under way is still done."""
        self._left = True

    async def _carried_out(self, threads: ThreadPoolExecutor, call: Call[_T]) -> _T:
        done = await asyncio.get_running_loop().run_in_executor(threads, self._run, call)
        if self._left:
            raise asyncio.CancelledError
        return done

    def close(self) -> None:
        """Carry out every change that was asked for, leave the looks, let go of the libraries."""
        self._looking.shutdown(wait=False, cancel_futures=True)
        for threads in (self._keeping, self._changing, self._talking, self._looking):
            threads.shutdown(wait=True)
        for library in self._libraries:
            library.close()

    def _run(self, call: Call[_T]) -> _T:
        try:
            return call(self._library())
        except Exception as error:
            sentence = trouble(error, self._config)
            if self._left:
                self.untold.append(sentence)
            raise Trouble(sentence) from error

    def _library(self) -> Library:
        library: Library | None = getattr(self._own, "library", None)
        if library is None:
            library = self._own.library = self._open()
            self._libraries.append(library)
        return library
