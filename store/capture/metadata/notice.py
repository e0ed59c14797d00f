"""What a Chinese official notice says above its text: 索引号, 发文机关, 发文字号, 发布日期, 成文日期, 主题分类.

Rules: a label may have blanks inside (索 引 号) and stands alone in its cell or before a colon; its value follows in
the same piece of text or in the next one. Two labels or more make a notice, so a lone word of the text is none. A date
of publication is never the date of writing (成文日期).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from store.capture.metadata.day import day_in
from store.capture.metadata.found import Found
from store.capture.metadata.sources import Sources
from store.capture.tree import Element, is_longer, one_space, text_of

_LABELS = {
    "索引号": "index_number", "索取号": "index_number", "信息索引号": "index_number", "信息索引": "index_number",
    "文号": "doc_number", "发文字号": "doc_number", "发布文号": "doc_number", "文件编号": "doc_number",
    "公文文号": "doc_number", "发文文号": "doc_number", "文件号": "doc_number", "文件文号": "doc_number",
    "发布机构": "publisher", "发文机关": "publisher", "发文机构": "publisher", "发文单位": "publisher",
    "发布单位": "publisher", "公开主体": "publisher", "公开机构": "publisher", "发布机关": "publisher",
    "制发机关": "publisher", "信息来源部门": "publisher", "公开责任部门": "publisher", "发布部门": "publisher",
    "发布日期": "published", "发布时间": "published", "公开日期": "published", "公布日期": "published",
    "发文时间": "published", "发文日期": "published", "公开时间": "published", "信息公开日期": "published",
    "成文日期": "issued", "生成日期": "issued", "成文时间": "issued", "形成日期": "issued", "制发日期": "issued",
    "印发日期": "issued", "标题": "", "名称": "", "信息名称": "", "主题分类": "subject", "分类": "", "主题词": "words",
    "关键词": "", "有效性": "", "公开方式": "", "公开范围": "", "公开形式": "", "公开程序": "", "公开时限": "",
    "组配分类": "", "体裁分类": "", "文件状态": "", "效力状态": "", "废止日期": "", "失效日期": "", "生效日期": "",
    "服务对象": "", "来源": "", "内容概述": "", "文种": "", "发布范围": "", "浏览次数": "", "字体": "",
    "所属主题": "subject", "语种": "", "著录日期": "", "施行日期": "", "实施日期": "", "时效性": "", "题材": "",
    "载体类型": "", "公文种类": "", "公开类别": "", "信息类别": "", "文件类型": "",
}  # fmt: skip
NOTICE = "notice "
"""Begins the source of every fact that was read here."""
_SURE = ("index_number", "doc_number", "publisher", "issued")
_BY_LENGTH = sorted(_LABELS, key=len, reverse=True)
_FIRST_LOOK = re.compile(r"索\s*[引取]\s*号|文\s*号|字\s*号|机\s*[构关]|成\s*文|公开主体|发布(?:单位|部门)|文件编号")
_LABEL = re.compile("|".join(r"[\s　]*".join(label) for label in _BY_LENGTH))
_PIECE = re.compile(rf"[\s【\[（(·•]*({_LABEL.pattern})[\s　】\]）)]*(?:([:：])[\s　】\]]*|$)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,16}[〔\[（(【﹝][12]\d{3}[〕\]）)】﹞](?:第)?\s*\d{1,5}\s*号")
_CELLS = ("td", "th", "dt", "dd", "li")
_NOTHING = re.compile(r"[\s无暂—\-–/＼:：.·]*")
_MOST = {"index_number": 60, "doc_number": 60, "publisher": 80, "subject": 120, "words": 120}


class Row(NamedTuple):
    """A label, the fact that it names ("": none of ours), what stands behind it (may be empty), and where it stands.

    `at` is the number of its piece.
    """

    label: str
    kind: str
    value: str
    at: int
    element: Element


@dataclass(frozen=True, slots=True)
class Notice:
    """The facts of a notice; empty on every other page."""

    doc_number: Found | None = None
    index_number: Found | None = None
    publisher: Found | None = None
    published: Found | None = None
    issued: Found | None = None
    subject: Found | None = None


def read_notice(sources: Sources) -> Notice:
    """What the labels of a page say."""
    if not may_be_notice(sources.whole_text):
        return Notice()
    facts: dict[str, Found] = {}
    seen: set[str] = set()
    for row in rows(sources):
        seen.add(row.label)
        if row.kind and row.kind not in facts and (said := _said(row.kind, row.value)):
            facts[row.kind] = Found(said, f"{NOTICE}{row.label}")
    if len(seen) < 2 or not any(kind in facts for kind in _SURE):
        return Notice()
    words = facts.pop("words", None)
    if words and "subject" not in facts and squeezed(words.value) not in squeezed(sources.article_title):
        facts["subject"] = words
    return Notice(**facts)


def may_be_notice(text: str) -> bool:
    """A first look at all text of a page: most have no such word."""
    return _FIRST_LOOK.search(text) is not None


def number_alone(sources: Sources) -> Found | None:
    """国办发〔2019〕6号 on a line of its own, as it stands under the title of a notice."""
    for element, text in sources.pieces[:400]:
        if len(text) <= 40 and _NUMBER.fullmatch(text) and element.tag != "a":
            return Found(text, "line of its own")
    return None


def rows(sources: Sources) -> Iterator[Row]:
    """Every label of a page with what stands behind it."""
    pieces = sources.pieces
    for at, (element, text) in enumerate(pieces):
        if len(text) > 200:
            continue
        for label, rest in _labels_in(text):
            kind = _LABELS[label]
            yield Row(label, kind, rest or _next(pieces, at, whole=kind in ("subject", "words")), at, element)


def _labels_in(text: str) -> Iterator[tuple[str, str]]:
    """索引号：X 发布机构：Y -> each with what stands before the next label."""
    found = _PIECE.match(text)
    while found:
        label = squeezed(found[1])
        following = re.compile(rf"[\s　|；;]({_LABEL.pattern})[\s　】\]]*[:：]").search(text, found.end())
        end = following.start() if following else len(text)
        yield label, text[found.end() : end].strip()
        found = _PIECE.match(text, following.start(1)) if following else None


def _next(pieces: Sequence[tuple[Element, str]], at: int, *, whole: bool) -> str:
    """The piece behind a label, unless that is a label again; a colon may be a piece of its own.

    `whole`: all of its cell, where that is another one than the label's.
    """
    following = list(pieces[at + 1 : at + 3])
    if following and following[0][1] in (":", "："):
        following.pop(0)
    if not following or _PIECE.match(following[0][1]):
        return ""
    element, text = following[0]
    own, cell = _cell(pieces[at][0]), _cell(element)
    if own is not None and cell is None:
        return ""  # its cell is empty, and the text has begun
    if whole and cell is not None and cell is not own and not is_longer(cell, _MOST["subject"]):
        text = one_space(text_of(cell))
    return text.lstrip(":： ")


def _cell(element: Element) -> Element | None:
    return next((each for each in [element, *islice(element.iterancestors(), 4)] if each.tag in _CELLS), None)


def squeezed(text: str) -> str:
    """Without blanks."""
    return re.sub(r"[\s　]", "", text)


def _said(kind: str, value: str) -> str | None:
    value = value.strip(" 　:：")
    if _NOTHING.fullmatch(value):
        return None
    if kind == "issued":
        return (day_in(value) or "")[:10] or None
    if kind == "published":
        return day_in(value)
    if len(value) > _MOST[kind]:
        return None
    if kind in ("publisher", "subject", "words"):
        return value if re.search("[\u4e00-\u9fff]", value) else None
    return value if any(character.isdigit() for character in value) else None
