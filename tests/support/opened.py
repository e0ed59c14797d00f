"""A library that is open, with a few links in it, and somebody else who changes it: by hand, and with plain git."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from store import frontmatter
from store.commit import Commit
from store.layout import link_id, page_path
from store.library import Library
from store.link import Link
from store.watch import Seen, watch
from store.writing.view import View

PATIENCE = 10.0  # seconds; what is waited for takes less than one


def path_of(name: str) -> str:
    """Where the link of this name stands."""
    url = f"https://example.org/{name}"
    return page_path(url, link_id(url))


def id_of(name: str) -> str:
    """The id of the link of this name."""
    return link_id(f"https://example.org/{name}")


def text_of(name: str, body: str = "text\n") -> bytes:
    """The file of the link of this name."""
    link = Link(id=id_of(name), url=f"https://example.org/{name}", title=name, added="2026-01-01T00:00:00Z", body=body)
    return frontmatter.dumps(link)


def keep(library: Library, *names: str) -> None:
    """Links of these names, as one commit of ours."""
    documents: dict[str, bytes | None] = {path_of(name): text_of(name) for name in names}

    def plan(view: View) -> list[Commit]:
        view.read_all(documents)
        return [Commit("add: some", "add", (), documents)]

    library.write(plan, "add")


def git(top: Path, *arguments: str) -> str:
    """The user's own git, with a name of the user's."""
    command = ["git", "-C", str(top), "-c", "user.name=Uma", "-c", "user.email=uma@example.org", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def elsewhere(library: Library, statement: str) -> None:
    """Another process opens the library's state and does this with `state`."""
    script = f"import sys; from store.state import State; state = State.open(sys.argv[1]); {statement}; state.close()"
    path = Path(library.places.own) / "state.sqlite3"
    command = [sys.executable, "-c", script, str(path)]
    subprocess.run(command, check=True, cwd=Path(__file__).resolve().parents[2])


class Watching:
    """What the watch of a library tells, gathered in a thread. Use it in `with`: then the watch has begun."""

    def __init__(self, library: Library) -> None:
        self.stop = threading.Event()
        self.told: list[Seen] = []
        self._library = library
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Watching:
        self._thread.start()
        self.wait_for(lambda: bool(self.told))
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> float:
        """Stop: the seconds that it took."""
        begun = time.monotonic()
        self.stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return time.monotonic() - begun

    def wait_for(self, ready: Callable[[], bool]) -> None:
        """Until this is so. AssertionError when it never is."""
        with self._news:
            assert self._news.wait_for(ready, PATIENCE), self.told

    def wait_until_only(self, seen: Seen) -> None:
        """Until this was told, once or more, and nothing else but that the watch has begun."""
        self.wait_for(lambda: {*self.told} - {Seen(slowly=seen.slowly)} == {seen})

    def wait_until_told(self, *paths: str) -> None:
        """Until something was told of each of these files."""
        self.wait_for(lambda: all(self.tells_of(path) for path in paths))

    def tells_of(self, path: str) -> bool:
        """The file was named, or its folder."""
        return any(path in seen.paths or path.rpartition("/")[0] in seen.folders for seen in self.told)

    def forget(self) -> None:
        """What was told until now."""
        with self._news:
            self.told.clear()

    def _run(self) -> None:
        for seen in watch(self._library.places, self._library.state, self.stop):
            with self._news:
                self.told.append(seen)
                self._news.notify_all()
