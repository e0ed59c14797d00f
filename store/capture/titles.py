"""A title that a page typed in two or three paragraphs over its text, as one heading or, under that heading, gone."""

from __future__ import annotations

import re
from itertools import pairwise

from store.capture.tree import BLOCKS, HEADINGS, Element, drop, holders, one_space, text_of

_MOST_LINES = 4
_LOOKED_AT = 8  # blocks at the top
_LEAST = 8  # letters of a title that may be known by its words
_CENTRED = re.compile(r"text-align:\s*center", re.I)
_LETTERS = re.compile(r"[\W_]+")
_HAN = "[\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]"
_BETWEEN_HAN = re.compile(f"(?<={_HAN}) (?={_HAN})")
_PARTS = re.compile(r"[_|–—-]")


def settle_title_lines(root: Element) -> None:
    """Centred paragraphs side by side at the top whose words together are the title."""
    named = root.getroottree().findtext(".//title") or ""
    holding = holders(root, BLOCKS)
    top: list[Element] = []
    for element in root.iter("p", "div", *HEADINGS):
        if element not in holding and text_of(element).strip():
            top.append(element)
            if len(top) == _LOOKED_AT:
                break
    _drop_repeated(top)
    for start in range(len(top)):
        heading = next((block for block in reversed(top[:start]) if block.tag in HEADINGS), None)
        lines = _title_at(top[start:], _letters(text_of(heading)) if heading is not None else None, named)
        if lines:
            _settle(lines, heading)
            return


def _drop_repeated(top: list[Element]) -> None:
    """The title once more, as a heading right under it."""
    for before, heading in pairwise(list(top)):
        words = _letters(text_of(heading))
        if (
            before.tag == "h1"
            and heading.tag in HEADINGS
            and len(words) >= _LEAST
            and words == _letters(text_of(before))
        ):
            top.remove(heading)
            drop(heading)
            return


def _title_at(blocks: list[Element], heading: str | None, named: str) -> list[Element]:
    """The paragraphs that together say what the heading over them says; without one, the page's name.

    One alone has to be all of a part of that name.
    """
    said, parts = "", [_letters(part) for part in _PARTS.split(named)]
    named = _letters(named)
    for count, block in enumerate(blocks[:_MOST_LINES], 1):
        if block.tag in HEADINGS or not _is_centred(block):
            break
        said += _letters(text_of(block))
        is_title = said == heading if heading is not None else len(said) >= _LEAST and named.startswith(said)
        if is_title and (count > 1 or (heading is None and said in parts)):
            longer = heading is None and _goes_on(said, blocks[count:_MOST_LINES], named)
            if not longer:
                return blocks[:count]
    return []


def _goes_on(said: str, following: list[Element], named: str) -> bool:
    """The next line is of the title too."""
    block = next(iter(following), None)
    if block is None or block.tag in HEADINGS or not _is_centred(block):
        return False
    return named.startswith(said + _letters(text_of(block)))


def _is_centred(block: Element) -> bool:
    for element in (block, *block.iterancestors("center", "div", "td")):
        if element.tag == "center" or (element.get("align") or "").lower() == "center":
            return True
        if _CENTRED.search(element.get("style") or "") or "center" in (element.get("class") or "").lower():
            return True
        if element is not block and element.tag == "div":
            break
    return all(inner.tag in ("strong", "b", "span", "font") for inner in block) and block.find(".//strong") is not None


def _settle(lines: list[Element], heading: Element | None) -> None:
    if heading is None:
        words = [one_space(text_of(line)) for line in lines]
        title = lines[0].makeelement("h1")
        title.text = _BETWEEN_HAN.sub("", " ".join(words))
        lines[0].addprevious(title)
    for line in lines:
        drop(line)


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
