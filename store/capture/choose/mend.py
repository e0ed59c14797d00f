"""Likelihoods -> kept blocks: the page's own threshold, and short rules where single blocks are doubtful.

A block is judged with what it belongs to: a data table or a code block as a whole, an item with its list. A heading
over kept text stays, a hole of one is closed, a table between kept blocks and a list inside a text are kept. When
nothing is likely, the best.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from store.capture.choose.blocks import Page
from store.capture.choose.features import Features
from store.capture.choose.texts import OWN
from store.capture.codeblocks import is_code_box
from store.capture.tables import is_data_table
from store.capture.tree import Element

Likely = npt.NDArray[np.float64]
Kept = npt.NDArray[np.bool_]
Groups = npt.NDArray[np.intp]
Reasons = npt.NDArray[np.int8]

_LOWEST, _HIGHEST = 0.25, 0.65  # a page's threshold
_LEAN = 0.5  # of an item, to the mean of its list
_HEADING = 0.5  # of the threshold, for a heading over kept text
_HOLE = 0.6  # of the threshold, for a block between two kept ones
_LEAST = 10  # tokens
_REACH = 6  # blocks on each side of a table
_TITLE = 0.7  # of the words of a heading that the page's title has too
_TITLE_REACH = 40  # blocks between it and the text
_SENTENCE = 5  # tokens
_IN_TEXT = 0.1  # the mean of a list that stands in a text
_SHORT_PHRASE = 40
_PHRASE = re.compile(
    r"^(?:【?(?:打印|关闭|收藏|返回顶部|分享到|扫一扫|上一篇|下一篇|相关(?:文章|阅读|链接)|责任编辑|免责声明|版权所有)"
    r"|字体|字号|浏览次数|阅读(?:量|次数)?[：:\d]|点击(?:数|次数|量)|来源[：:]|\[?\s*(?:大|中|小)\s*(?:中|小)?\s*\]?$"
    r"|.{0,12}(?:ICP备|公网安备))"
)
_UP = 12  # elements looked at for a table, a code block, a list


UNLIKELY, PHRASE, LIKELY, HEADING, HOLE, UNIT = 0, -1, 1, 2, 3, 4  # why a block is dropped or kept


@dataclass(frozen=True, slots=True)
class Mended:
    """By block: whether it is kept, how likely it is with what it belongs to, and why."""

    kept: Kept
    threshold: float
    leaning: Likely
    why: Reasons


@dataclass(frozen=True, slots=True)
class Judged:
    """What a choice is made of, by block. `unit`: its data table or code block, `list`: its list; -1: none.

    `linked`: the share of its characters that are in links; `parent`: the number of the element around its element;
    `is_phrase`: a phrase that stands around articles and never in them; `is_title`: a heading that is the page's title.
    """

    tokens: Likely
    has_text: Kept
    is_heading: Kept
    unit: Groups
    list: Groups
    linked: Likely
    parent: Groups
    is_phrase: Kept
    is_title: Kept


def is_phrase(text: str) -> bool:
    """`打印本页`, `浏览次数：12`, `上一篇：…`: short, and never of an article."""
    return 0 < len(text) < _SHORT_PHRASE and _PHRASE.match(text) is not None


def judged(page: Page, found: Features) -> Judged:
    """What the rules need to know of a page."""
    unit, lists = _groups(page)
    return Judged(
        tokens=found.texts.tokens.astype(np.float64),
        has_text=np.array([bool(block.text) for block in page.blocks]),
        is_heading=found.texts.level > 0,
        unit=unit,
        list=lists,
        linked=found.numbers[:, 2].astype(np.float64),
        parent=found.parents[found.node],
        is_phrase=np.array([is_phrase(block.text) for block in page.blocks]),
        is_title=(found.texts.level == 1) & (found.texts.own[:, OWN.index("in the title")] >= _TITLE),
    )


def keep(likely: Likely, page: Judged) -> Mended:
    """The blocks of the article."""
    likely = np.where(page.has_text, likely.astype(np.float64), 0)
    threshold = best_threshold(likely, page.tokens)
    leaning = _lean(likely, page)
    why = _above(leaning, page, threshold)
    if page.tokens[why > 0].sum() < _LEAST:
        rank = min(len(leaning) - 1, max(3, len(leaning) // 10))
        threshold = max(0.02, float(np.sort(leaning)[::-1][rank]))
        why = _above(leaning, page, threshold)
    why = _keep_lists(_keep_units(why, leaning, page), leaning, page)
    why[page.is_phrase] = PHRASE
    title = _title_over(why, page)
    if title is not None and why[title] <= 0:
        why[title] = HEADING
    return Mended(why > 0, threshold, leaning, why)


def best_threshold(likely: Likely, tokens: Likely) -> float:
    """The one whose kept blocks have the best expected F1, if the likelihoods are right."""
    order = np.argsort(-likely)
    size, hit = np.cumsum(tokens[order]), np.cumsum((tokens * likely)[order])
    best = int((2 * hit / (size + hit[-1] + 1e-9)).argmax())
    return float(np.clip(likely[order[best]] * 0.999, _LOWEST, _HIGHEST))


def _groups(page: Page) -> tuple[Groups, Groups]:
    units: list[int] = []
    lists: list[int] = []
    known_units: dict[Element, int] = {}
    known_lists: dict[Element, int] = {}
    known: dict[Element, bool] = {}
    by_node: dict[int, tuple[int, int]] = {}
    for block in page.blocks:
        found = by_node.get(block.node)
        if found is None:
            unit, in_list = _unit_and_list(block.element, known)
            found = by_node[block.node] = (
                -1 if unit is None else known_units.setdefault(unit, len(known_units)),
                -1 if in_list is None else known_lists.setdefault(in_list, len(known_lists)),
            )
        units.append(found[0])
        lists.append(found[1])
    return np.array(units, np.intp), np.array(lists, np.intp)


def _unit_and_list(element: Element, known: dict[Element, bool]) -> tuple[Element | None, Element | None]:
    unit = in_list = None
    for _ in range(_UP):
        if element is None or (unit is not None and in_list is not None):
            break
        tag = element.tag
        if unit is None and tag == "pre":
            unit = element
        elif unit is None and tag == "table":
            if element not in known:
                known[element] = is_data_table(element)
            unit = element if known[element] else None
        elif unit is None and tag == "div" and "ode" in (element.get("class") or ""):
            if element not in known:
                known[element] = is_code_box(element)
            unit = element if known[element] else None
        elif in_list is None and tag in ("ul", "ol", "dl"):
            in_list = element
        element = element.getparent()
    return unit, in_list


def _lean(likely: Likely, page: Judged) -> Likely:
    """The likelihoods of the members of a unit are its mean; those of a list lean to its mean."""
    weight = page.tokens + 0.5
    leaning = likely.copy()
    for groups, share in ((page.unit, 1.0), (page.list, _LEAN)):
        inside = groups >= 0
        if not inside.any():
            continue
        group = groups[inside]
        size = np.bincount(group)
        mean = np.bincount(group, leaning[inside] * weight[inside]) / np.maximum(
            np.bincount(group, weight[inside]), 1e-9
        )
        leaning[inside] += np.where(size[group] > 1, share * (mean[group] - leaning[inside]), 0)
    return leaning


def _above(leaning: Likely, page: Judged, threshold: float) -> Reasons:
    why = np.where(page.has_text & (leaning >= threshold), LIKELY, UNLIKELY).astype(np.int8)
    behind_kept = np.zeros(len(why), bool)
    behind_kept[:-1] |= why[1:] > 0
    behind_kept[:-2] |= why[2:] > 0
    heading = page.is_heading & page.has_text & (leaning >= threshold * _HEADING) & behind_kept
    why[heading & (why == UNLIKELY)] = HEADING
    if len(why) > 2:
        inside = page.parent[1:-1]
        beside = (inside == page.parent[:-2]) & (inside == page.parent[2:]) & (why[:-2] > 0) & (why[2:] > 0)
        hole = page.has_text[1:-1] & (leaning[1:-1] >= threshold * _HOLE) & beside & (why[1:-1] == UNLIKELY)
        why[1:-1][hole] = HOLE
    return why


def _keep_lists(why: Reasons, leaning: Likely, page: Judged) -> Reasons:
    """A list between two paragraphs of one running text is kept whole: with holes it would say something else."""
    for number in np.unique(page.list[page.list >= 0]):
        inside = np.flatnonzero(page.list == number)
        before, behind = inside[0] - 1, inside[-1] + 1
        if before < 0 or behind >= len(why) or behind - before - 1 != len(inside) or (why[inside] > 0).all():
            continue
        is_text = (why[[before, behind]] > 0) & (page.tokens[[before, behind]] > _SENTENCE)
        if is_text.all() and page.parent[before] == page.parent[behind]:
            weight = page.tokens[inside] + 0.5
            if float((leaning[inside] * weight).sum() / weight.sum()) > _IN_TEXT:
                why[inside] = np.where(why[inside] > 0, why[inside], UNIT)
    return why


def _title_over(why: Reasons, page: Judged) -> int | None:
    """The article's own title: always kept, for whether it is likely may change with the wind."""
    text = np.flatnonzero((why > 0) & ~page.is_heading & (page.tokens > _SENTENCE))
    if not len(text):
        return None
    over = np.flatnonzero(page.is_title[: text[0]])
    return int(over[-1]) if len(over) and text[0] - over[-1] <= _TITLE_REACH else None


def _keep_units(why: Reasons, leaning: Likely, page: Judged) -> Reasons:
    """A data table or a code block is kept whole, where some of it is likely and the text goes on around it.

    So is a likely one right under a heading that is kept.
    """
    text = np.flatnonzero(why > 0)
    for unit in np.unique(page.unit[page.unit >= 0]):
        inside = np.flatnonzero(page.unit == unit)
        weight = page.tokens[inside] + 0.5
        mean = float((leaning[inside] * weight).sum() / weight.sum())
        linked = float((page.linked[inside] * weight).sum() / weight.sum())
        before = (text >= inside[0] - _REACH) & (text < inside[0])
        behind = (text > inside[-1]) & (text <= inside[-1] + _REACH)
        between = bool(before.any() and behind.any())
        some = bool((why[inside] > 0).any())
        is_headed = bool(inside[0]) and bool(page.is_heading[inside[0] - 1]) and why[inside[0] - 1] > 0
        is_plain = linked < 0.5 and ((between and mean > 0.08) or (is_headed and mean > 0.3))
        if (some and (mean > 0.3 or between)) or is_plain:
            why[inside] = np.where(why[inside] > 0, why[inside], UNIT)
    return why
