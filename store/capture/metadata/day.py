"""A date as pages write it -> `2019-10-28`, with time and offset where they are given. Pure.

Rules: ISO 8601 and its looser forms, 2019年10月28日 and 二〇一九年十月二十八日, months by name in the languages below,
numbers with the year last where it is plain which of the others is the month. What is no day of 1990 to 2100 is none.
The time is the page's own: it is never moved to another zone.
"""

from __future__ import annotations

import re
from datetime import date

from store.capture.tree import one_space
from store.text import fold

_NAMES = (
    "january januar janvier enero gennaio janeiro januari января stycznia ledna ocak jan janv ene genn gen янв",
    "february februar fevrier febrero febbraio fevereiro februari февраля lutego unora subat feb fev febr fevr фев",
    "march marz mars marzo marco maart марта marca brezna mart mar mrz мар",
    "april avril abril aprile апреля kwietnia dubna nisan apr avr abr апр",
    "may mai mayo maggio maio mei мая maja kvetna mayis mag",
    "june juni juin junio giugno junho июня czerwca cervna haziran jun giu июн",
    "july juli juillet julio luglio julho июля lipca cervence temmuz jul juil lug июл",
    "august aout agosto augustus августа sierpnia srpna agustos aug ago авг",
    "september septembre septiembre settembre setembro сентября wrzesnia zari eylul sep sept set сен",
    "october oktober octobre octubre ottobre outubro октября pazdziernika rijna ekim oct okt ott out окт",
    "november novembre noviembre novembro ноября listopada listopadu kasim nov ноя",
    "december dezember decembre diciembre dicembre dezembro декабря grudnia prosince aralik dec dez dic декабрь дек",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_ANY_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_TIME = re.compile(
    r"(?:\s*日)?(?:[\sT,，|·\-–(（]*(?:at|um|a las|alle|om)?\s*)"
    r"(\d{1,2})[:：时](\d\d)(?:[:：分](\d\d))?(?:[.,]\d{1,9})?"
    r"\s*([ap]\.?m\b)?\s*(Z\b|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.I,
)
_YEAR_FIRST = re.compile(r"(?<![\d.])(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2|年\s*(\d{1,2})\s*月)\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?!\d)")
_SHORT_YEAR = re.compile(r"(\d\d)\.(\d\d)\.(\d\d)")
_UNIX = re.compile(rf"\b{_ANY_MONTH} (\d{{1,2}}) (\d\d:\d\d:\d\d) [a-z]{{3,4}} (\d{{4}})$")
_YEAR_LAST = re.compile(r"(?<![\d.])(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})(?!\d|\.\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s-]*(?:de |of )?{_ANY_MONTH}(?: de| del)?,?[\s-]*(\d{{4}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"\b{_ANY_MONTH}[\s-]*(\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(\d{{4}})(?!\d)")
_HAN_DATE = re.compile(
    "([〇○零一二三四五六七八九]{4})年([正一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿]{1,3})日"
)
_HAN_DIGITS = {character: str(number) for number, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_YEARS = range(1990, 2101)
_LONGEST = 160


def day_in(text: str | None, month_first: bool | None = None) -> str | None:
    """The first date of a text, or None.

    `month_first`: how 3/4/2024 is to be read; None: such a date says nothing.
    """
    words = one_space(text or "")[:_LONGEST]
    if not any(character.isdigit() for character in words):
        return _han_day(words)
    found = _YEAR_FIRST.search(words)
    if found:
        year, month, day = int(found[1]), int(found[3] or found[4]), int(found[5])
        return _written(year, month, day, words[found.end() :])
    return _named(words) or _year_last(words, month_first) or _compact(words) or _han_day(words) or _of_machine(words)


def _of_machine(words: str) -> str | None:
    """`Mon Aug 03 12:45:00 EDT 2015`; and 23.09.22, when there is nothing else."""
    if found := _SHORT_YEAR.fullmatch(words):
        return _written(2000 + int(found[3]), int(found[2]), int(found[1]), "")
    found = _UNIX.search(fold(words).replace("  ", " "))
    return _written(int(found[4]), _MONTHS[found[1]], int(found[2]), found[3]) if found else None


def is_two_way(text: str) -> bool:
    """It is a date such as 3/4/2024, which is read one way here and another way there."""
    found = _YEAR_LAST.search(text)
    return found is not None and found[2] != "." and int(found[1]) <= 12 and int(found[3]) <= 12


def turned_day(day: str) -> str | None:
    """`2024-03-04` -> `2024-04-03`, where that is a day."""
    year, month, number = day[:10].split("-")
    return _written(int(year), int(number), int(month), "")


def _named(words: str) -> str | None:
    folded = fold(words)
    if found := _MONTH_DAY.search(folded):
        return _written(int(found[3]), _MONTHS[found[1]], int(found[2]), folded[found.end() :])
    if found := _DAY_MONTH.search(folded):
        return _written(int(found[3]), _MONTHS[found[2]], int(found[1]), folded[found.end() :])
    return None


def _year_last(words: str, month_first: bool | None) -> str | None:
    found = _YEAR_LAST.search(words)
    if found is None:
        return None
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    rest = words[found.end() :]
    if found[2] == "." or one > 12 or one == two:
        return _written(year, two, one, rest)
    if two > 12:
        return _written(year, one, two, rest)
    if month_first is None:
        return None
    return _written(year, one, two, rest) if month_first else _written(year, two, one, rest)


def _compact(words: str) -> str | None:
    found = _COMPACT.fullmatch(words.rstrip("Z"))
    if found is None:
        return None
    clock = f"{found[4]}:{found[5]}" + (f":{found[6]}" if found[6] else "") if found[4] else ""
    return _written(int(found[1]), int(found[2]), int(found[3]), clock + ("Z" if words.endswith("Z") else ""))


def _han_day(words: str) -> str | None:
    found = _HAN_DATE.search(words)
    if found is None:
        return None
    year = int("".join(_HAN_DIGITS[character] for character in found[1]))
    return _written(year, _han_number(found[2]), _han_number(found[3]), "")


def _han_number(text: str) -> int:
    """一 to 三十一."""
    text = text.replace("正", "一").replace("廿", "二十")
    tens, ten, ones = text.rpartition("十")
    value = int(_HAN_DIGITS.get(ones, "0")) if len(ones) <= 1 else 0
    return (int(_HAN_DIGITS.get(tens, "1")) * 10 if ten else 0) + value


def _written(year: int, month: int, day: int, rest: str) -> str | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    if year not in _YEARS:
        return None
    return f"{year:04}-{month:02}-{day:02}{_clock(rest)}"


def _clock(rest: str) -> str:
    found = _TIME.match(rest)
    if found is None:
        return ""
    hour, minute, second = int(found[1]), int(found[2]), found[3]
    if found[4]:
        hour = hour % 12 + (12 if found[4][0] in "pP" else 0)
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return ""
    return f"T{hour:02}:{minute:02}" + (f":{second}" if second else "") + _offset(found[5])


def _offset(text: str | None) -> str:
    if not text:
        return ""
    if text[0] not in "+-":
        return "Z"
    return text if ":" in text else f"{text[:3]}:{text[3:]}"
