"""Numbers and letters of lists that Markdown has no sign for, as text in front of the items.

Markdown counts in digits, from 0, with nine of them at most. Where a text refers to "(b)" or to "IV", the letter must
not be lost, so such a list becomes one of bullets whose items begin with what the page shows. So does a numbered list
as deep as `DEEPEST` lists or deeper: `compose` writes what is deeper in one list with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from store.capture.tree import Element, elements, text_of

Style = Literal["a", "A", "i", "I", "一", "1"]

DEEPEST = 9
"""Lists in one another, with their items. Readers of Markdown stop at 20 levels and drop what is deeper."""

SPELLED = "spelled"
"""An attribute of a list whose items say their numbers themselves."""

_LARGEST = 999_999_999
_NUMBER = re.compile(r"\s*(-?\d{1,18})\s*$")
_STYLES: tuple[tuple[re.Pattern[str], Style], ...] = (
    (re.compile(r"lower-?(?:alpha|latin)", re.I), "a"),
    (re.compile(r"upper-?(?:alpha|latin)", re.I), "A"),
    (re.compile(r"lower-?roman", re.I), "i"),
    (re.compile(r"upper-?roman", re.I), "I"),
    (re.compile(r"cjk-ideographic|cjk-decimal|(?:simp|trad)-chinese", re.I), "一"),
)
_SAYS_ITSELF = re.compile(r"\s*[(（]?(?:[a-zA-Z]{1,4}|\d{1,4}|[一二三四五六七八九十]{1,3})[.)）、．](?:\s|\S)")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DIGITS = "零一二三四五六七八九"


def spell_numbers(root: Element) -> None:
    """Such lists become bullets, their items' numbers text."""
    for listing in elements(root, "ol"):
        style = _style(listing)
        numbers = list(numbers_of(listing))
        can_be_said = style == "1" and all(0 <= number <= _LARGEST for number, _ in numbers)
        if can_be_said and not _is_deep(listing):
            continue
        listing.tag = "ul"
        listing.set(SPELLED, "")
        for number, item in numbers:
            _prefix(item, _spelled(number, style) + ("、" if style == "一" else ". "))


def numbers_of(listing: Element) -> Iterator[tuple[int, Element]]:
    """The items of a numbered list with their numbers, as a browser counts."""
    items = [child for child in listing if child.tag == "li"]
    step = -1 if listing.get("reversed") is not None else 1
    number = _int(listing.get("start"), len(items) if step < 0 else 1)
    for item in items:
        number = _int(item.get("value"), number)
        yield number, item
        number += step


def _int(written: str | None, otherwise: int) -> int:
    found = _NUMBER.match(written or "")
    return int(found[1]) if found else otherwise


def _style(listing: Element) -> Style:
    kind = (listing.get("type") or "").strip()
    if kind in ("a", "A", "i", "I"):
        return kind  # type: ignore[return-value]  # one of the letters
    named = " ".join((*re.findall(r"list-style[^;]*", listing.get("style") or ""), listing.get("class") or "", kind))
    return next((style for pattern, style in _STYLES if pattern.search(named)), "1")


def _is_deep(listing: Element) -> bool:
    outer = sum(1 for around in listing.iterancestors("ul", "ol"))
    return outer + 1 >= DEEPEST


def _spelled(number: int, style: Style) -> str:
    if style == "一" and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")
    if style in "aA" and 0 < number < 20_000:
        letters = _letters(number)
        return letters if style == "a" else letters.upper()
    if style in "iI" and 0 < number < 4_000:
        letters = _roman(number)
        return letters if style == "i" else letters.upper()
    return str(number)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def _prefix(item: Element, mark: str) -> None:
    """In front of the item's first words, unless they say their number already; an empty item stays empty."""
    words = text_of(item)
    if _SAYS_ITSELF.match(words) or not (words.strip() or item.find(".//img") is not None):
        return
    first = item
    while not (first.text or "").strip() and len(first) and first[0].tag in ("p", "div", "section"):
        first = first[0]
    first.text = mark + (first.text or "").lstrip()
