"""UTF-16 that does not say so, known by its zero bytes and by what it says then. Pure."""

from __future__ import annotations

import re
from typing import Literal

from store.capture.plausible import plausibility
from store.capture.weblabels import name_of

Wide = Literal["utf-16le", "utf-16be"]

SOUND = 0.7
"""From so plausible on a text is one."""

_SAMPLE = 8_192  # bytes
_CODECS: dict[Wide, str] = {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
CONTROLS = bytes((*range(1, 8), *range(0x10, 0x1B), *range(0x1C, 0x20)))
"""Bytes of no text, but that of ISO-2022 (escape, shifts), of a terminal (escape, backspace) or white space."""

_NEVER = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff]")


def wide_name(data: bytes) -> Wide | None:
    """Which UTF-16 it is without a mark, if any. ASCII has every other byte zero, a page of Han at least some."""
    sample = data[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    name: Wide = "utf-16le" if odd > even else "utf-16be"
    zeros, others = max(even, odd), min(even, odd)
    if zeros >= max(4, len(sample) // 6) and others * 20 < zeros:
        return name if is_text(data, name) else None
    if zeros < 2 and not has_controls(sample):
        return None
    return next((each for each in _CODECS if reads_well(data, each)), None)  # Han: few or no zero bytes, on either side


def named_wide(charset: str | None) -> Wide | None:
    """The UTF-16 that a declaration names, if any."""
    name = name_of(charset) if charset else None
    return next((each for each in _CODECS if each == name), None)


def has_controls(sample: bytes) -> bool:
    """Whether it has what no text of single bytes has: a tenth of random bytes are control characters."""
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return controls > 2 and controls > len(sample) // 50


def is_text(data: bytes, name: Wide, tolerated: float = 0.02) -> bool:
    """Whether next to nothing in its beginning is no character."""
    text = _beginning(data, name)
    return len(_NEVER.findall(text)) <= tolerated * len(text)


def reads_well(data: bytes, name: Wide) -> bool:
    """Whether its beginning is text, and such as somebody writes."""
    return is_text(data, name) and plausibility(_beginning(data, name)) >= SOUND


def _beginning(data: bytes, name: Wide) -> str:
    text = data[: _SAMPLE & ~1].decode(_CODECS[name], "replace")
    return text[:-1] if len(data) > _SAMPLE else text  # half of a pair
