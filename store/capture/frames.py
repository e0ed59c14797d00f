"""Pages made of other pages: framesets, and the frames that a browser saved along with a page. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from store.capture.references import unescape
from store.capture.strip import clean_source

Element = Any  # lxml brings no types

_ASIDE = re.compile(r"nav|menu|toc|top|head|foot|banner|left|title|index|logo|(?:^|[^a-z])ad", re.I)
_FRAME = re.compile(r"<i?frame\b([^<>]{0,4000})>(?:[^<]{0,400}</i?frame\s*>)?", re.I)
_SRC = re.compile(r"(?:^|\s)src\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_HEAD = re.compile(r"<head\b[^<>]{0,4000}>.*?(?:</head\s*>|(?=<body\b)|\Z)", re.I | re.S)
_SHELL = re.compile(r"<!doctype[^<>]{0,1000}>|</?(?:html|body)\b[^<>]{0,4000}>", re.I)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_FRAMESET = re.compile(r"<frameset\b", re.I)
_MOST = 100  # frames of a page
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Saved:
    """A page that a browser saved: its text, and its address, if told."""

    source: str
    location: str


def main_frame(root: Element) -> str | None:
    """The address, as written, of the frame of a frameset that has the text, as far as names tell."""
    if root.find(".//frameset") is None:
        return None
    frames = [frame for frame in root.iter("frame") if frame.get("src")]
    if not frames:
        return None
    named = [frame for frame in frames if not _ASIDE.search(f"{frame.get('name') or ''} {frame.get('src')}")]
    return str((named or frames)[-1].get("src")).strip()


def joined(url: str, target: str) -> str:
    """An absolute address; what cannot be joined stays as it is."""
    try:
        return urljoin(url, target)
    except ValueError:
        return target


def with_frames(page: Saved, find: Callable[[str], Saved | None], depth: int = 0) -> str:
    """The source of a page, its largest frame put where it stands, if that has more text than the page itself.

    `find` gives what was saved for an address or a `cid:`, each page once: a frame may hold the page that it is in.
    Frames with less are adverts, buttons and counters.
    """
    if depth >= _DEEPEST:
        return page.source
    found = [(match, _frame(match, page, find)) for match in islice(_FRAME.finditer(page.source), _MOST)]
    inner = [(match, with_frames(frame, find, depth + 1)) for match, frame in found if frame is not None]
    if not inner:
        return page.source
    match, source = max(inner, key=lambda each: _text_size(each[1]))
    if _text_size(source) <= _text_size(page.source):
        return page.source
    if _FRAMESET.search(page.source):
        return source
    content = _SHELL.sub(" ", _HEAD.sub(" ", source, count=1))
    return f"{page.source[: match.start()]}<div>{content}</div>{page.source[match.end() :]}"


def _frame(match: re.Match[str], page: Saved, find: Callable[[str], Saved | None]) -> Saved | None:
    src = _SRC.search(match[1])
    address = unescape((src[1] or src[2] or src[3] or "").strip()) if src else ""
    if not address:
        return None
    return find(address) or (find(joined(page.location, address)) if page.location else None)


def _text_size(source: str) -> int:
    return sum(map(len, _TAG.sub(" ", clean_source(_HEAD.sub(" ", source, count=1))).split()))
