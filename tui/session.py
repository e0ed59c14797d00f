"""What a command works with: the user's settings, the library they mean, and where results go."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.admission.opening import enclosing
from store.admission.trust import Trust
from store.errors import NoLibrary
from store.library import Library
from store.text import one_line
from tui.config import Config, read_config, read_environment
from tui.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.capture.many import Settings
    from store.link import Row
    from store.search import Sort


_SET_ASIDE = (
    "pagelog: {library} is new on this machine, so the records that came with it (queue, undo) were set aside unread,"
    " in {aside}.\n  If the library is yours, moved or copied: `pagelog --library {quoted} trust` brings them back."
)


@dataclass(slots=True)
class Session:
    """One run of a command."""

    config: Config
    library_option: Path | None = None

    @property
    def path(self) -> Path:
        """The library: --library, $PAGELOG_LIBRARY, the one around the current folder, the default."""
        return self._named() or _around() or self.config.library

    def output(self, *, as_json: bool = False) -> Output:
        """The two streams."""
        output = Output(as_json=as_json, plain=self.config.environment.plain, config=str(self.config.path))
        for unknown in self.config.unknown:
            meant = f"; did you mean {unknown.close}?" if unknown.close else "."
            output.note(f"pagelog: {unknown.path}: `{unknown.key}` is no setting{meant}")
        return output

    def open(self, *, make: bool = False) -> Library:
        """The library. Raises LibraryError."""
        trust = self.trust()
        library = Library.open(self.path, make=make, originals=self.config.originals, trust=trust)
        if trust.set_aside:
            path = one_line(str(library.path))
            told = _SET_ASIDE.format(library=path, aside=one_line(trust.set_aside), quoted=shlex.quote(path))
            Output(plain=self.config.environment.plain).note(told)
        return library

    def trust(self) -> Trust:
        """Which libraries the user knows, remembered in the data folder."""
        return Trust(self.config.environment.data_folder)

    def open_if_there(self) -> Library | None:
        """The library; None for a default one that nobody has made yet, which reads as empty."""
        try:
            return self.open()
        except NoLibrary:
            if self._named() is not None:
                raise
            return None

    def capture_settings(self, jobs: int | None = None) -> Settings:
        """How to capture, from the config and the command line."""
        from store.capture.many import Settings
        from tui.fetching import convert_settings, fetch_settings

        fetching = self.config.fetch
        chosen = jobs or fetching.jobs
        processes = min(os.cpu_count() or 1, 4)
        fetch, convert = fetch_settings(self.config), convert_settings(fetching)
        return (
            Settings(fetch, convert, processes=processes)
            if chosen is None
            else Settings(fetch, convert, chosen, min(processes, chosen))
        )

    def _named(self) -> Path | None:
        named = self.config.environment.library
        return self.library_option or (Path(named) if named else None)


def _around() -> Path | None:
    try:
        return enclosing(Path.cwd())
    except FileNotFoundError:  # the current folder has been removed
        return None


def start(library: str | None, config: str | None) -> Session:
    """Read the settings. Raises BadConfig."""
    settings = read_config(read_environment(), Path(config) if config else None)
    return Session(settings, Path(library) if library else None)


def matching(
    library: Library, words: Sequence[str], *, sort: Sort = "added", limit: int | None = None
) -> Iterator[Row]:
    """The rows of a query; several words are one query. Raises BadQuery."""
    from store.finding.query import parse
    from store.search import select

    text = " ".join(words).strip()
    return select(library, parse(text) if text else None, sort=sort, limit=limit)


def meant(library: Library, words: Sequence[str]) -> list[Row]:
    """Where a query may stand too: every word a URL or a whole id is a link, else all of them are one query.

    Raises NoSuchLink, SeveralLinks, BadQuery.
    """
    from store.finding.query import is_link

    if words and all(is_link(word) for word in words):
        return list({row.id: row for row in map(library.find, words)}.values())
    return list(matching(library, words))


def no_match(words: Sequence[str]) -> str:
    """What to say when a query found nothing: the beginning of an id is a word there."""
    said = "No link matches: nothing was done."
    if any(len(word) < 12 and set(word.lower()) <= set("0123456789abcdef") for word in words):
        said += " Where a query may stand, an id needs all of its 12 digits."
    return said
