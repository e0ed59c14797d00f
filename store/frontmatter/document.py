"""Link <-> text, losing nothing: the front matter and the body of one document (pure).

Reasons a document is damaged: `encoding` (not UTF-8), `no front matter`, `no end` (of it, or over 64 KiB),
`syntax`, `no map`, `nesting`, `alias`, `anchor`, `tag`, `key`, `duplicate key`, `no id`, `no url`.

A byte order mark and Windows line ends are an editor's or git's work and no edit: they are read as if they were not
there. So is a missing newline at the end, or several: the body ends in one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from store.errors import DamagedDocument
from store.frontmatter.fast import read as read_own_form
from store.frontmatter.form import Front, UnreadableFront, write
from store.link import Link

if TYPE_CHECKING:
    from store.frontmatter.tree import Value
    from store.link import Status

MOST_FRONT = 65_536  # characters
_FENCE = re.compile(r"^---[ \t]*\n", re.M)
_ID = re.compile(r"[0-9a-f]{12}")
_FENCE_BYTES = re.compile(rb"^---[ \t]*\r?(?:\n|\Z)", re.M)
_LEGIBLE_ID = re.compile(rb"^id: *[\"']?([0-9a-f]{12})[\"']? *\r?$", re.M)


def dumps(link: Link) -> bytes:
    """The document in our own fixed form."""
    return f"---\n{write(link)}---\n{link.body}".encode("utf-8", "replace")


def loads(data: bytes, path: str = "") -> Link:
    """The link that a document's bytes are. Raises DamagedDocument."""
    try:
        front, body = _parts(data)
        return _link(_read(front), body)
    except UnreadableFront as error:
        raise DamagedDocument(path, error.reason) from None


def body_of(data: bytes) -> str:
    """The body, also where the front matter cannot be read; a document without one is all body."""
    text = _text(data, "replace")
    opening = _FENCE.match(text)
    closing = _FENCE.search(_ended(text), opening.end()) if opening else None
    return _one_newline(text if closing is None else text[closing.end() :])


def id_of(data: bytes) -> str | None:
    """The id inside, or None: for anything that is no document of ours. Never raises."""
    try:
        front = _read(_parts(data)[0])
    except UnreadableFront:
        return None
    found = front.texts.get("id", "")
    return found if _ID.fullmatch(found) else None


def head_of(data: bytes) -> bytes:
    """The front matter with its fences, cut out of a file or its beginning; all of it when none ends there."""
    closing = _FENCE_BYTES.search(data, 3)
    return data if closing is None else data[: closing.end()]


def id_shown(data: bytes) -> str | None:
    """The id inside, also where the rest of the front matter cannot be read. Never raises."""
    found = id_of(data)
    if found is None and data.startswith(b"---") and (legible := _LEGIBLE_ID.search(data, 0, MOST_FRONT)):
        found = legible[1].decode()
    return found


def fields_of(data: bytes, path: str = "") -> dict[str, Value]:
    """Every key of the front matter as plain data, known or not, in its order. Raises DamagedDocument."""
    from store.frontmatter.tree import entries, value_of

    try:
        return {entry.key: value_of(entry.node) for entry in entries(_parts(data)[0])[1]}
    except UnreadableFront as error:
        raise DamagedDocument(path, error.reason) from None


def _read(front: str) -> Front:
    own = read_own_form(front)
    if own is not None:
        return own
    from store.frontmatter.foreign import read as read_any_form  # PyYAML, only when it is needed

    return read_any_form(front)


def _link(front: Front, body: str) -> Link:
    texts = dict(front.texts)
    id_, url = texts.pop("id", ""), texts.pop("url", "")
    if not _ID.fullmatch(id_):
        raise UnreadableFront("no id")
    if not url:
        raise UnreadableFront("no url")
    title = texts.pop("title", "") or url
    added = texts.pop("added", "") or texts.get("captured", "")
    status: Status = texts.pop("status", "unread")  # type: ignore[assignment]  # the readers let only these through
    return Link(
        id=id_, url=url, title=title, added=added, tags=front.tags, status=status, starred=front.starred,
        capture=front.capture, body=body, unknown=front.unknown, **texts,
    )  # fmt: skip


def _parts(data: bytes) -> tuple[str, str]:
    """Front matter without its fences, and body."""
    text = _text(data, "strict")
    opening = _FENCE.match(text)
    if opening is None:
        raise UnreadableFront("no front matter")
    closing = _FENCE.search(_ended(text), opening.end(), opening.end() + MOST_FRONT)
    if closing is None:
        raise UnreadableFront("no end")
    return text[opening.end() : closing.start()], _one_newline(text[closing.end() :])


def _text(data: bytes, errors: str) -> str:
    try:
        text = data.decode("utf-8", errors)
    except UnicodeDecodeError:
        raise UnreadableFront("encoding") from None
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n") if "\r" in text else text


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _one_newline(body: str) -> str:
    stripped = body.rstrip("\n")
    return stripped + "\n" if stripped else ""
