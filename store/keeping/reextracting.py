"""Bodies made anew from the kept bytes of their pages, by today's extractor: nothing is fetched.

What the extractor alone changes makes no version at a refresh; here it is asked for. Each is a commit of its own and
never *changed*. The time of the capture stays: the page is the one it was. A body that the user edited gets the edit
back, as after a refresh; where both clash, where another version stands, or where the bytes are not kept, all stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

from store import commit, frontmatter, history, merge
from store.capture.converted import Converted
from store.capture.fetch import Page, Validators
from store.capture.many import Captured, Settings
from store.capture.worker import Workers
from store.commit import Commit
from store.errors import BothChanged, NoOriginal, PagelogError
from store.keeping.captured import counts, with_capture
from store.library import Library, new_group
from store.link import Link, body_sha256
from store.originals import Original
from store.progress import Progress, Report, silent
from store.results import Result
from store.writing.view import View


def reextract(
    library: Library,
    ids: Sequence[str],
    settings: Settings,
    *,
    report: Report = silent,
    cancelled: Event | None = None,
) -> Iterator[Result]:
    """Make the bodies of links anew, each `updated`, `unchanged` or `failed`. Raises LibraryError."""
    wanted = tuple(dict.fromkeys(ids))
    group = new_group() if len(wanted) > 1 else None
    workers = Workers(settings.convert, 1)
    try:
        for done, id_ in enumerate(wanted):
            report(Progress("reading pages anew", done, len(wanted)))
            if cancelled is not None and cancelled.is_set():
                return
            yield _Anew(library, id_, group).carried_out(workers)
    finally:
        workers.close()


class _Anew:
    """One link: `result` is what the last plan came to."""

    def __init__(self, library: Library, id_: str, group: str | None) -> None:
        row = library.row(id_)
        self._library, self._id, self._group = library, id_, group
        self.result = Result(row.url, id_, row.url, row.title, row.path, "unchanged")

    def carried_out(self, workers: Workers) -> Result:
        kept = self._library.originals.get(self._id)
        try:
            if kept is None:
                raise NoOriginal(self._id)
            original, sha256 = kept
            converted = workers.convert(original.body, original.url, original.type, original.charset)
            self._library.write(lambda view: self._plan(view, original, sha256, converted), "reextract")
        except PagelogError as error:
            return replace(self.result, result="failed", error=error)
        if self.result.result == "updated":
            self._library.originals.keep(self._id, body_sha256(converted.markdown), original)
        return self.result

    def _plan(self, view: View, original: Original, sha256: str, converted: Converted) -> list[Commit]:
        """Raises NoOriginal when the bytes are not those of the last captured body, BothChanged at a clash."""
        self.result = replace(self.result, result="unchanged")
        path, link = self._library.read_link(view, self._id)
        last = history.last_captured(self._library, view.objects, self._id)
        if last is None or last.capture is None or last.capture.sha256 != sha256:
            raise NoOriginal(self._id)
        if body_sha256(converted.markdown) == sha256 or link.captured != last.captured:
            return []
        page = Page(
            original.url, last.capture.status, original.type, original.charset, original.body, Validators(None, None)
        )
        new = with_capture(self._library, link, Captured(page, converted), last).with_(captured=last.captured)
        commits = [self._commit(commit.titled("reextract", new.title), "reextract", new, path)]
        stands = new
        if link.edited:
            kept = merge.kept_edit(last.body, link, new)
            if kept is None:
                raise BothChanged(link.url)
            stands = kept
            commits += [self._commit(commit.KEPT, "edit", kept, path)] if kept != new else []
        added, removed = counts(link.body, stands.body)
        self.result = replace(
            self.result, result="updated", title=new.title, added_chars=added, removed_chars=removed,
            edit_kept=stands != new,
        )  # fmt: skip
        return commits

    def _commit(self, subject: str, action: commit.Action, link: Link, path: str) -> Commit:
        return Commit(subject, action, (link.id,), {path: frontmatter.dumps(link)}, group=self._group)
