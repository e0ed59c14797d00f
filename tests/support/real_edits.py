"""Real edits of real pages: one sentence, one figure or one link target, in bytes that a server would then send."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from noise import KEPT

PLAIN = "[A-Za-z ,\u4e00-\u9fff，、]"
SENTENCE = re.compile(rf"{PLAIN}{{20,}}")
FIGURE = re.compile(rf"(?<=[a-z\u4e00-\u9fff ])({PLAIN}{{14,30}})(\d{{1,6}})({PLAIN}{{8,30}})")
LINK = re.compile(r"(?<!!)\[[^\[\]]{4,}\]\(https?://[^/()\s]+(/[^()\s?#;]{8,})[^()\s]*\)")
LEAST = 90  # characters of a line that is prose


@dataclass(frozen=True, slots=True)
class Edit:
    """What stood in the page and in its text, and what stands there now."""

    kind: str
    old: str
    new: str
    page: bytes


def edited(kind: str, page: bytes, body: str) -> Edit | None:
    """The page with one edit of this kind in a line of its article; None where no place for one is sure."""
    try:
        source = page.decode("utf-8")
    except UnicodeDecodeError:
        return None
    for line in prose_of(body):
        for old, new in KINDS[kind](line):
            if body.count(old) == 1 and source.count(old) == 1 and is_shown(source, old, kind):
                return Edit(kind, old, new, source.replace(old, new).encode())
    return None


def is_shown(source: str, old: str, kind: str) -> bool:
    """It stands in the markup, not in a script beside it: a target inside of a tag, words outside."""
    earlier = source.partition(old)[0].lower()
    if earlier.rfind("<script") > earlier.rfind("</script"):
        return False
    markup = KEPT.sub(b"", source.encode()).decode()
    before = markup.partition(old)[0]
    return old in markup and (before.rfind("<") > before.rfind(">")) == (kind == "link")


def prose_of(body: str) -> list[str]:
    """Long lines of a body, but no headings, items, tables and code; from the second on."""
    lines = [line for line in re.sub(r"(?ms)^```.*?^```", "", body).split("\n") if len(line) >= LEAST]
    return [line for line in lines if not re.match(r"\s*[#|>`<!-]|\s*\d+[.)]|\s*\*", line)][1:]


def sentences(line: str) -> list[tuple[str, str]]:
    """A few words, and other ones in their place."""
    pieces = [found[0].strip() for found in SENTENCE.finditer(re.sub(r"\[[^\]]*\]\([^)]*\)", "§", line))]
    return [(piece, f"{piece[:8].rstrip()} quite unexpectedly {piece[-8:].lstrip()}") for piece in pieces]


def figures(line: str) -> list[tuple[str, str]]:
    """A number between words, and the number after it."""
    return [
        (found[0], f"{found[1]}{int(found[2]) + 1}{found[3]}") for found in FIGURE.finditer(line) if found[2][0] != "0"
    ]


def links(line: str) -> list[tuple[str, str]]:
    """Where a link leads, and another place."""
    return [(found[1], "/moved" + found[1]) for found in LINK.finditer(line)]


KINDS: dict[str, Callable[[str], list[tuple[str, str]]]] = {"sentence": sentences, "figure": figures, "link": links}
