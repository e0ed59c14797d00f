"""What kind of thing the bytes are, whatever they are called.

Binary is what begins like a known kind, and what is full of control characters and is no UTF-16. Beginnings that a text
may have too ("RIFF is a format") count only where a control character follows, as in every such file.
"""

from __future__ import annotations

import re

from store.capture.wide import CONTROLS, has_controls, is_text, named_wide, reads_well, wide_name

_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"\x7fELF", "application/octet-stream"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
)
_LIKE_WORDS = (
    (0, b"GIF8", "image/gif"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"RIFF", "image/webp"),
    (0, b"Rar!", "application/vnd.rar"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"wOF2", "font/woff2"),
    (4, b"ftyp", "video/mp4"),
)
_NEAR = 32  # bytes in which each of these has a control character
_UNKNOWN = "application/octet-stream"
_MARKUP = ("text/html", "application/xhtml+xml")
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_HEAD = 1_024  # bytes, or characters, that are looked at
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]")  # RSS 2, Atom, RSS 1


def binary_type(page: bytes, charset: str | None = None) -> str | None:
    """The media type of what is no text, or None for text. `charset` as declared."""
    for beginning, kind in _BEGINNINGS:
        if page.startswith(beginning):
            return kind
    if page[:_NEAR].translate(None, CONTROLS + b"\0") != page[:_NEAR]:
        for at, beginning, kind in _LIKE_WORDS:
            if page.startswith(beginning, at):
                return kind
    head = page[:_HEAD]
    is_binary = head.count(b"\0") > len(head) // 50 or has_controls(head)
    return _UNKNOWN if is_binary and not _is_utf16(page, charset) else None


def _is_utf16(page: bytes, charset: str | None) -> bool:
    if page.startswith((b"\xff\xfe", b"\xfe\xff")):
        return is_text(page[2:], "utf-16le" if page.startswith(b"\xff") else "utf-16be", 0.1)
    named = named_wide(charset)
    return wide_name(page) is not None or (named is not None and reads_well(page, named))


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
