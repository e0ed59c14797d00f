"""What a page says anew at every look: how often it was read, how long ago it was written, what time it is.

It stands in a short block, and alone there: at its edge or between signs. "12 comments" is a counter, "12 comments
that changed the world" is a text, and so is what has a label: "Rating: 4", "Yes: 500 votes". A moment that is written
out ("3 May 2026, 09:00") is a date of the text; "today" is noise alone, or behind "updated" and the like.
"""

from __future__ import annotations

import re

from store.sameness import words as w

_NUMBER = r"(?:\d{1,3}(?:[,.'\u2019]\d{3})+|\d+)(?:[.,]\d+)?\s?(?:[kKmMbBwW](?![a-zA-Z])|[十百千萬万亿億]|\+)*"
_BEFORE_IT = r"()\[\]{}（）【】「」·•|;；、/–—→←\U00100000-\U0010fffd"  # the last: addresses, see `blocks`
_BEHIND_IT = _BEFORE_IT + r",，"
_NAMED = rf"(?:total |page |no\. of |number of )?(?:{w.COUNTED})(?: count| today| total)?"
_ONE = (
    rf"(?:{_NAMED}\s*[：:]?\s*[(\[]?{_NUMBER}[)\]]?(?: times)?"
    rf"|(?:(?:see|show|view|read|load|add|all) )*(?:{_NUMBER}|no )\s*(?:{w.READING}|{w.COUNTED}|{w.GIVEN})"
    rf"|{w.SIGNS}\s*{_NUMBER}|{_NUMBER}\s*{w.SIGNS})"
)
# From an edge or a sign (or the figures before it) to an edge or a sign. Several may stand in a row.
_ALONE = re.compile(
    rf"(^|[{_BEFORE_IT}]|-|(?<=\d)[\s,])\s*(?:{_ONE}(?:\s*(?:[,&]|and )?\s*(?={_ONE})|\s*(?=$|[{_BEHIND_IT}]|- )))+",
    re.I,
)
_BEFORE, _BEHIND = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # no letter there; Han is written without blanks
_COUNTED_HAN = re.compile(
    rf"{w.COUNTED_HAN}\s*[：:]\s*[(（\[【]?\s*{_NUMBER}{w.UNIT_HAN}[)）\]】]?{_BEHIND}"
    rf"|{_BEFORE}{w.COUNTED_HAN}\s*[(（\[【]?\s*{_NUMBER}{w.UNIT_HAN}[)）\]】]?{_BEHIND}"
    rf"|{_BEFORE}(?<![\d.,:：]){w.OF_HAN}{_NUMBER}{w.UNIT_HAN}\s*{w.COUNTED_HAN}{_BEHIND}(?!\s*[：:(（])"
    rf"|{w.OF_HAN}{w.READING_HAN}"
)
_AGO = re.compile(rf"(?<![^\W_])(?:{w.AGO})(?![^\W_])|(?:{w.AGO_HAN}){_BEHIND}", re.I)
_DAY = re.compile(
    rf"(^|[·•|(（/\[【]|(?<![^\W_]){w.UPDATED}(?: (?:on|at|am|le|il|el))?\s*[：:]?)\s*"
    rf"(?:(?:{w.DAY})(?![^\W_])(?:,? ?(?:at |um |à |a las |alle )?{w.TIME})?\s*(?=$|[)）\]】·•|,，/]|- |by )"
    rf"|(?:{w.DAY_HAN})\s*(?:{w.TIME})?(?=$|[\s)）\]】·•|,，/]))",
    re.I,
)
_CLOCK = re.compile(rf".{{0,20}}(?:{w.NOW}).{{0,60}}|\d{{1,2}}:\d\d:\d\d(?: ?[ap]\.?m\.?)?(?: ?[a-z]{{2,5}})?", re.I)
_MOMENT = re.compile(rf"\d{{1,2}}:\d\d:\d\d.{{0,12}}|(?:{w.DAY}|{w.DAY_HAN}),? ?(?:\w+ )?(?:{w.TIME})?", re.I)
_MADE_IN = re.compile(w.MADE_IN, re.I)
_ADVERT = re.compile(rf"[\[(【]?\s*(?:{w.ADVERT})\s*[\])】]?", re.I)
_COPYRIGHT, _YEAR = (
    re.compile(r"©|\(c\)|copyright|版权所有|all rights reserved", re.I),
    re.compile(r"\b(?:19|20)\d\d\b"),
)
_COUNTER_WORD, _BARE_NUMBER = (
    re.compile(rf"(?:{w.COUNTED_HAN}|{w.COUNTED}|{w.GIVEN})\s*[：:]?", re.I),
    re.compile(_NUMBER),
)
_ONLY_SIGNS = re.compile(r"[\s·•|,，;；:：、/\-–—()（）\[\]【】{}*_#>+]*")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’)）\]]*$")
_MAY_BE = re.compile(
    rf"\d|no (?:{w.COUNTED}|{w.GIVEN})|ago\b|just now|©|copyright|版权所有|all rights"
    rf"|{w.NOW}|{w.DAY}|{w.DAY_HAN}|{w.AGO_HAN}|{w.ADVERT}", re.I,
)  # fmt: skip
_COLUMN = re.compile(w.COLUMNS, re.I)
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_SHORT = 100
"""Columns of a block that may hold noise; Han takes two."""


def is_short(words: str) -> bool:
    """A block that is a line of facts rather than a sentence."""
    return columns(words) <= _SHORT and not _SENTENCE_END.search(words)


def columns(words: str) -> int:
    """Columns that text takes, roughly."""
    return len(words) if words.isascii() else len(words) + len(_WIDE.findall(words))


def without(words: str) -> str:
    """A short block without its noise; empty when nothing else is in it."""
    if not _MAY_BE.search(words):
        return words
    if _CLOCK.fullmatch(words) or _ADVERT.fullmatch(words) or _MADE_IN.search(words):
        return ""
    if _COPYRIGHT.search(words):
        words = _YEAR.sub("", words)
    left = _ALONE.sub(lambda found: f"{found[1]} · ", words)
    left = _DAY.sub(lambda found: f"{found[1]} · ", _AGO.sub(" · ", _COUNTED_HAN.sub(" · ", left)))
    if left == words:
        return words
    return "" if _ONLY_SIGNS.fullmatch(left) else re.sub(r"(?:\s*·)+\s*", " · ", left).strip(" ·")


def counted(words: str) -> frozenset[str]:
    """What the counters of a short block count: their words without the figures."""
    if not _MAY_BE.search(words):
        return frozenset()
    found = [match[0] for pattern in (_ALONE, _COUNTED_HAN) for match in pattern.finditer(words)]
    return frozenset(word for each in found for word in re.findall(r"[^\W\d_]{2,}", each.casefold().replace("no ", "")))


def is_moment(words: str) -> bool:
    """A time of the day, or a day, alone: below a heading it is when something takes place."""
    return _MOMENT.fullmatch(words) is not None


def counts_readers(head: str) -> bool:
    """The head of a column whose figures are noise."""
    return _COLUMN.fullmatch(head) is not None


def is_noise(words: str) -> bool:
    """Nothing but noise."""
    return bool(words) and is_short(words) and without(words) == ""


def is_counter_word(words: str) -> bool:
    """What is counted, whose number stands in a block beside it."""
    return _COUNTER_WORD.fullmatch(words) is not None


def is_bare_number(words: str) -> bool:
    """A number alone."""
    return _BARE_NUMBER.fullmatch(words) is not None
