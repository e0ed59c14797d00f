"""Where a page without a text sends a browser at once: `<meta http-equiv=refresh content="0; url=…">`. Pure.

It is a redirect that somebody wrote into a page, and is followed as one. A page with a text is the page, wherever it
leads; what stands in a `noscript` is for browsers without scripts, and in a comment or a script for nobody.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from store.capture.arrival import is_home
from store.capture.charset import decode
from store.capture.references import unescape
from store.capture.strip import clean_source

AT_ONCE = 5
"""Seconds: later than that a page was meant to be read."""
TO_READ = 1
"""Seconds: one that sends its reader home later than that says first that what was asked for is not there."""
LITTLE = 200
"""Characters without blanks: a page with more has a text of its own."""

_MOST = 65_536  # bytes of a page that has next to no text
_QUICK = re.compile(rb"http-equiv\s{0,9}=\s{0,9}[\"']?\s{0,9}refresh", re.I)
_META = re.compile(r"<meta\b([^>]{0,4000})>", re.I)
_ATTRIBUTE = re.compile(r"([\w-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_CONTENT = re.compile(
    r"\s*(\d{1,4})(?:\.\d*)?\s*(?:[;,]\s*|\s+)(?:url\s*=\s*)?+(?:\"([^\"]*)\"?|'([^']*)'?|([^\s\"']\S*))", re.I
)
_NOSCRIPT = re.compile(r"<noscript\b[^>]{0,400}>.*?(?:</noscript\b|\Z)", re.I | re.S)
_UNSEEN = re.compile(r"<(title|noframes)\b[^>]{0,400}>.*?(?:</\1\s*>|\Z)|<[^<>]{0,4000}>", re.I | re.S)


def sent_on(page: bytes, charset: str | None) -> str | None:
    """Where the page sends a browser, as it is written; None for a page that is one."""
    if len(page) > _MOST or not _QUICK.search(page):
        return None
    return refresh_of(decode(page, charset).text)


def refresh_of(source: str) -> str | None:
    """The same, of a page's HTML."""
    if len(source) > _MOST:
        return None
    shown = _NOSCRIPT.sub(" ", clean_source(source))
    if sum(map(len, unescape(_UNSEEN.sub(" ", shown)).split())) >= LITTLE:
        return None
    return next(filter(None, (_target(found[1]) for found in _META.finditer(shown))), None)


def _target(attributes: str) -> str | None:
    said = {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(attributes)
    }
    if said.get("http-equiv", "").strip().lower() != "refresh":
        return None
    found = _CONTENT.match(said.get("content", ""))
    if found is None or int(found[1]) > AT_ONCE:
        return None
    target = (found[2] or found[3] or found[4] or "").strip()
    if int(found[1]) > TO_READ and _is_home(target):
        return None
    return target or None


def _is_home(target: str) -> bool:
    try:
        return is_home(urlsplit(target))
    except ValueError:  # no address; whoever follows it will say so
        return False
