"""What kind of thing the bytes are, whatever they are called."""

from __future__ import annotations

import re

_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x7fELF", "application/octet-stream"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"wOF2", "font/woff2"),
)
_MARKUP = ("text/html", "application/xhtml+xml")
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_HEAD = 1_024
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]")  # RSS 2, Atom, RSS 1


def binary_type(page: bytes) -> str | None:
    """The media type of what is no text, or None for text."""
    for beginning, kind in _BEGINNINGS:
        if page.startswith(beginning):
            return kind
    if page[4:8] == b"ftyp":
        return "video/mp4"
    head = page[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_utf16(head):
        return None
    return "application/octet-stream" if b"\x00" in head and head.count(b"\x00") > len(head) // 50 else None


def _is_utf16(head: bytes) -> bool:
    even, odd = head[::2].count(0), head[1::2].count(0)
    return len(head) > 3 and (even > 0.3 * len(head) // 2 > 2 * odd or odd > 0.3 * len(head) // 2 > 2 * even)


def text_kind(declared: str | None, text: str) -> str:
    """html, feed, or the language of a code block (text, json, xml, markdown) for everything else."""
    start = text[:_HEAD].lstrip("\ufeff \t\r\n").lower()
    if declared in FEEDS or (start.startswith("<?xml") and _FEED.search(start)) or _FEED.match(start):
        return "feed"
    if declared in (None, *_MARKUP, "application/octet-stream") or start.startswith(("<!doctype html", "<html")):
        return "html"
    if declared in ("text/markdown", "text/x-markdown"):
        return "markdown"
    if declared.endswith(("/json", "+json")):
        return "json"
    if "<html" in start:  # behind a comment, an XML declaration
        return "html"
    return "xml" if declared.endswith(("/xml", "+xml")) else "text"
