"""When a post was written: an absolute time, out of an attribute or a text.

Rules: what is older by the hour ("3 hours ago") is nothing, and so is when somebody joined or changed it. A date of
which it is not plain which number is the month stays as the page writes it. Nothing is moved to another zone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.capture.metadata.day import day_in
from store.capture.posts.signs import is_editors, properties
from store.capture.tree import Element, is_longer, one_space, text_of

_LONGEST = 120
_TIME = re.compile(
    r"(?:^|[a-z_-])(?:date|time|timestamp|timeago|relativetime|relativetime-clean|ago|age|when|posted|posthead|thead"
    r"|keyinfo|authi|tail-info|postinfo|byline|author)(?:[-_](?:created|info|container|toggle))?$",
    re.I,
)
_NO_TIME = re.compile(r"join|regist|modif|edit|updat|runtime|seen|active|latest|last", re.I)
_NO_DATE = re.compile(r"join|regist|founded|member since|edited|modified|updated|last |since|注册|编辑|最后|上次", re.I)
_NUMERIC = re.compile(
    r"(?<![\d./-])\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d"
    r"(?:,?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?)?(?!\d)"
)
_YEAR = re.compile(r"\d{4}|年")
_MADE = ("datePublished", "dateCreated", "uploadDate")
_CLOCKS = frozenset(("time", "relative-time", "time-ago", "abbr"))
_SAID_IN = ("datetime", "content", "title", "data-tippy-content", "data-original-title")


@lru_cache(maxsize=4096)
def means_time(class_: str) -> bool:
    """A class by which a time is told."""
    return not _NO_TIME.search(class_) and any(_TIME.search(word) for word in class_.split())


def time_of(element: Element) -> tuple[int, str] | None:
    """When an element says that something was written, and how clearly: 0 is clearest."""
    kinds = properties(element)
    if any(kind in _MADE for kind in kinds):
        return _clocked(0, element)
    if element.tag == "meta" or any(kind.startswith("date") for kind in kinds):
        return None
    found = _shown(element)
    return None if found is None or is_editors(element) else found


def _shown(element: Element) -> tuple[int, str] | None:
    class_ = element.get("class") or ""
    if element.tag in _CLOCKS:
        return None if _NO_TIME.search(class_) else _clocked(1, element)
    if class_ and means_time(class_):
        return _clocked(2, element)
    title = element.get("title") if element.tag in ("span", "a", "em") else None
    found = written_time(title) if title else None
    return (3, found) if found else None


def _clocked(tier: int, element: Element) -> tuple[int, str] | None:
    """An attribute is clearer than a text, which may leave out the hour."""
    for name in _SAID_IN:
        if found := written_time(element.get(name) or ""):
            return tier, found
    if is_longer(element, _LONGEST):
        return None
    found = written_time(text_of(element))
    return (max(tier, 1) + 1, found) if found else None


def written_time(text: str) -> str | None:
    """`2024-05-01 13:20` out of a text, or a date of numbers as it is written there."""
    if not _YEAR.search(text):
        return None
    words = one_space(text)
    if len(words) > _LONGEST or _NO_DATE.search(words):
        return None
    if found := day_in(words):
        return found[:16].replace("T", " ")
    numeric = _NUMERIC.search(words)
    return numeric[0] if numeric else None
