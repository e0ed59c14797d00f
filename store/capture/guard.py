"""What is refused before the parser sees it: sources that cost it minutes inside C, where no limit of ours reaches.

Linear and cheap. Measured: 100,000 attributes on one tag cost lxml 28 CPU seconds, 20,000 one second: it grows with the
square. A quote that is never closed turns the words of a whole article into attributes, so real pages have thousands.
"""

from __future__ import annotations

import re

from store.errors import ConversionTooBig

TAGS = 300_000
ATTRIBUTES = 20_000

_LONG_TAG = re.compile(r"<[a-zA-Z](?>[^\"'>]+|\"[^\"]*\"|'[^']*'){1,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/]+")
_SHORT = 4_000  # characters: such a tag has too few to matter
_SCRIPT = re.compile(r"<script\b[^>]{0,4000}>", re.I)
_SCRIPT_END = re.compile(r"</script\b", re.I)


def check(source: str, url: str) -> None:
    """Raise ConversionTooBig(tags) or (attributes) for a source that would keep the parser busy for too long."""
    if source.count("<") > TAGS:
        raise ConversionTooBig(url, "tags", TAGS)
    cost = 0
    for tag in _LONG_TAG.finditer(_without_scripts(source)):
        if tag.end() - tag.start() > _SHORT:
            cost += _attributes(tag[0]) ** 2
            if cost > ATTRIBUTES**2:
                raise ConversionTooBig(url, "attributes", ATTRIBUTES)


def _without_scripts(source: str) -> str:
    """What stands in a script is no tag; its own tag is one."""
    kept, at = [], 0
    while (opening := _SCRIPT.search(source, at)) and (end := _SCRIPT_END.search(source, opening.end())):
        kept.append(source[at : opening.end()])
        at = end.start()
    return "".join((*kept, source[at:]))


def _attributes(tag: str) -> int:
    return len(_BETWEEN.split(_QUOTED.sub(" ", tag)))
