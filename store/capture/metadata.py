"""What a page says of itself: title, author, site, dates, language. Nothing made up: absent is absent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from store.capture.tree import Element, one_space, text_of
from store.text import fold

_SEPARATOR = re.compile(r"\s+[|\-–—·»:]\s+|\s*[_｜|]\s*")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_FULL_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s*(Z|[+-]\d\d:?\d\d)?)?\s*$", re.I
)
_NOTICE_DATE = re.compile(r"(?:发布|发文|公开|更新)(?:日期|时间)[：:\s]*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})")
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publish-date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "citation_publication_date",
    "citation_date", "date", "weibo:article:create_at", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_AUTHOR = ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author")
_TITLE = ("og:title", "twitter:title", "articletitle", "citation_title", "dc.title", "dcterms.title")
_NOBODY = frozenset(("admin", "administrator", "editor", "staff", "guest", "root", "unknown", "管理员", "佚名", "小编"))
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|NewsItem|Recipe|Product|Question|Course|Book")
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """As `Converted` has it, not yet cleaned."""

    title: str | None
    author: str | None
    site: str | None
    published: str | None
    modified: str | None
    description: str | None


def read_metadata(root: Element) -> Metadata:
    """From JSON-LD, meta elements, and the page itself, in that order of trust where they agree on the kind."""
    meta, data = _meta(root), list(_json_ld(root))
    site = _first(meta, "og:site_name", "application-name", "sitename", "contentsource") or _publisher(data)
    return Metadata(
        title=_title(root, meta, data, site),
        author=_author(root, meta, data),
        site=site,
        published=_published(root, meta, data),
        modified=_day(_from(data, "dateModified") or _first(meta, *_MODIFIED)),
        description=_first(meta, "og:description", "description", "twitter:description", "dc.description"),
    )


def language_of(text: str, declared: str | None) -> str | None:
    """The script of the text decides; the declaration only among the others."""
    sample = text[:20_000]
    letters = sum(1 for character in sample if character.isalpha())
    if letters >= 20:
        if len(_KANA.findall(sample)) > 0.05 * letters:
            return "ja"
        if len(_HANGUL.findall(sample)) > 0.3 * letters:
            return "ko"
        if len(_HAN.findall(sample)) > 0.3 * letters:
            return "zh"
    found = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", declared or "")
    word = found[0].lower() if found else None
    return None if word in ("zh", "ja", "ko") and letters >= 20 else word


# --- where it stands ------------------------------------------------------------------------------------------------


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = one_space(element.get("content") or "")[:2_000]
        if name and content:
            found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], *names: str) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def _json_ld(root: Element) -> Iterator[dict[str, object]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > 500_000:
            continue
        try:
            waiting = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node[:100]
            elif isinstance(node, dict):
                waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]
                if _ARTICLE_TYPES.search(str(node.get("@type", ""))):
                    yield node


def _from(data: list[dict[str, object]], *names: str) -> str | None:
    for node in data:
        for name in names:
            value = node.get(name)
            if isinstance(value, str) and value.strip():
                return one_space(value)[:2_000]
    return None


def _publisher(data: list[dict[str, object]]) -> str | None:
    for node in data:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return one_space(str(publisher["name"]))[:200] or None
    return None


# --- one by one -----------------------------------------------------------------------------------------------------


def _title(root: Element, meta: dict[str, str], data: list[dict[str, object]], site: str | None) -> str | None:
    element = root.find(".//title")
    whole = one_space(text_of(element)) if element is not None else ""
    social = _first(meta, *_TITLE) or ""
    for heading in [*root.iter("h1")][:20]:
        words = one_space(text_of(heading))
        if len(words) > 1 and words != site and (_within(words, whole) or _within(words, social)):
            return words
    for candidate in (social, _from(data, "headline", "name") or ""):
        if candidate:
            return _without_site(candidate, site)
    return _without_site(whole, site) if whole else None


def _within(words: str, text: str) -> bool:
    return bool(text) and fold(words) in fold(text)


def _without_site(title: str, site: str | None) -> str:
    """`Title | Site` -> `Title`: the longest part, or what is left when the site's name is one of them."""
    parts = [part.strip() for part in _SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    if site and fold(parts[-1]) in (fold(site), fold(site).replace(" ", "")):
        return title[: title.rfind(parts[-1])].rstrip(" |-–—·»:_｜")
    first = parts[0]
    return first if len(first) >= 4 and len(first) * 2 >= max(map(len, parts[1:])) else max(parts, key=len)


def _author(root: Element, meta: dict[str, str], data: list[dict[str, object]]) -> str | None:
    for node in data:
        author = _person(node.get("author"))
        if author:
            return author
    found = _named(_first(meta, *_AUTHOR))
    if found:
        return found
    for element in root.iter():
        if isinstance(element.tag, str) and (element.get("rel") == "author" or element.get("itemprop") == "author"):
            found = _named(one_space(text_of(element)))
            if found:
                return found
    return None


def _person(value: object) -> str | None:
    if isinstance(value, list):
        names = [name for name in map(_person, value[:10]) if name]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        return _person(value.get("name"))
    return _named(value) if isinstance(value, str) else None


def _named(value: str | None) -> str | None:
    words = re.sub(r"^(?:by|von|par|por|作者|文)\s*[:：]?\s+|^作者\s*[:：]\s*", "", one_space(value or ""), flags=re.I)
    if not words or len(words) > 100 or words.lower() in _NOBODY or "://" in words or "@" in words:
        return None
    return words


def _published(root: Element, meta: dict[str, str], data: list[dict[str, object]]) -> str | None:
    found = _day(_from(data, "datePublished", "dateCreated") or _first(meta, *_PUBLISHED))
    if found:
        return found
    for element in [*root.iter("time")][:20]:
        if "pubdate" in element.attrib or (element.get("itemprop") or "") == "datePublished":
            found = _day(element.get("datetime") or text_of(element))
            if found:
                return found
    notice = _NOTICE_DATE.search(text_of(root)[:200_000]) if _HAN.search(text_of(root)[:5_000]) else None
    if notice:
        return _day(notice[1])
    times = [element.get("datetime") for element in root.iter("time") if element.get("datetime")]
    return _day(times[0]) if len(set(times)) == 1 else None


def _day(text: str | None) -> str | None:
    """A day, with time and offset where the page gives them, as the page gives them; None when it is no date."""
    words = one_space(text or "")[:60]
    whole = _FULL_DATE.match(words)
    if whole and _is_day(*map(int, whole[1].split("-"))):
        clock = whole[2] or ""
        offset = (whole[3] or "").upper()
        return whole[1] + (f"T{clock}{offset}" if clock else "")
    found = _DATE.search(words)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    return f"{year:04}-{month:02}-{day:02}" if _is_day(year, month, day) else None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1990 <= year <= 2100
