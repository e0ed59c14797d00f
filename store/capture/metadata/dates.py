"""When the page was published, and changed.

Rules: what is marked as the date of publication comes first (JSON-LD, meta), unless a reader sees an earlier day at the
title: programs state the day they were fed. Then what a reader sees at the title, microdata, and the rest that is
shown (`shown`); the address last. A date of change is never one of publication.
"""

from __future__ import annotations

import re
from datetime import date

from store.capture.metadata.day import day_in, is_two_way, turned_day
from store.capture.metadata.found import Found
from store.capture.metadata.shown import CHANGED, day_elsewhere, day_near_title, next_piece, value_of
from store.capture.metadata.sources import Sources

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "article:published",
    "datepublished", "published", "pubdate", "publishdate", "publish_date", "publish-date", "publication_date",
    "publicationdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "citation_publication_date", "citation_online_date", "citation_date", "weibo:article:create_at",
    "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "article_date_original", "og:pubdate", "og:release_date", "release_date", "article.published", "apub:time",
    "firstpublishdate", "timestamp", "date_published", "date", "created", "og:regdate", "publishedat",
    "date.release", "article:create_at", "originalpublicationdate", "displaydate", "cxenseparse:time",
    "iso-8601-publish-date", "vr:published_time", "pdate", "og:date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "article:modified", "datemodified", "dateupdate", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "moddate", "modified", "weibo:article:update_at", "dc.modified",
    "article.updated",
)  # fmt: skip
_LIKELY = re.compile(
    r"publish\w*[-_.:]?(?:date|time|on|at)|(?:date|time)[-_.:]?publish|pub[-_]?(?:date|time)|^ms\.date$"
    r"|creat\w*[-_.:]?(?:date|time)"
)
_UNLIKELY = re.compile(r"modif|updat|expir|unpublish|revis")
_ADDRESS = (
    re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?:[/_-]|$)", re.I),
    re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|$)"),
    re.compile(r"[/_t-]((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?=[/_.-]|$)"),
)
_SHORT = 90


def read_published(sources: Sources) -> Found | None:
    """The day the page came out, with the time where it is given."""
    stated, near = _stated(sources), day_near_title(sources)
    if stated is None:
        return _marked(sources) or near or day_elsewhere(sources) or _address(sources)
    day = day_in(stated.value, sources.month_first)
    if day is None or (near and _corrects(near.value, day, is_two_way(stated.value))):
        return near
    return Found(day, stated.source)


def _stated(sources: Sources) -> Found | None:
    """The first date of JSON-LD and meta elements, as it is written there."""
    for found in (
        sources.from_nodes("datePublished", "uploadDate", "dateCreated"),
        *_metas(sources, _PUBLISHED),
        *_likely_metas(sources),
    ):
        if found and day_in(found.value, sources.month_first):
            return found
    return None


def _corrects(near: str, stated: str, two_way: bool) -> bool:
    """The day at the title against the stated one: it is earlier, by more than what another zone of time makes of it.

    `two_way`: the stated one was 3/4/2024, and is read as the day at the title says.
    """
    if turned_day(stated) == near[:10]:
        return two_way
    days = (date.fromisoformat(stated[:10]) - date.fromisoformat(near[:10])).days
    return days > 1 or (days == 1 and stated.endswith(("Z", "+00:00")))


def read_modified(sources: Sources) -> Found | None:
    """The day the page says it was last changed."""
    first = sources.month_first
    for found in (sources.from_nodes("dateModified"), *_metas(sources, _MODIFIED)):
        if found and (day := day_in(found.value, first)):
            return Found(day, found.source)
    for element, name in sources.from_items("dateModified"):
        if day := day_in(value_of(element), first):
            return Found(day, f"itemprop {name}")
    return _changed_text(sources)


def _changed_text(sources: Sources) -> Found | None:
    """Updated: 28 October 2019, near the title; the day may be the next piece."""
    near = sources.near_title(8, 16)
    for at, (_, text) in enumerate(sources.pieces[near.start : near.stop], near.start):
        word = CHANGED.search(text) if len(text) <= _SHORT else None
        if word is None:
            continue
        day = day_in(text[word.start() :], sources.month_first) or day_in(next_piece(sources, at), sources.month_first)
        if day:
            return Found(day, "text near the title")
    return None


def _metas(sources: Sources, names: tuple[str, ...]) -> list[Found | None]:
    return [sources.from_meta(name) for name in names if name in sources.meta]


def _likely_metas(sources: Sources) -> list[Found | None]:
    """Names of nobody's standard: `w-published-date`, `news_publish_time`."""
    likely = [name for name in sources.meta if _LIKELY.search(name) and not _UNLIKELY.search(name)]
    return [sources.from_meta(name) for name in likely]


def _marked(sources: Sources) -> Found | None:
    for element, name in sources.from_items(
        "datePublished", "dateCreated", "issued", "created", "uploadDate", "datepublished"
    ):
        if day := day_in(value_of(element), sources.month_first):
            return Found(day, f"itemprop {name}")
    return None


def _address(sources: Sources) -> Found | None:
    """/2019/10/28/ in the address."""
    for pattern in _ADDRESS:
        found = pattern.search(sources.url)
        day = (day_in("-".join(found.groups())) or day_in(" ".join(found.groups()[::-1]))) if found else None
        if day:
            return Found(day, "address")
    return None
