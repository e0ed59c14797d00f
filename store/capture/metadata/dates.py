"""When the page was published, and changed.

Rules: what is marked as the date of publication comes first (JSON-LD, meta, microdata), then what a reader sees: a
`time` element, an element whose class says so, a short text with a label, one near the heading; the address last.
A date of change is never one of publication, and dates beside the article say nothing.
"""

from __future__ import annotations

import re

from store.capture.metadata.day import day_in
from store.capture.metadata.found import Found
from store.capture.metadata.sources import Sources
from store.capture.tree import Element, one_space, text_of

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "article:published",
    "datepublished", "pubdate", "publishdate", "publish_date", "publish-date", "publication_date",
    "publicationdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "citation_publication_date", "citation_online_date", "citation_date", "weibo:article:create_at",
    "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "article_date_original", "og:pubdate", "og:release_date", "release_date", "article.published", "apub:time",
    "firstpublishdate", "timestamp", "date_published", "date", "created", "og:regdate", "publishedat",
    "date.release", "article:create_at", "originalpublicationdate", "displaydate", "cxenseparse:time",
    "iso-8601-publish-date", "vr:published_time", "pdate", "og:date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "article:modified", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "moddate", "modified", "weibo:article:update_at", "dc.modified",
    "article.updated",
)  # fmt: skip
_LIKELY = re.compile(
    r"publish\w*[-_.:]?(?:date|time|on|at)|(?:date|time)[-_.:]?publish|pub[-_]?(?:date|time)|^ms\.date$"
    r"|creat\w*[-_.:]?(?:date|time)"
)
_UNLIKELY = re.compile(r"modif|updat|expir|unpublish|revis")
_STARTS = re.compile(r"\(?\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)|\(?\d{4}-\d\d-\d\d\b")
_CHANGED = re.compile(
    r"updat|modif|revis|last-?mod|changed|edited|aktualisiert|actualis|mis à jour|actualizado|aggiorna|atualizado"
    r"|更新|修改",
    re.I,
)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datum|fecha|time|timestamp|pub-?time)|date-|-date|Date|datetime|publi|submitted|posted"
    r"|(?:^|[\s_-])(?:publish|posted|post|entry|article|news|created)[\w-]*(?:date|time|on|ed|meta|info)"
    r"|Time(?!line|r)|-time(?:$|[\s_-])|byline|meta|info|author"
)
_LABEL = re.compile(
    r"(?:first )?(?:published|posted|created|publié|veröffentlicht|erstellt|publicado|pubblicato|gepubliceerd)\b"
    r"|(?:date|datum|fecha)\b"
    r"|(?:发布|发表|公布|发稿)?(?:时间|日期|于)\s*[：:]|发[布表]于|公開日|投稿日|掲載日",
    re.I,
)
_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|$)"),
    re.compile(r"[/_t-]((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?=[/_.-]|$)"),
)
_SHORT = 90


def read_published(sources: Sources) -> Found | None:
    """The day the page came out, with the time where it is given."""
    first = _month_first(sources.lang)
    for found in (
        sources.from_nodes("datePublished", "uploadDate", "dateCreated"),
        *_metas(sources, _PUBLISHED),
        *_likely_metas(sources),
    ):
        if found and (day := day_in(found.value, first)):
            return Found(day, found.source)
    return (
        _marked(sources, first)
        or _time(sources, first)
        or _seen(sources, first)
        or _piece(sources, first)
        or _address(sources)
    )


def read_modified(sources: Sources) -> Found | None:
    """The day the page says it was last changed."""
    first = _month_first(sources.lang)
    for found in (sources.from_nodes("dateModified"), *_metas(sources, _MODIFIED)):
        if found and (day := day_in(found.value, first)):
            return Found(day, found.source)
    for element, name in sources.from_items("dateModified"):
        if day := day_in(_value(element), first):
            return Found(day, f"itemprop {name}")
    return _changed_text(sources, first)


def _changed_text(sources: Sources, first: bool | None) -> Found | None:
    """Updated: 28 October 2019, near the title."""
    near = sources.near_title(8, 16)
    for _, text in sources.pieces[near.start : near.stop]:
        word = _CHANGED.search(text[:_SHORT]) if len(text) <= _SHORT else None
        day = day_in(text[word.start() :], first) if word else None
        if day:
            return Found(day, "text near the title")
    return None


def _month_first(lang: str) -> bool | None:
    """How 3/4/2024 is read where this language is spoken."""
    if lang in ("en", "en-us", "", "en-ph"):
        return True if lang else None
    return False


def _metas(sources: Sources, names: tuple[str, ...]) -> list[Found | None]:
    return [sources.from_meta(name) for name in names if name in sources.meta]


def _likely_metas(sources: Sources) -> list[Found | None]:
    """Names of nobody's standard: `w-published-date`, `news_publish_time`."""
    likely = [name for name in sources.meta if _LIKELY.search(name) and not _UNLIKELY.search(name)]
    return [sources.from_meta(name) for name in likely]


def _value(element: Element) -> str:
    return element.get("datetime") or element.get("content") or text_of(element)


def _marked(sources: Sources, first: bool | None) -> Found | None:
    for element, name in sources.from_items(
        "datePublished", "dateCreated", "issued", "created", "uploadDate", "datepublished"
    ):
        if day := day_in(_value(element), first):
            return Found(day, f"itemprop {name}")
    return None


def _time(sources: Sources, first: bool | None) -> Found | None:
    """A `time` element: one marked, else the first of the article that is no date of change."""
    times = [element for element in [*sources.root.iter("time")][:40] if not sources.is_beside(element)]
    times.sort(key=lambda element: "pubdate" not in element.attrib)
    for element in times:
        if not _is_change(element) and (day := day_in(element.get("datetime") or text_of(element), first)):
            return Found(day, "time")
    return None


def _seen(sources: Sources, first: bool | None) -> Found | None:
    """An element whose class or id says that it is the date."""
    for element in sources.marked:
        kind = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _DATED.search(kind):
            continue
        text = one_space(" ".join(element.itertext()))
        if not 6 <= len(text) <= _SHORT or _is_change(element) or sources.is_beside(element):
            continue
        if day := day_in(element.get("datetime") or element.get("title"), first) or day_in(text, first):
            return Found(day, f"byline .{kind.split()[0]}")
    return None


def _piece(sources: Sources, first: bool | None) -> Found | None:
    """A short text near the title that is hardly more than a date, or one with a label."""
    near, beside_it = sources.near_title(8, 16), sources.near_title(3, 5)
    for at, (element, text) in enumerate(sources.pieces):
        labelled = _LABEL.match(text) and len(text) <= _SHORT
        if not labelled and (at not in near or not (len(text) < 60 or _STARTS.match(text))):
            continue
        day = day_in(_CHANGED.split(text[:60])[0], first) or (day_in(_next(sources, at), first) if labelled else None)
        if day is None or _is_change(element):
            continue
        if (at in beside_it or not sources.is_beside(element)) and not _is_title(sources, element):
            return Found(day, "text near the title" if at in near else "text with a label")
    return None


def _next(sources: Sources, at: int) -> str:
    """What stands behind a label that is a piece of its own."""
    text, following = sources.pieces[at][1], sources.pieces[at + 1 : at + 2]
    return following[0][1][:40] if following and len(text) < 14 else ""


def _is_title(sources: Sources, element: Element) -> bool:
    return sources.anchor is not None and element in set(sources.anchor.iter()) and element.tag != "small"


def _is_change(element: Element) -> bool:
    """Its class, the words before it or its own say that something was changed then, and no other date comes first."""
    kind = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    previous, parent = element.getprevious(), element.getparent()
    before = (previous.tail if previous is not None else parent.text if parent is not None else None) or ""
    parts = _CHANGED.split(one_space(text_of(element))[:_SHORT])
    return bool(_CHANGED.search(f"{kind} {before[-40:]}")) or (len(parts) > 1 and len(parts[0]) < 11)


def _address(sources: Sources) -> Found | None:
    """/2019/10/28/ in the address."""
    for pattern in _ADDRESS:
        found = pattern.search(sources.url)
        day = day_in("-".join(found.groups())) if found else None
        if day:
            return Found(day, "address")
    return None
