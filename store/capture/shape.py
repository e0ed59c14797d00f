"""The shape of a body against an earlier one (pure): how much it says, how much of the old text is left, its language.

Cheap to import: what compares pages reads no page.
"""

from __future__ import annotations

import re
from collections import Counter

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"[^\W_]+")
_TARGETS = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|<https?://[^>\s]*>|https?://\S+")
_SENTENCES = re.compile(r"[\n.!?。！？；|]+")
_LEAST_SENTENCE = 6  # letters
_SAMPLE = 20_000  # characters that tell a language
_LEAST_WORDS, _LEAST_LETTERS = 12, 60
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.3),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.3),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.5),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.5),
    ("el", re.compile("[\u0370-\u03ff]"), 0.5),
    ("he", re.compile("[\u0590-\u05ff]"), 0.5),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.5),
    ("hi", re.compile("[\u0900-\u097f]"), 0.5),
)
_SMALL_WORDS = {
    "en": "the of and to in is that for with was on as are it this by from at be have not which",
    "de": "der die und das den von ist mit des auf für im nicht ein eine dem sich als auch wird zu",
    "fr": "le la les des et du est une dans pour que qui sur pas au avec par ce sont aux",
    "es": "el los las del y que en una por con para es se su al lo como más pero",
    "it": "il di che la è un per una non sono con del della le gli nel alla dei anche",
    "pt": "o os um uma do da dos das e não com para que em por se mais na no ao",
    "nl": "de het een en van is dat op te zijn met voor niet aan er ook bij als",
    "pl": "i w na z się nie do jest to że o jak po przez od za dla",
    "sv": "och att det som en på är av för med den till inte har ett om",
    "tr": "ve bir bu için ile da de olarak çok daha olan gibi kadar",
}
_OF_LANGUAGE = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def plain(markdown: str) -> str:
    """Markdown without the addresses of its links."""
    return _TARGETS.sub("]", markdown)


def weight(text: str) -> int:
    """How much a text says, in letters; a Han letter is worth two."""
    letters = sum(map(str.isalnum, text))
    return letters if text.isascii() else letters + len(_HAN.findall(text))


def share_kept(old: str, new: str) -> float:
    """How much of the old Markdown's sentences the new one has, from 0 to 1, the long ones counting more."""
    before, after = _sentences(old), _sentences(new)
    total = sum(map(len, before))
    return sum(len(sentence) for sentence in before if sentence in after) / total if total else 0.0


def _sentences(markdown: str) -> set[str]:
    found = ("".join(_WORDS.findall(sentence)).casefold() for sentence in _SENTENCES.split(plain(markdown)))
    return {sentence for sentence in found if len(sentence) >= _LEAST_SENTENCE}


def language_of_text(text: str) -> str | None:
    """By its script, else by the small words that every sentence has; None where that is not plain."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < _LEAST_LETTERS // 2:
        return None
    for language, script, share in _SCRIPTS:
        if len(script.findall(sample)) > share * letters:
            return language
    words = _WORDS.findall(sample.casefold())
    if letters < _LEAST_LETTERS or len(words) < _LEAST_WORDS:
        return None
    counts = Counter(
        {language: sum(word in small for word in words) for language, small in _OF_LANGUAGE.items()}
    ).most_common(2)
    (first, most), (_, next_most) = counts
    return first if most >= 4 and most >= 0.08 * len(words) and most >= 1.5 * next_most else None
