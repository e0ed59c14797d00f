"""Which tags are on offer while one is typed, as a plain model: those that begin so first, the more used first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.text import fold, one_line

_WORD = re.compile(r"[^\s,]*\Z")
_OFFERED = 5


class Offers:
    """Tags to choose from: `known` for what is put on, `present` for what is taken off, each with its count."""

    def __init__(self, known: Sequence[tuple[str, int]], present: Sequence[tuple[str, int]] = ()) -> None:
        self._known = known
        self._present = present

    def offered(self, text: str) -> list[tuple[str, int]]:
        """What the last word of a field may become; nothing while it is empty."""
        word = _last_word(text)
        bare = fold(word.lstrip("+-#"))
        taking_off = word.startswith("-")
        if not bare and not taking_off:
            return []
        used = {fold(other.lstrip("+-#")) for other in re.split(r"[\s,]+", text.removesuffix(word))}
        found = [
            (not fold(tag).startswith(bare), -count, tag)
            for tag, count in (self._present if taking_off else self._known)
            if bare in fold(tag) and fold(tag) not in used and fold(tag) != bare
        ]
        return [(tag, -count) for _, count, tag in sorted(found)[:_OFFERED]]

    def completed(self, text: str) -> str | None:
        """The field with its last word completed; None when nothing is on offer."""
        found = self.offered(text)
        if not found:
            return None
        word = _last_word(text)
        sign = word[:1] if word[:1] in ("+", "-") else ""
        return text.removesuffix(word) + sign + found[0][0] + " "

    def line(self, text: str) -> str:
        """What is on offer, for a line below the field."""
        return "   ".join(f"#{one_line(tag, 60)} {count:,}" for tag, count in self.offered(text))


def _last_word(text: str) -> str:
    found = _WORD.search(text)
    return found[0] if found else ""
