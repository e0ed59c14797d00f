"""A fact of a page and where it stood."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """`source` is for people: `json-ld datePublished`, `meta og:title`, `h1`, `byline .author`."""

    value: str
    source: str
