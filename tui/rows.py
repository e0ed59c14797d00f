"""The rows that a list draws, fetched by id in handfuls and kept until the library changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tui.shown import ShownLink

Fetch = Callable[[Sequence[str]], Mapping[str, ShownLink]]
_MOST = 4000  # rows kept


class Rows:
    """A cache before a fetch. A link that is gone has no row."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[str, ShownLink | None] = {}

    def get(self, id_: str, around: Sequence[str] = ()) -> ShownLink | None:
        """The row of a link; what else is wanted soon is fetched with it."""
        if id_ not in self._known:
            self.want((id_, *around))
        return self._known.get(id_)

    def want(self, ids: Iterable[str]) -> None:
        """Fetch these, as far as they are not known."""
        missing = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
        if not missing:
            return
        if len(self._known) > _MOST:
            self._known.clear()
        found = self._fetch(missing)
        self._known.update((id_, found.get(id_)) for id_ in missing)

    def put(self, links: Mapping[str, ShownLink]) -> None:
        """These are known already."""
        self._known.update(links)

    def forget(self, ids: Iterable[str] | None = None) -> None:
        """These have changed (None: all)."""
        if ids is None:
            self._known.clear()
            return
        for id_ in ids:
            self._known.pop(id_, None)
