"""Which file a link lives in, and which files may be links: `pages/<2 hex>/<host>~<slug>~<id>.md`.

The id and the path are made once, when a link is made, and never computed again: an edited URL keeps both. The id in
the front matter decides; the one at the end of a file's name is only a hint. Names are portable to Linux, macOS and
Windows: lower case, letters and digits in NFC, no reserved name, at most 160 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from unicodedata import category, normalize

PAGES = "pages"
"""The folder of the links, at the top of a library."""

_ID_BYTES = 6
_LONGEST_HOST = 80  # characters, all ASCII
_LONGEST_SLUG = 60  # bytes of UTF-8
_LONGEST_NAME = 255  # bytes, on every file system we meet
_URL = re.compile(r"[a-z]+://([^/?#]*)([^?#]*)")
_HINT = re.compile(r"~([0-9a-f]{12})\.md\Z")
_EXTENSION = re.compile(r"(?<=.)\.[A-Za-z]{1,5}\Z", re.DOTALL)
_NO_LETTERS_OR_DIGITS = re.compile(r"[\W_]+")
_NOT_IN_A_HOST = re.compile(r"[^a-z0-9._-]")
_DEVICE = re.compile(r"\A(con|prn|aux|nul|com[0-9]|lpt[0-9])\.")  # to Windows `con.anything` is the console
_UNSAFE_CATEGORIES = frozenset(("Cc", "Cs", "Zl", "Zp"))
_UNSAFE_CHARACTERS = frozenset("\\\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def never(_id: str) -> bool:
    """No id is taken: the answer of an empty library."""
    return False


def link_id(url: str, taken: Callable[[str], bool] = never) -> str:
    """The id for a new link with this normalised URL: 12 hex digits (BLAKE2b, 6 bytes).

    `taken` says whether a link with another URL, edited since or in collision, has that id already.
    """
    found, number = _hash(url), 1
    while taken(found):
        number += 1
        found = _hash(f"{url}\n{number}")
    return found


def page_path(url: str, id_: str) -> str:
    """The path in the library, `/` between its parts, for a new link with this normalised URL and id."""
    match = _URL.match(url)
    authority, path = match.groups() if match else ("", "")
    return f"{PAGES}/{id_[:2]}/{_host_part(authority)}~{_slug(path)}~{id_}.md"


def id_hint(path: str) -> str | None:
    """The id that a file's name ends in, or None."""
    match = _HINT.search(path)
    return match[1] if match else None


@lru_cache(maxsize=16_384)  # asked three times of every path that is written
def is_page(path: str) -> bool:
    """Is this a file that may hold a link: `pages/**/*.md`, whatever the user named it, nothing hidden."""
    return (
        path.startswith(f"{PAGES}/")
        and path.endswith(".md")
        and is_safe(path)
        and not any(part.startswith(".") for part in path.split("/"))
    )


def is_safe(path: str) -> bool:
    """Does this path, from a repository or a journal, stay inside the library and away from git and the terminal.

    False for absolute paths, `.` and `..`, backslashes, control characters, marks that turn the direction of text,
    names that some system takes for `.git`, and parts of more than 255 bytes.
    """
    return all(_is_safe_part(part) for part in path.split("/")) and not _is_drive(path)


def _hash(text: str) -> str:
    from hashlib import blake2b  # brings OpenSSL along, which a list has no use for

    return blake2b(text.encode(), digest_size=_ID_BYTES).hexdigest()


def _host_part(authority: str) -> str:
    host = _NOT_IN_A_HOST.sub("_", re.sub(r"[\[\]]", "", authority))
    return _DEVICE.sub(r"\1_.", host)[:_LONGEST_HOST]


def _slug(path: str) -> str:
    from urllib.parse import unquote

    segments = [unquote(segment) for segment in path.split("/") if segment][-2:]
    if segments:
        segments[-1] = _EXTENSION.sub("", segments[-1])
    words = normalize("NFC", normalize("NFC", "-".join(segments)).lower())
    slug = _NO_LETTERS_OR_DIGITS.sub("-", words).strip("-")
    return slug.encode()[:_LONGEST_SLUG].decode(errors="ignore") or "index"


def _is_safe_part(part: str) -> bool:
    if not part.strip(". ") or _is_git(part):  # Windows drops dots and blanks at the end: `.. ` is `..`
        return False
    if part.isascii() and part.isprintable():
        return "\\" not in part and len(part) <= _LONGEST_NAME
    if any(category(character) in _UNSAFE_CATEGORIES or character in _UNSAFE_CHARACTERS for character in part):
        return False
    return len(part.encode()) <= _LONGEST_NAME


def _is_git(part: str) -> bool:
    """`.git` as git, Windows (`git~1`, `.git. `, `.git:stream`) and macOS (invisible characters) understand it."""
    seen = part if part.isascii() else "".join(character for character in part if category(character) != "Cf")
    return seen.partition(":")[0].rstrip(". ").lower() in (".git", "git~1")


def _is_drive(path: str) -> bool:
    return path[1:2] == ":" and path[:1].isalpha()
