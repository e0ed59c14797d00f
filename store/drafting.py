"""A document on its way through an editor: a private copy out, the edit back in, merged with what came meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from store import address, commit, frontmatter
from store.errors import AddressError, BadEdit, DamagedDocument, NoSuchLink
from store.library import Change, Library
from store.link import Link
from store.merge import later_edit
from store.writing.view import View


@dataclass(frozen=True, slots=True)
class Draft:
    """A document given to an editor: `base` are the bytes it was made from."""

    id: str
    text: str
    base: bytes


def begin(library: Library, id_: str) -> Draft:
    """The document for an editor. NoSuchLink."""
    data = library.raw(id_)
    return Draft(id_, data.decode("utf-8", "replace"), data)


def finish(library: Library, draft: Draft, data: bytes) -> Change:
    """What came back from the editor, as one `edit`, merged with what came to stand meanwhile.

    Raises BadEdit, NoSuchLink, LibraryError.
    """
    edited = _checked(draft, data)
    if data == draft.base:
        return Change((), ())

    joined = False

    def plan(view: View) -> list[commit.Commit]:
        nonlocal joined
        path = library.catalogue.path_of(draft.id)
        now = None if path is None else view.read(path)
        if path is None or now is None:
            raise NoSuchLink(draft.id)
        merged = later_edit(draft.base, now, data)
        if merged == now:
            return []
        joined = now != draft.base
        return [commit.Commit(commit.titled("edit", edited.title), "edit", (draft.id,), {path: merged})]

    written = library.write(plan, "edit", (draft.id,))
    return Change(written.commits, (draft.id,) if written.commits else (), joined=joined)


def _checked(draft: Draft, data: bytes) -> Link:
    try:
        edited = frontmatter.loads(data)
    except DamagedDocument as error:
        raise BadEdit(draft.id, error.reason) from None
    if edited.id != draft.id:
        raise BadEdit(draft.id, "another id")
    try:
        url = address.normalise(edited.url)
    except AddressError:
        raise BadEdit(draft.id, "no web address") from None
    if url != edited.url:
        raise BadEdit(draft.id, "the address is not normalised")
    return edited
