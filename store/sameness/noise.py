"""What a page says anew at every look: how often it was read, how long ago it was written, what time it is.

It stands in a short block, and alone there: at its edge or between signs. "12 comments" is a counter, "12 comments
that changed the world" is a text. A moment that is written out ("3 May 2026, 09:00") is a date of the text.
"""

from __future__ import annotations

import re

from store.sameness import words as w

_NUMBER = r"(?:\d{1,3}(?:[,.'\u2019]\d{3})+|\d+)(?:[.,]\d+)?\s?(?:[kKmMbBwW](?![a-zA-Z])|[十百千萬万亿億]|\+)*"
_BETWEEN = r"()\[\]{}（）【】「」·•|,，;；:：、/–—→←\U00100000-\U0010fffd"  # the last: addresses, see `blocks`
_NAMED = rf"(?:total |page |no\. of |number of )?(?:{w.COUNTED})(?: count| today| total)?"
_ONE = (
    rf"(?:{_NAMED}\s*[：:]?\s*[(\[]?{_NUMBER}[)\]]?(?: times)?"
    rf"|(?:(?:see|show|view|read|load|add|all) )*(?:{_NUMBER}|no )\s*(?:{w.COUNTED})"
    rf"|(?:{w.DAY})(?:,? ?(?:at |um |à |a las |alle )?{w.TIME})?)"
)
# From an edge or a sign (or the figures before it) to an edge or a sign. Several may stand in a row.
_ALONE = re.compile(
    rf"(^|[{_BETWEEN}]|-|(?<=\d)\s)\s*(?:{_ONE}(?:\s*(?:[,&]|and )?\s*(?={_ONE})|\s*(?=$|[{_BETWEEN}]|- )))+", re.I
)
_BEFORE, _BEHIND = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # no letter there; Han is written without blanks
_ANYWHERE = re.compile(
    rf"{w.COUNTED_HAN}\s*[：:]\s*[(（\[【]?\s*{_NUMBER}{w.UNIT_HAN}[)）\]】]?{_BEHIND}"
    rf"|{_BEFORE}{w.COUNTED_HAN}\s*[(（\[【]?\s*{_NUMBER}{w.UNIT_HAN}[)）\]】]?{_BEHIND}"
    rf"|{_BEFORE}(?<![\d.,:：]){w.OF_HAN}{_NUMBER}{w.UNIT_HAN}\s*{w.COUNTED_HAN}{_BEHIND}(?!\s*[：:(（])"
    rf"|(?<![^\W_])(?:{w.AGO})(?![^\W_])"
    rf"|(?:{w.AGO_HAN}){_BEHIND}"
    rf"|{_BEFORE}(?:{w.DAY_HAN})\s*(?:{w.TIME})?(?![^\W_])",
    re.I,
)
_CLOCK = re.compile(rf".{{0,20}}(?:{w.NOW}).{{0,60}}|\d{{1,2}}:\d\d:\d\d(?: ?[ap]\.?m\.?)?(?: ?[a-z]{{2,5}})?", re.I)
_MADE_IN = re.compile(w.MADE_IN, re.I)
_ADVERT = re.compile(rf"[\[(【]?\s*(?:{w.ADVERT})\s*[\])】]?", re.I)
_COPYRIGHT, _YEAR = (
    re.compile(r"©|\(c\)|copyright|版权所有|all rights reserved", re.I),
    re.compile(r"\b(?:19|20)\d\d\b"),
)
_COUNTER_WORD, _BARE_NUMBER = re.compile(rf"(?:{w.COUNTED_HAN}|{w.COUNTED})\s*[：:]?", re.I), re.compile(_NUMBER)
_ONLY_SIGNS = re.compile(r"[\s·•|,，;；:：、/\-–—()（）\[\]【】{}*_#>+]*")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’)）\]]*$")
_SHORT = 100
"""Columns of a block that may hold noise; Han takes two."""


def is_short(words: str) -> bool:
    """A block that is a line of facts rather than a sentence."""
    return columns(words) <= _SHORT and not _SENTENCE_END.search(words)


def columns(words: str) -> int:
    """Columns that text takes, roughly."""
    return len(words) if words.isascii() else len(words) + sum(character > "\u2e7f" for character in words)


def without(words: str) -> str:
    """A short block without its noise; empty when nothing else is in it."""
    if _CLOCK.fullmatch(words) or _ADVERT.fullmatch(words) or _MADE_IN.search(words):
        return ""
    if _COPYRIGHT.search(words):
        words = _YEAR.sub("", words)
    left = _ANYWHERE.sub(" · ", _ALONE.sub(lambda found: f"{found[1]} · ", words))
    if left == words:
        return words
    return "" if _ONLY_SIGNS.fullmatch(left) else re.sub(r"(?:\s*·)+\s*", " · ", left).strip(" ·")


def is_noise(words: str) -> bool:
    """Nothing but noise."""
    return bool(words) and is_short(words) and without(words) == ""


def is_counter_word(words: str) -> bool:
    """What is counted, whose number stands in a block beside it."""
    return _COUNTER_WORD.fullmatch(words) is not None


def is_bare_number(words: str) -> bool:
    """A number alone."""
    return _BARE_NUMBER.fullmatch(words) is not None
