"""The units a reader sees in a text: a character where words are not written apart, a word or number elsewhere, a mark.

Han, kana, bopomofo, Hangul, Thai, Lao, Myanmar and Khmer count by the character, all other letters and digits by
the word; every punctuation mark and every run of blanks is a unit of its own. Accents, variation selectors and joined
emoji stay with the character they belong to. `_` is a mark, as Markdown writes emphasis with it.
"""

from __future__ import annotations

import re

# The inside of a character class: scripts whose words are not written apart (Hangul: whose words carry endings).
CHARACTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"  # Thai and Lao, Myanmar, Hangul jamo, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b"  # Han radicals, 々〆〇, Hangzhou numerals, marks
    "\u3040-\u30fa\u30fc-\u318f\u31a0-\u31bf\u31f0-\u31ff"  # kana (but ・), bopomofo, Hangul jamo
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"  # Han, Hangul, half-width kana
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff"  # kana supplement, Han extensions
)
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_INDIC = "\u0900-\u0963\u0966-\u0dff"  # letters, vowel signs and digits alike; not the two dandas
_EXTEND = f"(?:[{_MARKS}\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d\\S?)"

_TOKEN = re.compile(
    rf"\n|[^\S\n]+|[{CHARACTERS}]{_EXTEND}*|(?:(?:(?![{CHARACTERS}])[^\W_]|[{_INDIC}]){_EXTEND}*)+|.{_EXTEND}*", re.S
)


def tokens(text: str) -> list[str]:
    """The units in order; joined they are the text again. A line end is a unit of its own."""
    return _TOKEN.findall(text)
