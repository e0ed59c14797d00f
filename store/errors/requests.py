"""Why the user's words name nothing, several things, or nothing sensible."""

from __future__ import annotations

from store.errors.base import PagelogError


class RequestError(PagelogError):
    """The user's words name nothing, several things, or nothing sensible."""


class NoSuchLink(RequestError):
    """No link has this URL or id."""

    text: str


class SeveralLinks(RequestError):
    """`text` begins several ids, given in `ids` with blanks between."""

    text: str
    ids: str


class NoSuchVersion(RequestError):
    """`versions` is how many there are."""

    id: str
    text: str
    versions: int


class SeveralVersions(RequestError):
    """`text` begins several commits of the link."""

    id: str
    text: str
    commits: str


class NoVersions(RequestError):
    """The link is in no commit yet: it stands on disk only, or in the queue."""

    id: str


class BadTag(RequestError):
    """Not a tag; `reason`: empty, comma, blank, control, too long."""

    text: str
    reason: str


class UnknownTag(RequestError):
    """No link has this tag, or one below it."""

    tag: str


class BelowItself(RequestError):
    """A tag cannot become one that is below itself."""

    tag: str
    into: str


class BadQuery(RequestError):
    """`reason` is one of the words of `store.finding.query`; `position` is a character offset."""

    text: str
    reason: str
    position: int


class BadField(RequestError):
    """A value that this field cannot hold."""

    field: str
    value: str


class BadEdit(RequestError):
    """What came back from the editor is no document; who gave it to the editor knows where the text is kept."""

    id: str
    reason: str


class NothingToUndo(RequestError):
    """Nothing that was done here stands. `reason`: nothing; others (`commit` and `summary` are their newest action).

    Or rewritten: what was done last is in the history no more.
    """

    reason: str
    commit: str | None
    summary: str | None


class FewerActions(RequestError):
    """Of what was done here, less stands than was to be taken back."""

    wanted: int
    there: int


class NothingToRedo(RequestError):
    """`reason`: nothing, or since (another action was made here after the undo)."""

    reason: str


class NoSuchAction(RequestError):
    """No commit or group of this library has this name."""

    text: str


class SeveralActions(RequestError):
    """`text` begins several commits, given in `commits` with blanks between."""

    text: str
    commits: str


class NotUndoable(RequestError):
    """An action that undo leaves alone: init, merge, undo, redo, repair, purge, adopt, or a commit by hand."""

    commit: str
    action: str


class AlreadyUndone(RequestError):
    """It has been taken back, and not put back since."""

    commit: str
    summary: str


class InTheWay(RequestError):
    """A file that no commit has stands where something is to be put."""

    path: str


class NothingHeld(RequestError):
    """No capture waits for the user's word."""

    id: str


class NotTrashed(RequestError):
    """The link is not in the trash."""

    id: str


class AlreadyTaken(RequestError):
    """Another link has this URL already."""

    url: str
    id: str


class NoOriginal(RequestError):
    """No bytes of the page are kept here."""

    id: str


class DamagedDocument(RequestError):
    """The file's front matter cannot be read."""

    path: str
    reason: str
