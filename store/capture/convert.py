"""Bytes of a page -> its article as Markdown. Pure, and to be run where it can be stopped: see `worker`."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from store.capture.charset import decode
from store.capture.codeblocks import fence
from store.capture.converted import Converted
from store.capture.extract import article
from store.capture.markdown import to_markdown
from store.capture.sniff import binary_type, text_kind
from store.capture.tree import parse
from store.errors import NoArticle, NotAWebPage
from store.text import one_line

_TITLE, _NAME, _DESCRIPTION = 500, 200, 1_000
_MARKUP_TYPE = "text/html"


def convert(page: bytes, url: str, type_: str | None, charset: str | None) -> Converted:
    """The article of a page. `type_` and `charset` are as declared. Raises ConvertError."""
    binary = binary_type(page)
    if binary is not None:
        raise NotAWebPage(url, binary)
    decoded = decode(page, charset)
    kind = text_kind(type_, decoded.text)
    if kind == "feed":
        raise NotAWebPage(url, type_ or "application/rss+xml")
    if kind != "html":
        return _kept(decoded.text, kind, url, type_, decoded.name, decoded.by)
    found = article(parse(decoded.text, url), url)
    markdown = to_markdown(found.body, url)
    if not re.search(r"\w", markdown):
        raise NoArticle(url)
    said = found.metadata
    return Converted(
        markdown=markdown,
        title=_line(said.title, _TITLE),
        author=_line(said.author, _NAME),
        site=_line(said.site, _NAME),
        published=said.published,
        modified=said.modified,
        lang=found.lang,
        description=_line(said.description, _DESCRIPTION),
        charset=decoded.name,
        charset_by=decoded.by,
        type=type_ or _MARKUP_TYPE,
    )


def _kept(text: str, kind: str, url: str, type_: str | None, charset: str, by: str) -> Converted:
    """A text that is no page: as it is, or as a code block."""
    cleaned = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    cleaned = cleaned.strip("\n")
    if not cleaned.strip():
        raise NoArticle(url)
    markdown = cleaned if kind == "markdown" else fence(cleaned, "" if kind == "text" else kind)
    name = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return Converted(markdown + "\n", _line(name, _TITLE), charset=charset, charset_by=by, type=type_)


def _line(text: str | None, limit: int) -> str | None:
    return one_line(text, limit) or None if text else None
