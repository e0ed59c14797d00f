"""Sizes as people write them: `10 MB`, `1.5 GB`, and back. One MB is 1,048,576 bytes, as in the store's limits."""

from __future__ import annotations

import re

UNITS = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?B)", re.IGNORECASE)


def parse_size(text: str) -> int | None:
    """Bytes, or None when the text is no size."""
    found = _SIZE.fullmatch(text.strip())
    return round(float(found[1]) * UNITS[found[2].upper()]) if found else None


def readable(size: int) -> str:
    """The size in the largest unit that leaves at least one, with one digit after the point where it is needed."""
    for unit in ("GB", "MB", "KB"):
        if size >= UNITS[unit]:
            return f"{size / UNITS[unit]:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} B"
