"""Small ordinary pages for tests: an article with what stands around one."""

from __future__ import annotations

import html

PROSE = [
    "The ferry leaves the quay at six in the morning, and by then the fog has already lifted from the outer islands.",
    "Nobody on board remembered who had first painted the lighthouse red, although a bill for eleven tins exists.",
    "Salt, coffee and lamp oil were the three things that no household could do without in the months of ice.",
    "A schoolteacher measured the tides every afternoon, and his notebooks are kept in a dry cellar until today.",
    "The repair of the northern breakwater took three summers, because the stone had to come over by barge.",
]

NAMES = ("Alpha", "Beta", "Gamma")  # the pages of the fixture `kept`
LATER = "<p>In autumn the harbour master counted ninety boats more than in the year before, and wrote it down.</p>"


def article(title: str = "The harbour log", inner: str = "", head: str = "", lang: str = "en") -> str:
    """A page with navigation, an article of five paragraphs and `inner`, a sidebar and a footer."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in PROSE)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}'
        f"<title>{html.escape(title)}</title></head>"
        "<body><nav><ul><li><a href='/'>Home</a></li><li><a href='/about'>About us</a></li></ul></nav>"
        f"<main><article><h1>{html.escape(title)}</h1>{paragraphs}{inner}</article></main>"
        "<aside class='sidebar'><h3>More to read</h3><ul><li><a href='/x'>Ten sheds</a></li></ul></aside>"
        "<footer><p>Copyright Tidewater Press</p></footer></body></html>"
    )
