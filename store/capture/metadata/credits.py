"""Who edited an article, as Chinese news say at its end: 责任编辑：张三, （编辑：文静）. No author, and no text of it.

Rules: a block that is such a phrase and nothing else, behind most of the text, and in no list of other roles (导演：,
主演：), where an editor is one of the crew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ROLE = (
    r"(?:责任编辑|责任编校|责任校对|本文编辑|本期编辑|网络编辑|新媒体编辑|值班编辑|版面编辑|图文编辑|文字编辑|责编|编辑|编审|校对|审校"
    r"|审核|初审|复审|终审|一审|二审|三审|签发|监制|值班编委|值班主任|值班总监|编校|排版|美编|信息员)"
)
_NAMES = r"[\u4e00-\u9fff·A-Za-z0-9_、,，/ 　]{1,24}?"
_CREDITS = re.compile(
    rf"[\s（(【\[]*{_ROLE}(?:[/、\s　]*{_ROLE})*\s*[:：/|]\s*{_NAMES}"
    rf"(?:[\s　;；,，|)）]+(?:{_ROLE}[/、\s　]*)+\s*[:：/|]\s*{_NAMES})*[\s）)】\]。]*"
)
_BARE = re.compile(rf"[（(【\[]\s*{_ROLE}\s+[\u4e00-\u9fff·、 　]{{2,12}}\s*[）)】\]]")
_OTHER_ROLE = re.compile(r"[\u4e00-\u9fff 　]{2,6}\s*[:：]")
_LONGEST = 60


def is_credits(text: str) -> bool:
    """The text is such a phrase and nothing else."""
    return len(text) <= _LONGEST and bool(_CREDITS.fullmatch(text) or _BARE.fullmatch(text))


def credits_in(texts: Iterable[tuple[int, str]]) -> list[int]:
    """Of numbered texts in their order, the numbers of those that are the credits at the end."""
    told = [(number, text) for number, text in texts if text]
    whole = sum(len(text) for _, text in told)
    found: list[int] = []
    before = 0
    for at, (number, text) in enumerate(told):
        if is_credits(text) and before * 2 >= whole and not _is_of_crew([each for _, each in told], at):
            found.append(number)
        before += len(text)
    return found


def _is_of_crew(texts: list[str], at: int) -> bool:
    """Other roles stand beside it."""
    beside = [*texts[max(0, at - 2) : at], *texts[at + 1 : at + 3]]
    others = [text for text in beside if len(text) < _LONGEST and not is_credits(text) and not text.startswith("来源")]
    return sum(_OTHER_ROLE.match(text) is not None for text in others) > 0
