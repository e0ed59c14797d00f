"""What a finished capture does to its link: judged under the lock, committed, the untracked facts brought in step.

What waits in the queue for the same address is done with it, whoever captured the page: its tags and its note are put
on, and it leaves the queue once that is durable. Dying in between costs one more refresh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from store import commit, editing, frontmatter, history, layout, merge, tags
from store.capture.fetch import NotModified, Validators
from store.capture.judge import Judgement, Verdict
from store.capture.many import Captured, OldPage, Order
from store.commit import Commit
from store.errors import BadField, BothChanged, DamagedDocument, NoSuchLink, PagelogError, TryLater
from store.keeping import remembering, weighing
from store.keeping.captured import counts, title_is_edited, with_capture
from store.keeping.remembering import Remember
from store.keeping.steadying import steadied, taught
from store.library import Library, new_group
from store.link import EXTRACTOR, Link, body_sha256
from store.repo.objects import Objects
from store.results import Finished, Result, Wish
from store.writing.view import View


@dataclass(slots=True)
class _Outlook:
    """What one finished capture will have done: commits, the result, and what to remember once that is durable."""

    result: Result
    commits: list[Commit] = field(default_factory=list)
    remember: Remember | None = None


def order(
    library: Library, objects: Objects, key: str, url: str, id_: str | None, allow_private: bool, *, force: bool
) -> Order:
    """What to fetch: with the validators that may still be sent, where the link (`id_`) is known."""
    if id_ is None:
        return Order(key, url, allow_typed=allow_private)
    last = history.last_captured(library, objects, id_)
    sha256 = _captured_sha256(last)
    validators = None if force else _validators(library, id_, sha256)
    return Order(key, url, validators, allow_private, _old_page(library, id_, last, sha256))


def _captured_sha256(last: Link | None) -> str | None:
    """The hash of the last captured body, where there is one."""
    return last.capture.sha256 if last is not None and last.capture is not None else None


def _validators(library: Library, id_: str, sha256: str | None) -> Validators | None:
    """Sent only while the body they came with, or were found equal to, is the last captured one."""
    known = library.state.validators(id_)
    if known is None or sha256 is None or known[2] != sha256:
        return None
    return Validators(known[0], known[1])


def _old_page(library: Library, id_: str, last: Link | None, sha256: str | None) -> OldPage | None:
    """The last page, where an older extractor made its body: a newer extractor is not to be taken for a newer page."""
    if last is None or last.capture is None or last.capture.extractor == EXTRACTOR:
        return None
    kept = library.originals.get(id_)
    if kept is None or kept[1] != sha256:
        return None
    original = kept[0]
    return OldPage(original.url, original.type, original.charset, original.body)


def _stood(library: Library, id_: str, last: Link | None, name: str) -> bool:
    """Whether the page that gave the last body had a picture of this name; False too where it is not kept."""
    kept = library.originals.get(id_)
    return kept is not None and kept[1] == _captured_sha256(last) and name.encode() in kept[0].body


def settle(library: Library, batch: Sequence[Finished], wish: Wish) -> Iterator[Result]:
    """Commit a batch as one transaction; results come out when all of it is durable. Raises LibraryError."""
    outlooks: list[_Outlook] = []
    spare = new_group()

    def plan(view: View) -> list[Commit]:
        outlooks.clear()
        fresh: dict[str, str] = {}
        outlooks.extend(_look_ahead(library, view, finished, wish, fresh) for finished in batch)
        commits = [commit for outlook in outlooks for commit in outlook.commits]
        group = wish.group or (spare if len(commits) > 1 else None)
        return [replace(commit, group=group) for commit in commits]

    library.write(plan, "add" if wish.adding or wish.queued else "update")
    for outlook in outlooks:
        if outlook.remember is not None:
            outlook.remember()
        yield outlook.result


def _look_ahead(library: Library, view: View, finished: Finished, asked: Wish, fresh: dict[str, str]) -> _Outlook:
    known = _known_meanwhile(library, finished.url)
    id_ = finished.id or known
    entry = library.state.queued_url(finished.url) if known == id_ else None  # of two with one URL for the first
    wish = asked if entry is None else replace(asked, entry=entry, tags=tags.add(entry.tags, asked.tags))
    try:
        if id_ is None and not wish.makes_links:
            raise NoSuchLink(finished.url)
        if id_ is None:
            return _off_the_queue(library, wish, _new_link(library, view, finished, wish, fresh))
        path, link = library.read_link(view, id_)
        prepared, commits = _prepared(link, path, wish)
    except NoSuchLink as error:  # removed by hand, or given up while it was captured
        if id_ is None or not wish.makes_links:
            return _Outlook(Result(finished.url, id_, finished.url, None, None, "failed", error))
        return _off_the_queue(library, wish, _new_link(library, view, finished, wish, fresh, gone=id_))
    except (DamagedDocument, BadField) as error:  # never written by a refresh; a note longer than a note may be
        return _Outlook(Result(finished.url, id_, finished.url, None, None, "failed", error))
    vouched = wish.force or (finished.saved and not prepared.body)
    outlook = _known_link(library, view, finished, path, prepared, vouched=vouched)
    done = _Outlook(outlook.result, [*commits, *outlook.commits], outlook.remember)
    return done if wish.later else _off_the_queue(library, wish, done)


def _off_the_queue(library: Library, wish: Wish, outlook: _Outlook) -> _Outlook:
    """The same, after which nothing waits any more."""
    entry, others = wish.entry, outlook.remember
    if entry is None:
        return outlook

    def remember() -> None:
        if others is not None:
            others()
        library.state.dequeue(entry)

    return _Outlook(outlook.result, outlook.commits, remember)


def _known_meanwhile(library: Library, url: str) -> str | None:
    row = library.catalogue.find_url(url)
    return None if row is None else row.id


# --- a link that is not in the library yet ------------------------------------------------------------------------


def _new_link(
    library: Library, view: View, finished: Finished, wish: Wish, fresh: dict[str, str], gone: str | None = None
) -> _Outlook:
    """`gone`: the id of the link whose file was removed by hand; it may come back under its name."""
    url = finished.url

    def taken(candidate: str) -> bool:
        return candidate in fresh or (candidate != gone and library.backlog.is_link(candidate))

    id_ = library.backlog.id_for(url, wish.entry, taken)
    fresh[id_] = url
    path = layout.page_path(url, id_)
    view.read(path)
    added = wish.entry.added if wish.entry else library.now()
    link = _noted(editing.retag(Link(id=id_, url=url, title=url, added=added), wish.tags, ()), wish)
    outcome, doubt = weighing.sifted(library, link, finished.outcome, vouched=wish.force or finished.saved)
    if isinstance(outcome, Captured):
        link = with_capture(library, link, outcome, None)
        result = Result(url, id_, url, link.title, path, "added", doubt)
        remember: Remember | None = remembering.good(library, link, outcome, changed=False)
    else:
        result = Result(url, id_, url, link.title, path, "pending", doubt)
        remember = remembering.failed(library, id_, doubt, broken=False)
    made = Commit(commit.titled("add", link.title), "add", (id_,), {path: frontmatter.dumps(link)})
    return _Outlook(result, [made], remember)


def _noted(link: Link, wish: Wish) -> Link:
    for note in (wish.entry.note if wish.entry else None, wish.note):
        link = editing.join_note(link, note or "")
    return link


# --- a link that is ------------------------------------------------------------------------------------------------


def _prepared(link: Link, path: str, wish: Wish) -> tuple[Link, list[Commit]]:
    """A known link added again: out of the trash, with the new tags and the note; each a commit of its own."""
    commits: list[Commit] = []
    if not wish.makes_links or wish.later:
        return link, commits
    if wish.revives(link):
        link = editing.put_back(link)
        commits.append(_commit(commit.titled("restore", link.title), "restore", link, path))
    tagged = editing.retag(link, wish.tags, ())
    if tagged != link:
        link = tagged
        words = " ".join(f"+{tag}" for tag in wish.tags)
        commits.append(_commit(commit.counted(f"tag: {words}", 1), "tag", link, path))
    noted = _noted(link, wish)
    if noted != link:
        link = noted
        commits.append(_commit(commit.titled("edit", link.title), "edit", link, path))
    return link, commits


def _commit(subject: str, action: commit.Action, link: Link, path: str) -> Commit:
    return Commit(subject, action, (link.id,), {path: frontmatter.dumps(link)})


def _known_link(library: Library, view: View, finished: Finished, path: str, link: Link, *, vouched: bool) -> _Outlook:
    outcome = finished.outcome
    told = Result(link.url, link.id, link.url, link.title, path, "unchanged")
    if outcome is None:
        return _Outlook(replace(told, result="pending" if link.pending else "unchanged"))
    if isinstance(outcome, PagelogError):
        return _failed(library, link, told, outcome, saved=finished.saved)
    if isinstance(outcome, NotModified):
        return _Outlook(told, [], remembering.not_modified(library, link.id))
    last = history.last_captured(library, view.objects, link.id)
    learnt = library.state.learnt(link.id)
    steady = steadied(outcome, last, learnt, lambda name: _stood(library, link.id, last, name))
    judgement = weighing.weigh(
        library, view.objects, link, last, steady, title_edited=title_is_edited(link, last), vouched=vouched
    )
    outlook = _judged(library, view.objects, link, path, told, steady, judgement, last)
    sha256 = body_sha256(steady.converted.markdown)
    if outlook.result.result in ("updated", "unchanged") and sha256 not in library.state.dropped(link.id):
        outlook.remember = remembering.flickering(library, link.id, taught(outcome, last, learnt), outlook.remember)
    return outlook


def _failed(library: Library, link: Link, told: Result, error: PagelogError, *, saved: bool) -> _Outlook:
    if link.pending:
        result = replace(told, result="pending", error=error)
        return _Outlook(result, [], remembering.failed(library, link.id, error, broken=False))
    broken = not saved and not isinstance(error, TryLater)  # 429 and 503 say nothing about the page
    remember_it = remembering.failed(library, link.id, error, broken=True) if broken else None
    return _Outlook(replace(told, result="failed", error=error), [], remember_it)


def _judged(
    library: Library,
    objects: Objects,
    link: Link,
    path: str,
    told: Result,
    outcome: Captured,
    judgement: Judgement,
    last: Link | None,
) -> _Outlook:
    verdict = judgement.verdict
    if verdict is Verdict.NO_PAGE and judgement.doubt is not None:
        return _failed(library, link, told, judgement.doubt, saved=False)
    last_sha256 = _captured_sha256(last)
    if verdict is Verdict.SAME:
        refused = library.state.dropped_on(link.id, body_sha256(outcome.converted.markdown))
        return _Outlook(replace(told, dropped=refused), [], remembering.equal(library, link.id, outcome, last_sha256))
    new = with_capture(library, link, outcome, last)
    if isinstance(judgement.doubt, BothChanged):
        base = history.edited_from(library, objects, link, last)
        kept = None if base is None else merge.kept_edit(base, link, new)
        if kept is not None:
            return _edit_kept(library, link, path, told, outcome, new, kept)
    if verdict is Verdict.HELD:
        result = replace(told, result="held", error=judgement.doubt)
        return _Outlook(result, [], lambda: remembering.hold(library, new, path, outcome, judgement))
    if verdict is Verdict.NEW_TITLE:
        retitled = link.with_(title=new.title)
        made = _commit(commit.updated(new.title, 0, 0), "update", retitled, path)
        result = replace(told, result="updated", title=new.title)
        return _Outlook(result, [made], remembering.equal(library, link.id, outcome, last_sha256))
    added, removed = counts(link.body, new.body)
    made = _commit(commit.updated(new.title, added, removed), "update", new, path)
    told = replace(told, result="updated", title=new.title, error=judgement.doubt)
    result = replace(told, added_chars=added, removed_chars=removed)
    return _Outlook(result, [made], remembering.good(library, new, outcome, changed=verdict is Verdict.NEW_BODY))


def _edit_kept(
    library: Library, link: Link, path: str, told: Result, outcome: Captured, new: Link, kept: Link
) -> _Outlook:
    """The capture as it is, so that the next one can be held against it; then the user's edit in it (RULES 2)."""
    commits = [_commit(commit.updated(new.title, *counts(link.body, new.body)), "update", new, path)]
    if kept != new:
        commits.append(_commit(commit.KEPT, "edit", kept, path))
    added, removed = counts(link.body, kept.body)
    result = replace(
        told, result="updated", title=new.title, added_chars=added, removed_chars=removed, edit_kept=kept != new
    )
    return _Outlook(result, commits, remembering.good(library, new, outcome, changed=kept.body != link.body))
