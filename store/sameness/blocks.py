"""A Markdown body as blocks, each with what is compared of it and what kind of text it is.

A block is one line of Markdown (a paragraph, an item, a row of a table, a line of code), or a run of lines that are
nothing but links. Blanks do not count outside code; beside Han they do not even part words.

Noise is looked for line by line, and what stands around a line may forbid it: a cell of a table is data (but in a
column of views), two lines side by side that count the same thing of two things are a list of results, and a time below
a heading is when something takes place. A list of links belongs to the text where it gives files or annexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby
from unicodedata import normalize

from store.sameness import noise
from store.sameness.targets import picture, target
from store.sameness.words import ANNEXED, FILES, RELATED


class Kind(Enum):
    """What kind of text a block is; only FIGURES and LINKS may flicker."""

    PROSE = "prose"
    FIGURES = "figures"  # short: a number, a date, next to no words
    LINKS = "links"  # a run of lines that are links
    RELATED = "related"  # one below a heading that says it leads elsewhere
    HEADING = "heading"
    CODE = "code"  # compared blank by blank
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `start` to `end` of a body; `text` is what is compared, `frame` the same without its figures or links."""

    kind: Kind
    text: str
    frame: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its noise, and `whole` as it would be with it; `counted` is what its counters count."""

    kind: Kind
    text: str
    number: int
    whole: str = ""
    counted: frozenset[str] = frozenset()


_LONGEST, _MOST = 1_000_000, 15_000  # characters and lines of a body in which noise is looked for
_TEXTS = (Kind.PROSE, Kind.HEADING, Kind.CODE)
_FENCE = re.compile(r"[\s>]*(?:(?:[-*+]|\d+\.)\s+)?(`{3,}|~{3,})")
_PICTURE = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(<?([^()\s<>]*)>?(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"(\[([^\[\]]*)\]|\])\(<?([^()\s<>]*)>?(?:\s+\"[^\"]*\")?\)")  # whole, or its end behind a picture
_ATTRIBUTE = re.compile(r"(\s(href|src)=\")([^\"<>]*)\"")  # of a table that is written as HTML
_TAG = re.compile(r"\s*(</?[a-z][^<>]*>)\s*")
_BARE_LINK = re.compile(r"<(https?://[^\s<>]+)>")
_HELD = 0x100000  # a character from here on stands for an address, while words are looked at
_ANY_HELD = re.compile("[\U00100000-\U0010fffd]")
_MOST_HELD = 0xFFFD
_HELD_PICTURE = re.compile("!\\[[^\\[\\]]*\\][\U00100000-\U0010fffd]")
_HELD_LINK = re.compile("\\[([^\\[\\]]*)\\][\U00100000-\U0010fffd]")
_MARKER = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+|#{1,6}\s+)*")
_ITEM = re.compile(r"[\s>]*(?:[-*+]|\d+[.)]) ")
_BLANKS = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\\\\]")
_HAN = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}]) | (?=[{_HAN}])")
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?|[ap]\.?m\.?"
)
_DATED = rf"\b(?:{_MONTHS})\b\.?|(?:星期|周)[一二三四五六日天]|[上下]午"
_FIGURE = re.compile(
    rf"(?:{_DATED}|[-+±−]?\d+(?:st|nd|rd|th)?)(?:[\s,.:/年月日时時分秒%‰-]*(?:{_DATED}|\d+(?:st|nd|rd|th)?))*", re.I
)
_WORD = re.compile(r"[^\W\d_]+")
_FEW_WORDS, _FEW_COLUMNS = 3, 24
_LEAST_LINKS, _LONGEST_WORDS = 3, 120
_MOST_LINES = 30
_LARGEST_PART, _SMALL = 0.25, 1_000  # of the text's characters; characters
_RELATED, _ANNEXED, _FILES = re.compile(RELATED, re.I), re.compile(ANNEXED, re.I), re.compile(FILES, re.I)
_LONGEST_HEADING = 60  # characters
_RESULT = re.compile(r"votes?\b|票", re.I)  # what links lead to is counted too, but not so


@lru_cache(maxsize=8)  # a refresh looks at the same two bodies several times
def blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a Markdown body, in order; blank lines are in none. A very long body is compared as it is."""
    if len(body) > _LONGEST or body.count("\n") > _MOST:
        return tuple(_block(_Line(Kind.CODE, raw, at)) for at, raw in enumerate(body.split("\n")) if raw.strip())
    lines = _beside_counters(_in_their_place(list(_lines(body))))
    size = sum(len(line.text) for line in lines)
    found: list[Block] = []
    for may_be_links, group in groupby(lines, lambda line: line.kind not in _TEXTS):
        run = list(group)
        first, last = _ends_of_links(run) if may_be_links else (len(run), len(run))
        found += map(_block, run[:first])
        for links in _runs(run[first:last]):
            found += _list_of_links(links, found, size)
        found += map(_block, run[last:])
    return tuple(found)


def told(found: Sequence[Block]) -> list[Block]:
    """Those that say something: neither noise nor lists of related pages."""
    return [block for block in found if block.kind not in (Kind.NOISE, Kind.RELATED)]


def frame_of(words: str) -> str:
    """A short text whatever its figures and dates are."""
    return _FIGURE.sub("0", words)


def _lines(body: str) -> Iterator[_Line]:
    fence = ""
    for number, raw in enumerate(body.split("\n")):
        found = _FENCE.match(raw)
        if fence:
            yield _Line(Kind.CODE, raw.rstrip(), number)
            if found and found[1].startswith(fence) and not raw[found.end() :].strip("`~ "):
                fence = ""
        elif found:
            fence = found[1]
            yield _Line(Kind.CODE, raw.strip(), number)
        elif raw.strip():
            yield _line(raw, number)


def _line(raw: str, number: int) -> _Line:
    addresses: list[str] = []
    words = _plain(raw)
    if "[" in words or "<" in words:
        words = _with_held(words, addresses)
    marker = _MARKER.match(words)
    assert marker is not None  # may be empty
    seen = words[marker.end() :]
    left = seen.strip() if seen.startswith(("|", "<table")) else _without_noise(seen)
    if not left:
        return _Line(Kind.NOISE, "", number, _told(marker[0], seen.strip(), addresses))
    kind = Kind.HEADING if "#" in marker[0] else _kind(left)
    text = _told(marker[0], left, addresses)
    if left == seen.strip():
        return _Line(kind, text, number)
    labelled = not addresses or _RESULT.search(seen)
    return _Line(
        kind, text, number, _told(marker[0], seen.strip(), addresses), noise.counted(seen) if labelled else frozenset()
    )


def _told(marker: str, words: str, addresses: list[str]) -> str:
    return _filled(marker + _BESIDE_HAN.sub("", words), addresses)


def _with_held(words: str, addresses: list[str]) -> str:
    """The same with a sign in the place of each address."""
    words = _PICTURE.sub(lambda found: f"![{found[1]}]{_hold(addresses, picture(found[2]))}", words)
    words = _LINK.sub(lambda found: _link(found, addresses), words)
    if words.startswith("<table"):
        words = _ATTRIBUTE.sub(lambda found: f'{found[1]}{_attribute(found, addresses)}"', _TAG.sub(r"\1", words))
    return _BARE_LINK.sub(lambda found: f"<{_hold(addresses, target(found[1]))}>", words)


def _plain(raw: str) -> str:
    words = _BLANKS.sub(" ", _UNSEEN.sub("", raw)).strip()
    if words.isascii():
        return words
    return normalize("NFC", _ANY_HELD.sub("", words))


def _link(found: re.Match[str], addresses: list[str]) -> str:
    """The words of a link, and a sign for where it leads; one that is nothing but noise is a sign between words."""
    if found[2] and noise.is_noise(found[2].replace("*", "").strip()):
        return "·"
    return found[1] + _hold(addresses, target(found[3]))


def _attribute(found: re.Match[str], addresses: list[str]) -> str:
    address = found[3].replace("&amp;", "&")
    return _hold(addresses, target(address) if found[2] == "href" else picture(address))


def _hold(addresses: list[str], address: str) -> str:
    if len(addresses) == _MOST_HELD:
        return f"({address})"
    addresses.append(address)
    return chr(_HELD + len(addresses) - 1)


def _filled(words: str, addresses: list[str]) -> str:
    return _ANY_HELD.sub(lambda found: f"({addresses[ord(found[0]) - _HELD]})", words)


def _without_noise(seen: str) -> str:
    words = seen.strip()
    if not noise.is_short(words):
        return words
    return noise.without(words.replace("*", ""))


def _kind(words: str) -> Kind:
    outside, links = _HELD_LINK.subn("", _HELD_PICTURE.sub("", words))
    if links and _is_bare(outside) and len(words) <= links * _LONGEST_WORDS:
        return Kind.LINKS
    return Kind.FIGURES if _FIGURE.search(words) and noise.is_short(words) and _is_bare(words) else Kind.PROSE


def _is_bare(words: str) -> bool:
    """Next to no words beside figures and signs."""
    found = _WORD.findall(_FIGURE.sub(" ", words))
    return len(found) <= _FEW_WORDS and sum(map(noise.columns, found)) <= _FEW_COLUMNS


def _in_their_place(lines: list[_Line]) -> list[_Line]:
    """The same with the noise that is none where it stands, and tables without their columns of views."""
    kept = [_with_noise(line) if _is_said(lines, at) else line for at, line in enumerate(lines)]
    columns: list[int] = []
    for at, line in enumerate(kept):
        if not line.text.startswith("|") or line.kind is Kind.CODE:
            columns = []
        elif at == 0 or not kept[at - 1].text.startswith("|"):
            columns = [place for place, head in enumerate(_cells(line)) if noise.counts_readers(head)]
        elif columns:
            kept[at] = _without_views(line, columns)
    return kept


def _is_said(lines: list[_Line], at: int) -> bool:
    """What looks like noise is said by the text: a result beside another one, or the time of an event."""
    line = lines[at]
    if line.counted and any(
        line.counted & other.counted for other in lines[max(0, at - 1) : at + 2] if other is not line
    ):
        return True
    before = lines[at - 1] if at else None
    if before is None or line.kind is not Kind.NOISE or not noise.is_moment(line.whole):
        return False
    return before.text.startswith("##") or before.text.endswith((":", "："))


def _with_noise(line: _Line) -> _Line:
    return _Line(_kind(line.whole), line.whole, line.number)


def _cells(row: _Line) -> list[str]:
    return [cell.strip(" *") for cell in row.text.split("|")]


def _without_views(row: _Line, columns: list[int]) -> _Line:
    """A row that names something in words, without the figures of these columns."""
    cells = _cells(row)
    if not any(len(_WORD.findall(cell)) > _FEW_WORDS or noise.columns(cell) > _FEW_COLUMNS for cell in cells):
        return row
    for place in columns:
        if place < len(cells) and noise.is_bare_number(cells[place]):
            cells[place] = ""
    return _Line(row.kind, " | ".join(cells).strip(), row.number)


def _beside_counters(lines: list[_Line]) -> list[_Line]:
    """The same, a number alone next to the word of a counter being noise with it."""
    kept = list(lines)
    for at, line in enumerate(lines[:-1]):
        pair = line.text, lines[at + 1].text
        if any(map(noise.is_bare_number, pair)) and any(map(noise.is_counter_word, pair)):
            for place in (at, at + 1):
                kept[place] = _Line(Kind.NOISE, "", lines[place].number)
    return kept


def _block(line: _Line) -> Block:
    kind = Kind.PROSE if line.kind in (Kind.LINKS, Kind.HEADING) else line.kind
    frame = frame_of(line.text) if kind is Kind.FIGURES else line.text
    return Block(kind, line.text, frame, line.number, line.number + 1)


def _ends_of_links(run: list[_Line]) -> tuple[int, int]:
    """From the first line that is links to the last one."""
    places = [at for at, line in enumerate(run) if line.kind is Kind.LINKS]
    return (places[0], places[-1] + 1) if places else (len(run), len(run))


def _runs(lines: list[_Line]) -> list[list[_Line]]:
    """Lines of links parted where items begin or end."""
    runs: list[list[_Line]] = []
    were_items: bool | None = None
    for line in lines:
        are_items = _ITEM.match(line.text) is not None if line.kind is Kind.LINKS else were_items
        if are_items != were_items:
            runs.append([])
        runs[-1].append(line)
        were_items = are_items
    return runs


def _list_of_links(run: list[_Line], before: list[Block], size: int) -> Iterator[Block]:
    """A short list beside the text as one block; where it is more, it is the text."""
    text = "\n".join(line.text for line in run if line.text)
    heading = next((block.text for block in reversed(before) if block.kind is not Kind.NOISE), "").strip("#*_:： ")
    belongs = _FILES.search(text) is not None or (len(heading) <= _LONGEST_HEADING and _ANNEXED.search(heading))
    is_related = _RELATED.fullmatch(heading) is not None
    largest = max(size * _LARGEST_PART, _SMALL if is_related else min(_SMALL, size - len(text)))
    if belongs or text.count("](") < _LEAST_LINKS or len(run) > _MOST_LINES or len(text) > largest:
        yield from map(_block, run)
        return
    kind = Kind.RELATED if is_related else Kind.LINKS
    yield Block(kind, text, kind.value, run[0].number, run[-1].number + 1)
