"""Which names a tree from elsewhere may bring, for every system and every file system pagelog runs on. Pure.

A library made on Linux is opened on macOS and Windows too, so what only one of them misreads is refused by all: names
that mean `.git` there, that two entries share there, that are devices there, that leave the folder there.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

from store.files import TEMPORARY

LONGEST_NAME = 255  # bytes: what the usual file systems hold
LONGEST_PATH = 1024  # bytes
DEEPEST = 32  # folders

_HFS_IGNORES = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
# What NTFS calls such files for old programs: the beginning of the name, or of its hash, and a number.
_GITS = re.compile(r"git~[0-9]+|(?:gitmod|gitatt)~[0-9]+|gi7(?:e(?:b(?:a)?)?|d(?:2(?:9)?)?)?~[0-9]+")
_FORBIDDEN = (".git", ".gitattributes", ".gitmodules")
_PORTS = [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
_DEVICES = frozenset(["con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS])
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNPORTABLE = re.compile('[<>:"|?*]')
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks of direction
_PLAIN = re.compile(r"[0-9a-z_][0-9a-z_-]*(?:[.~][0-9a-z_-]+)*")


def folded(name: str) -> str:
    """What two names share that are one on a file system without case, or one that composes letters."""
    return name.lower() if name.isascii() else normalize("NFC", normalize("NFD", _HFS_IGNORES.sub("", name)).casefold())


def wrong_anywhere(name: str) -> str:
    """Why no folder may hold an entry of this name, in a few words; "" when it may."""
    if len(name) <= 64 and _PLAIN.fullmatch(name) and "~" not in name[:8]:
        return "a device's name" if name.partition(".")[0] in _DEVICES else ""
    if name in ("", ".", ".."):
        return "no name"
    if len(name.encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        return "a name that is too long"
    if not _is_text(name):
        return "a name that is no UTF-8"
    if _CONTROL.search(name):
        return "control characters"
    if "\\" in name or "/" in name:
        return "a backslash"
    return _wrong_meaning(folded(name))


def wrong_in_pages(name: str) -> str:
    """The same of a name below `pages/` and `views/`, where every name must be good on every system."""
    if not name.isascii():
        if not is_normalized("NFC", name):
            return "letters that are not composed (NFC)"
        if _TURNING.search(name):
            return "marks of direction"
    if name.endswith((".", " ")) or name.startswith(" "):
        return "a blank or a dot at the end"
    return "a character that Windows has no names with" if _UNPORTABLE.search(name) else ""


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _wrong_meaning(name: str) -> str:
    """`name` is folded; what Windows cuts off goes first: the name of a stream, dots and blanks at the end."""
    bare = name.partition(":")[0].rstrip(" .")
    if bare in _FORBIDDEN or _GITS.fullmatch(bare):
        return "a name that git obeys"
    if name.startswith(TEMPORARY):
        return "a name of unfinished work"
    return "a device's name" if bare.partition(".")[0].rstrip(" ") in _DEVICES else ""
