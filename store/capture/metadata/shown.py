"""Days that a reader sees on the page: at the title, or elsewhere with a word or a class that says what they are.

Rules: a day of change is none, nor is one that stands beside the article, but right at the title all counts. The words
of the title say nothing. Without a day at the title: a `time` element, an element whose class says so, a label.
"""

from __future__ import annotations

import re

from store.capture.metadata.day import day_in
from store.capture.metadata.found import Found
from store.capture.metadata.sources import Sources
from store.capture.tree import Element, one_space, text_of

_STARTS = re.compile(r"\(?\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)|\(?\d{4}-\d\d-\d\d\b")
CHANGED = re.compile(
    r"updat|modif|revis|last-?mod|changed|edited|aktualisiert|actualis|mis à jour|actualizado|aggiorna|atualizado"
    r"|更新|修改",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:registered|joined|member since|mitglied seit|inscrit|expires?|expiry|expiration|deadline|effective|due"
    r"|valid (?:from|until)|termin|copyright)\b|\b(?:starts?|ends?)\s*:|©"
    r"|(?:注册|截止|生成|形成|印发|签发|制发|实施|生效|废止|失效)\s*(?:日期|时间|日)|成\s*文\s*(?:日\s*期|时\s*间)"
    r"|有效期|截止|施行|起(?:实施|生效)|登録日",
    re.I,
)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datum|fecha|time|timestamp|pub-?time)|date-|-date|Date|datetime|publi|submitted|posted"
    r"|(?:^|[\s_-])(?:publish|posted|post|entry|article|news|created)[\w-]*(?:date|time|on|ed|meta|info)"
    r"|Time(?!line|r)|-time(?:$|[\s_-])|byline|meta|info|author"
)
_LABEL = re.compile(
    r"(?:first )?(?:published|posted|created|publié|veröffentlicht|erschienen|erstellt|publicado|pubblicato"
    r"|gepubliceerd|publicerad|opublikowano|опубликовано|дата публикации)\b"
    r"|(?:date|datum|fecha)\b"
    r"|(?:发布|发表|公布|发稿)?(?:时间|日期|于)\s*[：:]|发[布表]于|公開日|投稿日|掲載日|게시일|등록일|작성일",
    re.I,
)
_SHORT = 90
_LINE = 60
_LABEL_LENGTH = 40
_NEAR = (6, 8)  # pieces before and behind the title


def day_near_title(sources: Sources) -> Found | None:
    """The first day of a short text right at the title."""
    near, close = sources.near_title(*_NEAR), sources.near_title(3, 5)
    for at, (element, text) in enumerate(sources.pieces[near.start : near.stop], near.start):
        if len(text) >= _LINE or _OTHER.search(text) or _is_title(sources, element) or _is_labelled(sources, at):
            continue
        day = day_in(CHANGED.split(text)[0], sources.month_first)
        if day and not _is_change(element) and (at in close or not sources.is_beside(element)):
            return Found(_with_time(element, day), "text at the title")
    return None


def _with_time(element: Element, day: str) -> str:
    """The day as a reader sees it, with the time that a `time` element gives it."""
    if element.tag != "time" or "T" in day:
        return day
    exact = day_in(element.get("datetime"))
    return exact if exact and exact[:10] == day else day


def _is_labelled(sources: Sources, at: int) -> bool:
    """The piece before it is the label of a change, or of a day of something else."""
    before = sources.pieces[at - 1][1] if at else ""
    if len(before) >= _LABEL_LENGTH or any(map(str.isdigit, before)):
        return False
    return CHANGED.search(before) is not None or _OTHER.search(before) is not None


def day_elsewhere(sources: Sources) -> Found | None:
    """Of a `time` element, an element with a class of dates, a text with a label: the first of the article."""
    return _time(sources) or _seen(sources) or _piece(sources) or _only_label(sources)


def _only_label(sources: Sources) -> Found | None:
    """Published: 28 October 2019, in a footer too, where no other day of the page has such a label."""
    days: set[str] = set()
    for at, (element, text) in enumerate(sources.pieces):
        if len(text) > _LINE or not _LABEL.match(text) or sources.is_apart(element):
            continue
        if day := day_in(text, sources.month_first) or day_in(next_piece(sources, at), sources.month_first):
            days.add(day)
    return Found(days.pop(), "text with a label") if len(days) == 1 else None


def value_of(element: Element) -> str:
    """What an element of microdata says."""
    return element.get("datetime") or element.get("content") or text_of(element)


def _time(sources: Sources) -> Found | None:
    """A `time` element: one marked, else the first of the article that is no date of change."""
    times = [
        element for element in [*sources.root.iter("time", "relative-time")][:40] if not sources.is_beside(element)
    ]
    times.sort(key=lambda element: "pubdate" not in element.attrib)
    for element in times:
        if not _is_change(element) and (
            day := day_in(element.get("datetime") or text_of(element), sources.month_first)
        ):
            return Found(day, "time")
    return None


def _seen(sources: Sources) -> Found | None:
    """An element whose class or id says that it is the date."""
    for element in sources.marked:
        kind = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _DATED.search(kind):
            continue
        text = one_space(" ".join(element.itertext()))
        if not 6 <= len(text) <= _SHORT or _OTHER.search(text) or _is_change(element) or sources.is_beside(element):
            continue
        if day := day_in(element.get("datetime") or element.get("title"), sources.month_first) or day_in(
            text, sources.month_first
        ):
            return Found(day, f"byline .{kind.split()[0]}")
    return None


def _piece(sources: Sources) -> Found | None:
    """A short text near the title that is hardly more than a date, or one with a label."""
    near, beside_it = sources.near_title(8, 16), sources.near_title(3, 5)
    for at, (element, text) in enumerate(sources.pieces):
        labelled = _LABEL.match(text) and len(text) <= _SHORT
        if _OTHER.search(text[:_LINE]) or _is_labelled(sources, at):
            continue
        if not labelled and (at not in near or not (len(text) < 60 or _STARTS.match(text))):
            continue
        day = day_in(CHANGED.split(text[:60])[0], sources.month_first) or (
            day_in(next_piece(sources, at), sources.month_first) if labelled else None
        )
        if day is None or _is_change(element):
            continue
        if (at in beside_it or not sources.is_beside(element)) and not _is_title(sources, element):
            return Found(day, "text near the title" if at in near else "text with a label")
    return None


def next_piece(sources: Sources, at: int) -> str:
    """What stands behind a label that is a piece of its own."""
    text, following = sources.pieces[at][1], sources.pieces[at + 1 : at + 2]
    return following[0][1][:40] if following and len(text) < 20 else ""


def _is_title(sources: Sources, element: Element) -> bool:
    return sources.anchor is not None and element in set(sources.anchor.iter()) and element.tag != "small"


def _is_change(element: Element) -> bool:
    """Its class, the words before it or its own say that something was changed then, and no other date comes first."""
    kind = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    previous, parent = element.getprevious(), element.getparent()
    before = (previous.tail if previous is not None else parent.text if parent is not None else None) or ""
    parts = CHANGED.split(one_space(" ".join(element.itertext()))[: 2 * _SHORT])
    return bool(CHANGED.search(f"{kind} {before[-40:]}")) or (len(parts) > 1 and not day_in(parts[0], True))
