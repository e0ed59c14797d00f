"""A capture brought before the judge, with all that is known of its link; and the capture that waits already."""

from __future__ import annotations

from store import frontmatter
from store.capture.judge import Judgement, Known, Verdict, judge
from store.capture.many import Captured, Outcome
from store.errors import DamagedDocument, PagelogError
from store.library import Library
from store.link import Link
from store.repo.objects import Objects


def weigh(
    library: Library,
    objects: Objects,
    link: Link,
    last: Link | None,
    outcome: Captured,
    *,
    title_edited: bool,
    vouched: bool,
) -> Judgement:
    """What this capture does to a link that is in the library. `last` is the link at its last captured body."""
    known = Known(
        link, last, title_edited, outcome.old_page_anew, library.state.dropped(link.id),
        waiting(library, objects, link.id), vouched,
    )  # fmt: skip
    return judge(known, outcome.converted, outcome.page.final_url, library.clock())


def sifted(
    library: Library, link: Link, outcome: Outcome | None, *, vouched: bool
) -> tuple[Outcome | None, PagelogError | None]:
    """The outcome of a first capture, and what is wrong with it; one that is plainly no page comes as that error."""
    if not isinstance(outcome, Captured):
        return outcome, outcome if isinstance(outcome, PagelogError) else None
    judgement = judge(Known(link, vouched=vouched), outcome.converted, outcome.page.final_url, library.clock())
    if judgement.verdict is Verdict.NO_PAGE:
        return judgement.doubt, judgement.doubt
    return outcome, judgement.doubt


def waiting(library: Library, objects: Objects, id_: str) -> Link | None:
    """The link as the capture would make it that was set aside, or None."""
    name = library.held_commit(id_)
    if name is None or objects.commit(name) is None:
        return None
    for change in objects.changed_files(f"{name}^", name):
        data = objects.blob(change.blob) if change.blob else b""
        if frontmatter.id_of(data) == id_:
            try:
                return frontmatter.loads(data)
            except DamagedDocument:
                return None
    return None
