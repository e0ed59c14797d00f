"""The table above a Chinese official notice (索引号, 发文机关, ...): does it say more than the facts that were read?

Rules: what is in the front matter, or in the title, need not be said twice. A row of another kind (有效性, 公文种类, a
second 发布机构) must not vanish: then the table belongs to the article. What is said of the page's handling only
(公开方式, 浏览次数, 字体) is no reason to keep it.
"""

from __future__ import annotations

import re

from store.capture.metadata.day import day_in
from store.capture.metadata.notice import NOTICE, Row, may_be_notice, rows, squeezed
from store.capture.metadata.reading import Metadata, read_metadata
from store.capture.metadata.sources import Sources, read_sources
from store.capture.tree import Element, is_longer, text_of

_HANDLING = frozenset((
    "公开方式", "公开范围", "公开形式", "公开程序", "公开时限", "浏览次数", "字体", "载体类型", "语种", "著录日期",
    "服务对象", "发布范围", "标题", "名称", "信息名称",
))  # fmt: skip
_LONGEST = 1_500  # characters of the table
_FEWEST = 2  # rows
_NOTHING = re.compile(r"[\W_无暂]*")
_HOLDERS = ("table", "tbody", "ul", "dl", "div", "section")
_DAY = 24  # characters of a value that is a day
_LABEL = re.compile(r"[\s【\[（(·•]*[\u4e00-\u9fff][\u4e00-\u9fff\s　]{1,12}[\s】\]）)]*(?:[:：]|$)")
_TOOLS = re.compile(
    r"(?:字[体号]|打印|关闭|分享|收藏|下载|浏览|阅读|点击|扫一扫|大|中|小|微信|微博|繁体|简体|当前位置|首页|信息公开).{0,12}"
)


def telling_table(root: Element, url: str) -> Element | None:
    """The element of the table, where it says more than the facts of the page; None on every other page."""
    if not may_be_notice(text_of(root)):
        return None
    said = read_metadata(root, url)
    if not any(source.startswith(NOTICE) for source in said.sources.values()):
        return None
    sources = read_sources(root, url)
    found = list(rows(sources))
    table = _table(found) if len({row.label for row in found}) >= _FEWEST else None
    return table if table is not None and _says_more(sources, table, found, _Said(said)) else None


def _table(found: list[Row]) -> Element | None:
    """The smallest element with most rows; None where that is more than a table."""
    counted: dict[Element, int] = {}
    for row in found:
        for above in row.element.iterancestors():
            if above.tag in _HOLDERS:
                counted[above] = counted.get(above, 0) + 1
    most = [each for each, count in counted.items() if count >= _FEWEST and count * 2 > len(found)]
    smallest = min(most, key=lambda each: (sum(1 for _ in each.iter()), -counted[each]), default=None)
    if smallest is None:
        return None
    table = _grown(smallest, counted)
    return None if is_longer(table, _LONGEST) else table


def _grown(element: Element, counted: dict[Element, int]) -> Element:
    """With the rows around it, as long as it stays a table."""
    for above in element.iterancestors():
        if is_longer(above, _LONGEST):
            break
        if counted.get(above, 0) > counted.get(element, 0):
            element = above
    return element


class _Said:
    """What stands in the front matter already."""

    def __init__(self, said: Metadata) -> None:
        values = (said.title, said.site, said.author, said.publisher, said.doc_number, said.index_number, said.subject)
        self._text = squeezed("\n".join(value for value in values if value))
        self._days = {day[:10] for day in (said.published, said.modified, said.issued) if day}

    def __contains__(self, value: str) -> bool:
        plain = squeezed(value.strip(" 　:：;；。"))
        if _NOTHING.fullmatch(plain) or plain in self._text:
            return True
        day = day_in(value) if len(plain) <= _DAY else None
        return day is not None and day[:10] in self._days


def _says_more(sources: Sources, table: Element, found: list[Row], said: _Said) -> bool:
    inside = {*table.iter()}
    own = [row for row in found if row.element in inside]
    if any(row.label not in _HANDLING and row.value not in said for row in own):
        return True
    labels, values = {row.at for row in own}, squeezed("\n".join(row.value for row in own))
    others = [
        (at, text)
        for at, (element, text) in enumerate(sources.pieces)
        if element in inside and at not in labels and squeezed(text) not in values and text not in said
    ]
    return any(_is_row(sources, at, text) for at, text in others)


def _is_row(sources: Sources, at: int, text: str) -> bool:
    """A label that nobody knows with something behind it: `备注：略`, or alone in a cell."""
    if _TOOLS.match(squeezed(text)):
        return False
    label = _LABEL.match(text)
    if label is None:
        return False
    return bool(text[label.end() :].strip()) or not _NOTHING.fullmatch(
        sources.pieces[min(at + 1, len(sources.pieces) - 1)][1]
    )
