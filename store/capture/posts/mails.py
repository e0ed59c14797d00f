"""A single mail of an archive: Pipermail and MHonArc tell who wrote it, and when, in a head of their own.

Rules: Pipermail has the name in a `b`, the address as a link and the date in an `i`, right above a `pre`; MHonArc a
list of `From:` and `Date:`. Nothing else is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.capture.choose.blocks import Page
from store.capture.metadata.day import day_in
from store.capture.posts.names import cleaned
from store.capture.tree import Element, one_space, text_of

_ADDRESS = re.compile(r"^mailto:|listinfo|[?&]Subject=", re.I)
_FIELD = re.compile(r"(From|Date|Von|Datum|De|发件人|日期)\s*:\s*(.+)", re.I)
_WHO = frozenset(("from", "von", "de", "发件人"))
_PLAIN = re.compile(r"\s*[<(\[][^<>()\[\]]*(?:@|\bat\b|&#64;|xxx)[^<>()\[\]]*[>)\]]\s*|\"|\s*<[^<>]*>\s*$")
_DATED = re.compile(r"\d{1,2}:\d\d")
_BESIDE = re.compile(r"(?:previous|next) message|messages sorted by|more information about", re.I)
_FIRST = 60  # blocks
_FIELDS = 12  # between From and Date


@dataclass(frozen=True, slots=True)
class Mail:
    """Who and when; `heads`: the blocks that say so, `body`: the first block behind them that is kept."""

    name: str
    time: str
    heads: frozenset[int]
    body: int


def read_mail(page: Page, kept: list[bool]) -> Mail | None:
    """The head of a page that is one mail, or None."""
    return _pipermail(page, kept) or _mhonarc(page, kept)


def _pipermail(page: Page, kept: list[bool]) -> Mail | None:
    root = page.root
    bold = next((each for each in [*root.iter("b")][:5]), None)
    link = bold.getnext() if bold is not None else None
    if link is None or link.tag != "a" or not _ADDRESS.search(link.get("href") or ""):
        return None
    date = next((each for each in link.itersiblings("i")), None)
    if date is None or not any(True for _ in root.iter("pre")):
        return None
    head = [
        number
        for number, block in enumerate(page.blocks)
        if any(element in (bold, link, date) for _, element in block.parts)
        or (block.element.tag == "li" and _BESIDE.match(block.text))
    ]
    return _mail(page, kept, one_space(text_of(bold)), text_of(date), head)


def _mhonarc(page: Page, kept: list[bool]) -> Mail | None:
    """`From: Ida <ida@...>` and `Date: ...`, each an item of one list or a row of one table."""
    said: dict[bool, tuple[str, int, Element]] = {}
    for number, block in enumerate(page.blocks[:_FIRST]):
        found = _FIELD.fullmatch(block.text)
        if found and block.element.tag in ("li", "td", "tr"):
            said.setdefault(found[1].lower() in _WHO, (found[2], number, block.element.getparent()))
    if len(said) < 2 or said[True][2] is not said[False][2] or abs(said[True][1] - said[False][1]) > _FIELDS:
        return None
    around = said[True][2]
    heads = [number for number, block in enumerate(page.blocks[:_FIRST]) if block.element.getparent() is around]
    return _mail(page, kept, _PLAIN.sub("", said[True][0]), said[False][0], heads)


def _mail(page: Page, kept: list[bool], who: str, when: str, heads: list[int]) -> Mail | None:
    name, time = cleaned(who), day_in(one_space(when))
    if name is None or time is None or not heads or not _DATED.search(when):
        return None
    bodies = (
        number
        for number, block in enumerate(page.blocks)
        if number > heads[0] and number not in heads and kept[number] and block.text
    )
    body = next(bodies, None)
    return None if body is None else Mail(name, time[:16].replace("T", " "), frozenset(heads), body)
