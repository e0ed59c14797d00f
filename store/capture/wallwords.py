"""What walls say, looked for in titles and texts. Pure, and cheap to import. The sayings stand in `sayings`."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from store.capture.converted import Wall
from store.capture.sayings import PHRASES, TITLES
from store.text import fold

_GAP = 40  # characters that `…` may stand for
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PHRASE_FROM = 5  # characters
_PARTS = re.compile(
    r"\s+(?:[|\-–—·»«•:~]|//)\s+|\s*[_｜|•：]\s*|:\s+|(?<=[\u3040-\u9fff])-|-(?=[\u3040-\u9fff])|[!！?？.。…]+(?:\s+|$)"
)
_EDGES = " !.?,:;-–—~|·•…。！？【】[]()（）\"'«»"
_MOST = 6_000  # characters at the beginning of a text, and half as many at its end, that are looked at


def walls_of_title(title: str) -> frozenset[Wall]:
    """The walls that a title, or one of its parts, names and nothing else."""
    folded = fold(title[:300])
    parts = {part.strip(_EDGES) for part in (folded, *_PARTS.split(folded))}
    parts.discard("")
    return frozenset(wall for wall, saying in _titles().items() if any(saying.fullmatch(part) for part in parts))


def parts_of(title: str) -> list[str]:
    """A title folded, and cut where signs part the site's name from the page's."""
    parts = (part.strip(_EDGES) for part in _PARTS.split(fold(title[:300])))
    return [part for part in parts if part]


def phrases_in(text: str) -> dict[Wall, int]:
    """How many different things each wall says in a text; walls that say nothing are left out."""
    seen = text if len(text) <= 1.5 * _MOST else f"{text[:_MOST]} {text[-_MOST // 2 :]}"
    words = fold(seen).split()
    folded, known = " ".join(words), {*words, ""}
    said = {
        wall: sum(_is_said(pieces, folded) for inner, pieces in sayings if inner in known)
        for wall, sayings in _phrases().items()
    }
    return {wall: count for wall, count in said.items() if count}


def _is_said(pieces: tuple[str, ...], folded: str) -> bool:
    """The first piece, and the others close behind it, each in its turn."""
    at = folded.find(pieces[0])  # plain search: hundreds of alternatives in one pattern took fifty times as long
    for before, piece in itertools.pairwise(pieces):
        if at < 0:
            return False
        begin = at + len(before)
        at = folded.find(piece, begin, begin + _GAP + len(piece))
    return at >= 0


def _sayings(lines: str) -> list[str]:
    return [" ".join(line.split()) for line in lines.split("\n") if line.strip()]


@lru_cache(1)
def _titles() -> dict[Wall, re.Pattern[str]]:
    return {wall: _pattern(_sayings(lines)) for wall, lines in TITLES.items()}


def _pattern(sayings: list[str]) -> re.Pattern[str]:
    ways = (f".{{0,{_GAP}}}".join(re.escape(fold(piece)) for piece in saying.split("…")) for saying in sayings)
    return re.compile("|".join(ways))


@lru_cache(1)
def _phrases() -> dict[Wall, frozenset[tuple[str, tuple[str, ...]]]]:
    """The pieces of each saying, and a word that stands between two others of the first: it is asked for first."""
    return {
        wall: frozenset(
            (_inner_word(pieces[0]), pieces)
            for saying in _sayings(lines) + _as_phrases(TITLES[wall])
            if (pieces := tuple(map(fold, saying.split("…"))))
        )
        for wall, lines in PHRASES.items()
    }


def _inner_word(piece: str) -> str:
    return max(piece.split()[1:-1], key=len, default="")


def _as_phrases(lines: str) -> list[str]:
    """East Asian titles that are long enough to mean the same in a text."""
    titles = [title.strip("…") for title in _sayings(lines)]
    return [title for title in titles if _EAST_ASIAN.search(title) and len(title) >= _PHRASE_FROM]
