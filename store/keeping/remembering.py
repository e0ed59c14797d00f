"""What is remembered of a capture once its commit is durable: validators, reasons, the bytes of the page."""

from __future__ import annotations

from collections.abc import Callable

from store import commit, frontmatter
from store.capture.judge import Judgement
from store.capture.many import Captured
from store.commit import Commit
from store.errors import PagelogError, pack
from store.learnt import Learnt
from store.library import Library
from store.link import Link, body_sha256
from store.originals import Original

Remember = Callable[[], None]


def good(library: Library, link: Link, outcome: Captured, *, changed: bool) -> Remember:
    """A new body; `changed` marks a link that nobody has opened since."""

    def remember() -> None:
        sha256 = body_sha256(outcome.converted.markdown)
        same(library, link.id)
        _page(library, link.id, outcome, sha256)
        library.originals.keep(link.id, sha256, _original(outcome))
        if changed:
            library.state.set_changed(link.id, True)

    return remember


def equal(library: Library, id_: str, outcome: Captured, last: str | None) -> Remember:
    """The page still gives the last captured body, so its validators stand for that one."""

    def remember() -> None:
        same(library, id_)
        if last is not None and last == body_sha256(outcome.converted.markdown):
            _page(library, id_, outcome, last)

    return remember


def same(library: Library, id_: str) -> None:
    """The page is as it was."""
    library.state.checked(id_, library.now())
    library.state.succeed(id_)
    if id_ in library.held_ids():
        library.end_hold(id_, dropped=False)


def not_modified(library: Library, id_: str) -> Remember:
    """The server says that the page is as it was; so nothing flickers on it."""

    def remember() -> None:
        same(library, id_)
        learnt = library.state.learnt(id_)
        if learnt.regions:
            library.state.set_learnt(id_, learnt.at_rest())

    return remember


def flickering(library: Library, id_: str, learnt: Learnt | None, others: Remember | None) -> Remember | None:
    """What was learnt of the page, None where that is as before, and `others`."""
    if learnt is None:
        return others

    def remember() -> None:
        if others is not None:
            others()
        library.state.set_learnt(id_, learnt)

    return remember


def failed(library: Library, id_: str, reason: PagelogError | None, *, broken: bool) -> Remember | None:
    """Why there is no capture; `broken` marks a link that was good before."""
    if reason is None:
        return None

    def remember() -> None:
        library.state.checked(id_, library.now())
        library.state.fail(id_, pack(reason), broken=broken)

    return remember


def hold(library: Library, new: Link, path: str, outcome: Captured, judgement: Judgement) -> None:
    """The capture waits for the user's word, under a ref of its own; one that does already waits since then."""
    library.state.checked(new.id, library.now())
    library.state.succeed(new.id)
    waiting = library.state.held_sha256(new.id) if judgement.waits else None
    if waiting is not None:
        library.state.hold(new.id, waiting, pack(judgement.doubt) if judgement.doubt else {})
        return
    sha256 = body_sha256(outcome.converted.markdown)
    made = Commit(commit.titled("update", new.title), "update", (new.id,), {path: frontmatter.dumps(new)})
    library.write_aside(f"refs/pagelog/held/{new.id}", made)
    library.state.hold(new.id, sha256, pack(judgement.doubt) if judgement.doubt else {})
    library.originals.keep_held(new.id, sha256, _original(outcome))


def _page(library: Library, id_: str, outcome: Captured, sha256: str) -> None:
    found = outcome.page.validators
    library.state.set_validators(id_, found.etag, found.last_modified, sha256)


def _original(outcome: Captured) -> Original:
    page = outcome.page
    return Original(page.final_url, page.type, page.charset, page.body)
