"""The language of a text: the script of the text decides, the page's declaration only among the other languages."""

from __future__ import annotations

import re

_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_DECLARED = re.compile(r"\s*([A-Za-z]{2,3})(?=\s*$|[-_,])")
_BY_SCRIPT = ("zh", "ja", "ko")
_SAMPLE = 20_000
_ENOUGH = 20  # letters by which a script can be told


def language_of(text: str, declared: str | None) -> str | None:
    """A language code of two or three letters, or None."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters >= _ENOUGH:
        if len(_KANA.findall(sample)) > 0.05 * letters:
            return "ja"
        if len(_HANGUL.findall(sample)) > 0.3 * letters:
            return "ko"
        if len(_HAN.findall(sample)) > 0.3 * letters:
            return "zh"
    found = _DECLARED.match(declared or "")
    word = found[1].lower() if found else None
    return None if word in _BY_SCRIPT and letters >= _ENOUGH else word
