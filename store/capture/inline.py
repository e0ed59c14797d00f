"""Inline content of a prepared tree as HTML for html2text, its text escaped as Markdown on the way.

Adjacent texts become one before they are looked at, so it does not matter how many elements they once were.
"""

from __future__ import annotations

import html
import re

from lxml import etree

from store.capture.escape import escape_text
from store.capture.marks import AMPERSAND, BREAK, PARAGRAPH
from store.capture.tree import PARAGRAPH_TAG, Element

_BREAKS = {"br": BREAK, PARAGRAPH_TAG: PARAGRAPH}
_KEPT = frozenset(("a", "sub", "sup"))
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")


def inner_source(element: Element) -> str:
    """The HTML of what is inside an element."""
    run = Inline()
    run.add_text(element.text)
    for child in element:
        run.add(child)
    return run.take()


class Inline:
    """One run of inline content; `take` gives it and begins the next."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._texts: list[str] = []
        self._links = 0

    def add_text(self, text: str | None) -> None:
        """More text."""
        if text:
            self._texts.append(text)

    def add(self, element: Element) -> None:
        """An element and the text behind it."""
        for event, inner in etree.iterwalk(element, events=("start", "end")):
            if event == "start":
                self._begin(inner)
            else:
                self._end(inner)

    def take(self) -> str:
        """What was collected, without blanks at its ends."""
        self._flush()
        source, self._pieces = "".join(self._pieces).strip(), []
        return source

    def _begin(self, element: Element) -> None:
        if element.tag in _BREAKS:
            self._texts.append(_BREAKS[element.tag])
        elif element.tag == "img":
            alt = escape_text(element.get("alt") or "", in_link=True)
            self._add_tag(f'<img src="{_target(element.get("src"))}" alt="{_quoted(alt)}">')
        elif element.tag in _KEPT:
            self._add_tag(f'<a href="{_target(element.get("href"))}">' if element.tag == "a" else f"<{element.tag}>")
            self._links += element.tag == "a"
        self.add_text(element.text)

    def _end(self, element: Element) -> None:
        if element.tag in _KEPT:
            self._add_tag(f"</{element.tag}>")
            self._links -= element.tag == "a"
        self.add_text(element.tail)

    def _add_tag(self, tag: str) -> None:
        self._flush(before_link=tag.startswith("<a"))
        self._pieces.append(tag)

    def _flush(self, *, before_link: bool = False) -> None:
        if self._texts:
            text = escape_text("".join(self._texts), in_link=self._links > 0, before_link=before_link)
            self._pieces.append(html.escape(text, quote=False))
            self._texts = []


def _target(value: str | None) -> str:
    """An address in which a reader of Markdown sees no character reference."""
    return _quoted(_ENTITY.sub(AMPERSAND, value or ""))


def _quoted(value: str | None) -> str:
    return html.escape(value or "")
