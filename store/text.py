"""Text from outside, made fit for a terminal, a commit subject, a line of a list, and for searching.

Rules of cleaning (pages and repositories are hostile):
whole terminal sequences go first, so that their arguments do not stay as text; then every character is judged by its
Unicode category. Controls, line separators and odd spaces are a blank; what no font has (private use, surrogates,
unassigned) is U+FFFD; what cannot be seen (marks of direction, zero-width, tags, fillers) is nothing. A joiner stays
between letters or emoji, where it shapes Persian and joins families. At most six marks stand on a character, and one
variation selector behind it. Clean text comes back as it is, at the speed of C.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width, normalize

_MOST_MARKS = 6
_TAB = 4  # columns
_OVERLONG = 40  # times the limit: the rest of a longer text is not even looked at

# ECMA-48. Without its end, a string that begins with ESC swallows the line, as in a terminal; one that begins with a
# C1 control needs its end, since garbled pages hold such characters where quotes were meant.
_STRING_BODY = r"[^\x07\x1b\x80-\x9f\n]{0,4096}"
_STRING_END = r"(?:\x07|\x1b\\|\x9c)"
_SEQUENCES = re.compile(
    rf"\x1b[\]PX^_]{_STRING_BODY}{_STRING_END}?"
    rf"|[\x90\x98\x9d\x9e\x9f]{_STRING_BODY}{_STRING_END}"
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"
    r"|\x1b[ -/]{0,4}[0-~]?"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_BLANKS = re.compile(" {2,}")
_NO_GLYPH = frozenset(("Cn", "Co", "Cs"))
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")  # marks and fillers that draw nothing
_JOINERS = re.compile("[\u200c\u200d]+")
_SELECTORS = re.compile("([\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_STACKING = frozenset(("Mn", "Me"))
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"

# Accents and points of Latin, Greek, Cyrillic, Hebrew and Arabic; the marks of kana and of Indic scripts are letters.
_ACCENTS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff"
_ACCENTS += "\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
_NO_BREADTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_PLAIN = {
    **dict.fromkeys("‘’‛ʼ′", "'"),
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
}
_TO_FOLD = re.compile(f"[{''.join(_PLAIN)}{_ACCENTS}{_NO_BREADTH}]+")


def clean(s: str) -> str:
    """`s` as one clean line in NFC, runs of blanks as one, none around it; as long as it is."""
    if s.isascii() and s.isprintable() and "  " not in s:
        return s.strip(" ")
    line = _shaped(_judged(_without_sequences(s).replace("\n", " ")))
    return _stacked(normalize("NFC", _BLANKS.sub(" ", line).strip(" ")))


def one_line(s: str, limit: int = 500) -> str:
    """`clean`, at most `limit` characters long, with an ellipsis where it was cut."""
    line = clean(s[: limit * _OVERLONG])
    return line if len(line) <= limit else _before_ellipsis(line[: max(limit - 1, 0)]) + "…"[:limit]


def visible(s: str) -> str:
    """`s` as clean lines, as a reader may show them: tabs are blanks, every kind of line end is `\\n`."""
    if s.isascii() and s.isprintable():
        return s
    lines = _without_sequences(_LINE_ENDS.sub("\n", s)).expandtabs(_TAB)
    return _stacked(_shaped(_judged(lines)))


def width(s: str) -> int:
    """Columns that a clean line takes in a terminal: wide characters two, marks and joiners none."""
    return len(s) if s.isascii() else sum(map(_columns, s))


def clip(s: str, columns: int) -> str:
    """A clean line cut to at most `columns` columns, with an ellipsis where it was cut."""
    if len(s) * 2 <= columns or width(s) <= columns:
        return s
    if columns < 1:
        return ""
    taken = 0
    for at, character in enumerate(s):
        taken += _columns(character)
        if taken >= columns:  # the ellipsis needs one
            return _before_ellipsis(s[:at]) + "…"
    return s


def fold(s: str) -> str:
    """`s` as it is searched: no case, no accents, typographic apostrophes plain, full-width forms narrow (NFKC).

    Han stays as it is, Hangul stays whole, and the voice marks of kana stay: が is not か.
    """
    if s.isascii():
        return s.lower()
    letters = normalize("NFKD", normalize("NFKD", s).casefold())
    return normalize("NFC", _TO_FOLD.sub(_plain, letters))


def _without_sequences(s: str) -> str:
    return s if s.isprintable() else _SEQUENCES.sub("", s)


def _judged(s: str) -> str:
    """Every character by its category; line feeds and joiners stay for now."""
    if not s.replace("\n", "").isprintable():
        odd = {character for character in set(s) if not character.isprintable()}
        s = s.translate({ord(character): _instead(character) for character in odd})
    return s if s.isascii() else _UNSEEN.sub("", s)


def _instead(character: str) -> str:
    kind = category(character)
    if character in "\n\u200c\u200d" or (kind == "Cn" and _is_reserved(character)):
        return character
    if kind in _NO_GLYPH:
        return "\N{REPLACEMENT CHARACTER}"
    return "" if kind == "Cf" else " "


def _is_reserved(character: str) -> bool:
    """Unassigned in this Python's Unicode, but in a block kept for emoji or Han: newer than Python, not broken."""
    code = ord(character)
    return 0x1F000 <= code <= 0x1FAFF or (0x20000 <= code <= 0x3FFFF and code & 0xFFFF < 0xFFFE)


def _shaped(s: str) -> str:
    """Joiners only where they join, and one variation selector in a row."""
    if s.isascii():
        return s
    return _SELECTORS.sub(r"\1", _JOINERS.sub(_joiner, s))


def _joiner(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    if before and after and (_joins(before) or category(before)[0] == "M") and _joins(after):
        return found[0][0]
    return ""


def _joins(character: str) -> bool:
    kind = category(character)
    return kind[0] == "L" or kind in ("So", "Cn") or character in _SKIN_TONES


def _stacked(s: str) -> str:
    """At most `_MOST_MARKS` marks in a row: more would climb over the lines above ("zalgo")."""
    if s.isascii():
        return s
    marks = {character for character in set(s) if category(character) in _STACKING}
    if not marks:
        return s
    kept: list[str] = []
    height = 0
    for character in s:
        height = height + 1 if character in marks else 0
        if height <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _before_ellipsis(s: str) -> str:
    return s.rstrip(" \u200c\u200d")


@lru_cache(maxsize=8192)
def _columns(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf", "Cc") or "\u1160" <= character <= "\u11ff":  # jamo inside a syllable
        return 0
    return 2 if east_asian_width(character) in "WF" or _is_reserved_wide(character) else 1


def _is_reserved_wide(character: str) -> bool:
    return category(character) == "Cn" and _is_reserved(character)


def _plain(found: re.Match[str]) -> str:
    return "".join(_PLAIN.get(character, "") for character in found[0])
