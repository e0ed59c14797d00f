"""What a Chinese official notice says of itself above its text: 索引号, 发文机关, 发文字号, 发布日期.

Rules: a label may have blanks inside (索 引 号) and stands alone in its cell or before a colon; its value follows in
the same piece of text or in the next one. Two labels or more make a notice, so a lone word of the text is none. A date
of publication is never the date of writing (成文日期).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.capture.metadata.day import day_in
from store.capture.metadata.found import Found
from store.capture.metadata.sources import Sources

_LABELS = {
    "索引号": "index_number", "索取号": "index_number", "信息索引号": "index_number", "信息索引": "index_number",
    "文号": "doc_number", "发文字号": "doc_number", "发布文号": "doc_number", "文件编号": "doc_number",
    "公文文号": "doc_number", "发文文号": "doc_number", "文件号": "doc_number", "文件文号": "doc_number",
    "发布机构": "publisher", "发文机关": "publisher", "发文机构": "publisher", "发文单位": "publisher",
    "发布单位": "publisher", "公开主体": "publisher", "公开机构": "publisher", "发布机关": "publisher",
    "制发机关": "publisher", "信息来源部门": "publisher", "公开责任部门": "publisher", "发布部门": "publisher",
    "发布日期": "published", "发布时间": "published", "公开日期": "published", "公布日期": "published",
    "发文时间": "published", "发文日期": "published", "公开时间": "published", "信息公开日期": "published",
    "成文日期": "written", "生成日期": "written", "成文时间": "written", "形成日期": "written", "制发日期": "written",
    "印发日期": "written",
    "标题": "", "名称": "", "信息名称": "", "主题分类": "", "分类": "", "主题词": "", "关键词": "", "有效性": "",
    "公开方式": "", "公开范围": "", "公开形式": "", "公开程序": "", "公开时限": "", "组配分类": "", "体裁分类": "",
    "文件状态": "", "效力状态": "", "废止日期": "", "失效日期": "", "生效日期": "", "服务对象": "", "来源": "",
    "内容概述": "", "文种": "", "发布范围": "", "浏览次数": "", "字体": "", "所属主题": "", "语种": "", "著录日期": "",
    "施行日期": "", "实施日期": "", "时效性": "", "题材": "", "载体类型": "",
}  # fmt: skip
_SURE = ("index_number", "doc_number", "publisher", "written")
_BY_LENGTH = sorted(_LABELS, key=len, reverse=True)
_FIRST_LOOK = re.compile(r"索\s*[引取]\s*号|文\s*号|字\s*号|机\s*[构关]|成\s*文|公开主体|发布(?:单位|部门)|文件编号")
_LABEL = re.compile("|".join(r"[\s　]*".join(label) for label in _BY_LENGTH))
_PIECE = re.compile(rf"[\s【\[（(·•]*({_LABEL.pattern})[\s　】\]）)]*(?:([:：])[\s　】\]]*|$)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,16}[〔\[（(【﹝][12]\d{3}[〕\]）)】﹞](?:第)?\s*\d{1,5}\s*号")
_NOTHING = re.compile(r"[\s无暂—\-–/＼:：.·]*")
_MOST = {"index_number": 60, "doc_number": 60, "publisher": 80}


@dataclass(frozen=True, slots=True)
class Notice:
    """The facts of a notice; empty on every other page."""

    doc_number: Found | None = None
    index_number: Found | None = None
    publisher: Found | None = None
    published: Found | None = None


def read_notice(sources: Sources) -> Notice:
    """What the labels of a page say."""
    if not _FIRST_LOOK.search(sources.whole_text):
        return Notice()
    pieces = [text for _, text in sources.pieces]
    facts: dict[str, Found] = {}
    seen: set[str] = set()
    for kind, label, value in _labelled(pieces):
        seen.add(label)
        if kind and kind not in facts and (said := _said(kind, value)):
            facts[kind] = Found(said, f"notice {label}")
    if len(seen) < 2 or not any(kind in facts for kind in _SURE):
        return Notice()
    facts.pop("written", None)
    return Notice(**facts)


def number_alone(sources: Sources) -> Found | None:
    """国办发〔2019〕6号 on a line of its own, as it stands under the title of a notice."""
    for element, text in sources.pieces[:400]:
        if len(text) <= 40 and _NUMBER.fullmatch(text) and element.tag != "a":
            return Found(text, "line of its own")
    return None


def _labelled(pieces: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(kind, label, value) for every label; the value may be empty."""
    for at, text in enumerate(pieces):
        if len(text) > 200:
            continue
        for label, rest in _labels_in(text):
            yield _LABELS[label], label, rest or _next(pieces, at)


def _labels_in(text: str) -> Iterator[tuple[str, str]]:
    """索引号：X 发布机构：Y -> each with what stands before the next label."""
    found = _PIECE.match(text)
    while found:
        label = re.sub(r"[\s　]", "", found[1])
        following = re.compile(rf"[\s　|；;]({_LABEL.pattern})[\s　】\]]*[:：]").search(text, found.end())
        end = following.start() if following else len(text)
        yield label, text[found.end() : end].strip()
        found = _PIECE.match(text, following.start(1)) if following else None


def _next(pieces: Sequence[str], at: int) -> str:
    """The piece behind a label, unless that is a label again; a colon may be a piece of its own."""
    following = list(pieces[at + 1 : at + 3])
    if following and following[0] in (":", "："):
        following.pop(0)
    if not following or _PIECE.match(following[0]):
        return ""
    return following[0].lstrip(":： ")


def _said(kind: str, value: str) -> str | None:
    value = value.strip(" 　:：")
    if _NOTHING.fullmatch(value):
        return None
    if kind in ("published", "written"):
        return day_in(value)
    if len(value) > _MOST[kind]:
        return None
    if kind == "publisher":
        return value if re.search("[\u4e00-\u9fff]", value) else None
    return value if any(character.isdigit() for character in value) else None
