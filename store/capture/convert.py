"""Bytes of a page -> its article as Markdown. Pure, and to be run where it can be stopped: see `worker`."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from store.capture.charset import decode, is_unreadable
from store.capture.choose import cut
from store.capture.codeblocks import fence
from store.capture.converted import Converted, Sign, Strength
from store.capture.embedded import LITTLE, embedded_article, has_scripts, is_shell, show, visible_size
from store.capture.extract import Article, article
from store.capture.forwarding import refresh_of
from store.capture.frames import joined, main_frame
from store.capture.markdown import to_markdown
from store.capture.signs import look_at, signs_of
from store.capture.sniff import FEEDS, binary_type, text_kind
from store.capture.tree import Element, parse
from store.errors import ConvertError, FramesOnly, GarbledText, NeedsBrowser, NoArticle, NotAWebPage, SentOn
from store.text import one_line

_TITLE, _NAME, _DESCRIPTION = 500, 200, 1_000
_TARGET = 300
_MARKUP_TYPE = "text/html"
_BARE = 2_000  # characters, with blanks: a page with more has a text of its own
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WORD = re.compile(r"\w")


def convert(page: bytes, url: str, type_: str | None, charset: str | None) -> Converted:
    """The article of a page. `type_` and `charset` are as declared. Raises ConvertError."""
    binary = binary_type(page, charset)
    if binary is not None:
        raise NotAWebPage(url, binary)
    decoded = decode(page, charset)
    if is_unreadable(decoded):
        raise GarbledText(url)
    kind = text_kind(type_, decoded.text)
    if kind == "feed":
        raise NotAWebPage(url, type_ if type_ in FEEDS else FEEDS[0])
    if kind == "text" and urlsplit(url).path.lower().endswith((".md", ".markdown")):
        kind = "markdown"  # as code hosts serve it
    if kind != "html":
        return _kept(decoded.text, kind, url, type_, decoded.name, decoded.by)
    found, markdown, signs = _article(decoded.text, url)
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
        doc_number=_line(said.doc_number, _NAME),
        index_number=_line(said.index_number, _NAME),
        publisher=_line(said.publisher, _NAME),
        issued=said.issued,
        subject=_line(said.subject, _NAME),
        charset=decoded.name,
        charset_by=decoded.by,
        type=type_ or _MARKUP_TYPE,
        signs=signs,
        wavering=found.wavering,
    )


def _article(source: str, url: str) -> tuple[Article, str, tuple[Sign, ...]]:
    """The article, its Markdown, and what says that it is none. Raises NeedsBrowser, NoArticle, ConversionTooBig."""
    try:
        root = parse(source, url)
    except NoArticle:
        raise _nothing(source, url) from None
    page = cut(root)
    look = look_at(page, source)  # before anything is cut out of the tree
    is_bare = len(look.visible) < _BARE
    stated = embedded_article(root, source) if is_bare else None
    if stated is not None:
        show(root, copy.deepcopy(stated))
        found = replace(article(cut(root), source, url), body=stated)  # it is the article: nothing to choose
    elif is_bare and (elsewhere := _elsewhere(root, source, url)) is not None:
        raise elsewhere
    else:
        found = article(page, source, url)
    markdown = _written(found.body, url)
    signs = signs_of(look, markdown, url)
    if not _WORD.search(markdown) and any(sign.strength is Strength.CLEAR for sign in signs):
        whole = parse(source, url)  # no article, but a wall: all that it says, so that it can be looked at
        markdown = _written(next(whole.iter("body"), whole), url)
    if not _WORD.search(markdown):
        raise _nothing(source, url)
    return found, markdown, signs


def _elsewhere(root: Element, source: str, url: str) -> ConvertError | None:
    """Where the text is, if this page is nothing but the way to it."""
    target = refresh_of(source)
    if target is not None:
        return SentOn(url, one_line(joined(url, target), _TARGET))
    frame = main_frame(root) if visible_size(root) < LITTLE else None
    if frame is not None:
        return FramesOnly(url, one_line(joined(url, frame), _TARGET))
    return NeedsBrowser(url) if is_shell(root, source) else None


def _written(body: Element, url: str) -> str:
    """Its Markdown, without the control characters that references such as &#157; brought."""
    return _CONTROLS.sub("", to_markdown(body, url))


def _nothing(source: str, url: str) -> NeedsBrowser | NoArticle:
    return NeedsBrowser(url) if has_scripts(source) else NoArticle(url)


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
