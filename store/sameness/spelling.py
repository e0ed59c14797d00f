"""Addresses spelled as they were: links and pictures of a changed line that lead where they led."""

from __future__ import annotations

import re
from collections.abc import Callable

from store.sameness.targets import picture, target

_PICTURE = re.compile(r"(!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(<?)([^()\s<>]+)")
_LINK = re.compile(r"((?:(?<!!)\[[^\[\]]*|[)\]])\]\(<?)([^()\s<>]+)")


def speller(old: str) -> Callable[[str], str]:
    """What gives a line the addresses of the old body in the place of those that differ from them by noise alone."""
    pictures = {picture(found[2]): found[2] for found in _PICTURE.finditer(old)}
    links = {target(found[2]): found[2] for found in _LINK.finditer(old)}

    def respelled(line: str) -> str:
        line = _PICTURE.sub(lambda found: found[1] + pictures.get(picture(found[2]), found[2]), line)
        return _LINK.sub(lambda found: found[1] + links.get(target(found[2]), found[2]), line)

    return respelled
