"""What belongs to kept text though it is only links: files to download, and the lists that headings announce.

- Links to files side by side stay right under a kept heading, behind kept text in one element with them, and whole.
- Under a kept heading such as `References` or `Documents of the case` its list stays.
- A last heading is not left alone: what stands under it stays, or else it goes as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from store.capture.choose.blocks import Block, Page
from store.capture.choose.mend import UNIT, UNLIKELY, Judged, Mended, Reasons
from store.capture.tree import Element

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|ceb|odt|ods|odp|rtf|csv|epub|zip|rar|7z|tar|gz|tgz|xz|bz2|exe|msi|dmg"
    r"|deb|rpm|apk|iso|caj)(?:$|[?#&])",
    re.I,
)
_LABEL = re.compile(r"附\s*[件表录]|下载|download|attachment|document|files?\b", re.I)
_ANNOUNCES = re.compile(
    r"\b(?:downloads?|documents?|attachments?|files|references?|bibliography|citations?|sources"
    r"|(?:external |useful )?links|further reading|(?:additional |further )?resources|footnotes|exhibits?"
    r"|appendi(?:x|ces))\b"
    r"|附[件表录]|下载|参考(?:文献|资料)|相关(?:文件|资料|附件)|外部链接|延伸阅读|注释",
    re.I,
)
_LONGEST_HEADING, _LONGEST_LABEL = 60, 24  # characters
_UP = 4  # elements
_MOST = 60  # blocks of a section
_ANNOUNCED, _ITSELF = 0.03, 0.33  # how likely a section is, at least
_ARTICLE = 50.0  # kept tokens before a last heading that may go


def with_sections(page: Page, judged: Judged, mended: Mended) -> Mended:
    """The choice with such blocks added, and a last heading without anything under it taken away."""
    why = mended.why.copy()
    texts = np.flatnonzero(judged.has_text).tolist()
    files = {at for at in texts if judged.linked[at] > 0 and _is_file(page.blocks[at])}
    for run in _runs(texts, files):
        _keep_files(why, page, judged, texts, run)
    for place, at in enumerate(texts):
        if judged.is_heading[at] and why[at] > 0:
            under = texts[place + 1 : place + 1 + _MOST]
            section = list(_section(page, judged, at, under))
            pictured = any(not block.text for block in page.blocks[at + 1 : section[-1]]) if section else False
            if section and not pictured and not (why[section] > 0).any():
                _settle(why, page, judged, mended, at, section, is_last=not (why[texts[place + 1 :]] > 0).any())
    return Mended(why > 0, mended.threshold, mended.leaning, why)


def _is_file(block: Block) -> bool:
    for place, element in block.parts:
        link = element if place != "tail" else element.getparent()
        for _ in range(_UP):
            if link is None or link.tag == "a":
                break
            link = link.getparent()
        if link is not None and link.tag == "a" and _FILE.search((link.get("href") or "").strip()):
            return True
    return False


def _runs(texts: list[int], files: set[int]) -> Iterator[list[int]]:
    """Places in `texts` of blocks side by side that are links to files."""
    run: list[int] = []
    for place, at in enumerate(texts):
        if at in files:
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _keep_files(why: Reasons, page: Page, judged: Judged, texts: list[int], run: list[int]) -> None:
    blocks = [texts[place] for place in run]
    added = blocks
    is_kept = bool((why[blocks] > 0).any())
    if not is_kept and run[0]:
        over = texts[run[0] - 1]
        words = page.blocks[over].text
        if why[over] <= 0 and run[0] > 1 and len(words) <= _LONGEST_LABEL and _LABEL.search(words):
            added, over = [over, *blocks], texts[run[0] - 2]
        is_headed = bool(judged.is_heading[over])
        is_kept = why[over] > 0 and (is_headed or _share(page.blocks[over].element, page.blocks[blocks[0]].element))
    if is_kept:
        why[added] = np.where(why[added] > 0, why[added], UNIT)


def _share(one: Element, other: Element) -> bool:
    """They stand in one element that is not the whole page, a few steps up."""
    around = set(_upwards(one))
    return any(element in around for element in _upwards(other))


def _upwards(element: Element) -> Iterator[Element]:
    for _ in range(_UP):
        if element is None or element.tag in ("body", "html"):
            return
        yield element
        element = element.getparent()


def _section(page: Page, judged: Judged, heading: int, under: list[int]) -> Iterator[int]:
    """The blocks under a heading, up to the next one or the end of what it stands in."""
    around = page.parents[page.blocks[heading].node]
    while around > 0 and page.last[around] <= heading + 1:
        around = page.parents[around]
    for at in under:
        if judged.is_heading[at] or (around >= 0 and at >= page.last[around]):
            return
        yield at


def _settle(
    why: Reasons, page: Page, judged: Judged, mended: Mended, heading: int, section: list[int], *, is_last: bool
) -> None:
    weight = judged.tokens[section] + 0.5
    mean = float((mended.leaning[section] * weight).sum() / weight.sum())
    words = page.blocks[heading].text
    announces = len(words) <= _LONGEST_HEADING and _ANNOUNCES.search(words) is not None
    if (announces and mean >= _ANNOUNCED) or (is_last and mean >= _ITSELF):
        why[section] = np.where(judged.is_phrase[section], why[section], UNIT)
    elif is_last and not judged.is_title[heading] and judged.tokens[:heading][why[:heading] > 0].sum() >= _ARTICLE:
        why[heading] = UNLIKELY
