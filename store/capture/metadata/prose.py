"""Whether an article's own text speaks of a title: how many of its words stand in the sentences of the page."""

from __future__ import annotations

import re

from store.capture.metadata.sources import Sources
from store.text import fold

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{3,}")
_SENTENCE = re.compile(r"[。！？；，]|[.,;!?](?:\s|$)")
_SHORT = 40  # characters, of which a Han character counts twice


class Prose:
    """The sentences of a page that do not stand beside its article."""

    def __init__(self, sources: Sources) -> None:
        self._text = fold(
            "\n".join(
                text
                for element, text in sources.pieces
                if _is_sentence(text) and not sources.is_heading(element) and not sources.is_beside(element)
            )
        )
        self._words = frozenset(_WORD.findall(self._text))

    def share(self, title: str) -> float | None:
        """Of the words of a title those that the sentences have, 0 to 1; None where there are none of either."""
        words = _words(title)
        if not words or not self._text:
            return None
        return sum(word in self._text if _HAN.match(word) else word in self._words for word in words) / len(words)


def _is_sentence(text: str) -> bool:
    return len(text) + len("".join(_HAN.findall(text))) >= _SHORT and _SENTENCE.search(text) is not None


def _words(title: str) -> set[str]:
    """Words of letters, and each two Han characters that stand together."""
    plain = fold(title)
    pairs = {run[at : at + 2] for run in _HAN.findall(plain) for at in range(len(run) - 1)}
    return pairs | set(_WORD.findall(plain))
