"""What response headers say, cleaned: a server may write anything into them. Pure."""

from __future__ import annotations

import re

_MOST_VALIDATOR = 512
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')


def content_type(header: str) -> tuple[str | None, str | None]:
    """Media type and charset, lower case; None where they are not plain words. Linear in a bounded head."""
    head = header[:400].lower()
    media = re.match(r"\s*([a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60})\s*(?:;|,|$)", head)
    charset = re.search(r"charset\s*=\s*[\"']?\s*([a-z0-9_:.()-]{1,40})", head)
    return (media[1] if media else None), (charset[1] if charset else None)


def sound_etag(value: str | None) -> str | None:
    """An ETag that may be sent back."""
    return value if value and len(value) <= _MOST_VALIDATOR and _ETAG.fullmatch(value) else None


def sound_date(value: str | None) -> str | None:
    """A Last-Modified that may be sent back."""
    return value if value and re.fullmatch(r"[A-Za-z0-9 ,:+-]{10,40}", value) else None
