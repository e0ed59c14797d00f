"""What is told of every block element of a page: names that promise content or deny it, and what it stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from store.capture.choose.blocks import Page

FAR = 20  # steps up to the nearest telling name, at most
MOST_NESTED = 4
AROUND = "article main section nav header footer aside form table ul ol dl blockquote figure pre details li a".split()
_AT = {tag: number for number, tag in enumerate(AROUND)}
_ROLES = {
    "main": 1, "article": 1, "navigation": -1, "banner": -1, "contentinfo": -1, "complementary": -1, "search": -1,
    "dialog": -1, "menu": -1,
}  # fmt: skip
_TEXT_PROPERTIES = ("articleBody", "text", "description")
# Alternatives are grouped by their first letter, which must be a plain one: so `re` is four times as quick.
_PROMISING = re.compile(
    r"a(?:rticle|nswer)|b(?:ody|log)|co(?:ntent|mment)|d(?:etail|ocs?\b|escription)|e(?:ntry|ditor)|feature|h-?entry"
    r"|m(?:ain|arkdown|essage)|news_?txt|p(?:age|ost|rose|roduct)|question|r(?:ich|eadme|eply)|s(?:tory|ection)"
    r"|t(?:ext|hread|opic)|wiki|z(?:oom|hengwen)"
)
_DENYING = re.compile(
    r"-ad-|a(?:(?<=\ba)ds?\b|uthor-?bio|lso-?like)|b(?:anner|readcrumb|yline)"
    r"|c(?:ombx|ontact|rumb|ookie|onsent|opyright|art)|dis(?:claimer|qus)|f(?:oot|ilter|riend)|gdpr|h(?:idden|ot|eader)"
    r"|l(?:ogin|egal|ink)|m(?:asthead|edia|eta\b|enu|odal|ore-?stories)|n(?:av|ewsletter)|o(?:utbrain|verlay)"
    r"|p(?:romo|opup|agination|ager)|r(?:elated|ecommend|ank|ecirc)"
    r"|s(?:croll|hare|houtbox|idebar|kyscraper|ponsor|hopping|ubscribe|ignup|ocial|kip|earch)"
    r"|t(?:ags|ool|oc\b|uijian)|widget|xiangguan"
)
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST_NAMES = 10


_Line = tuple[int, int, int, int, int, int, int, int]  # of LINE
LINE = ("depth", "promising", "denying", "hidden", "to promising", "to denying", "role", "is text")
_OUTSIDE: _Line = (-1, 0, 0, 0, FAR, FAR, 0, 0)
_NOTHING = bytes(len(AROUND))


@dataclass(slots=True)
class Facts:
    """Lists by element number. Counts and distances are those of the element and all it stands in.

    `line`: the numbers of LINE. `above`: the nearest element around it that holds more blocks. `around`: how often each
    of AROUND, a byte each. `names`: the words of tag, class, id, role and property. `shape`: tag and class, equal for
    equal siblings. `tags` counts all.
    """

    line: list[_Line] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    around: list[bytes] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    shape: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)


def read_elements(page: Page) -> Facts:
    """The facts of a page's elements; a parent comes before what stands in it."""
    facts = Facts()
    line, above, around = facts.line, facts.above, facts.around
    size = [last - first for first, last in zip(page.first, page.last, strict=True)]
    for number, (element, parent) in enumerate(zip(page.elements, page.parents, strict=True)):
        tag, attributes = element.tag, dict(element.items())
        class_ = attributes.get("class", "")
        facts.shape.append(f"{tag}.{class_.strip()[:40]}")
        promises, denies, names = _named(class_, attributes) if attributes else (0, 0, ())
        facts.names.append((f"t:{tag}", *names))
        if parent < 0:
            line.append(_line(_OUTSIDE, 0, 0, attributes))  # what the body is called tells nothing
            around.append(_NOTHING)
            above.append(0)
            continue
        line.append(_line(line[parent], promises, denies, attributes))
        around.append(_counted(tag, around[parent]))
        above.append(max(parent if size[parent] > size[number] else above[parent], 0))
    facts.tags.update(element.tag for element in page.elements)
    return facts


def _line(outer: _Line, promises: int, denies: int, attributes: Mapping[str, str]) -> _Line:
    depth, promising, denying, hidden, to_promising, to_denying, role, is_text = outer
    if attributes:
        hidden += _is_hidden(attributes)
        role = _ROLES.get(attributes.get("role", ""), role)
        is_text = is_text or int(attributes.get("itemprop") in _TEXT_PROPERTIES)
    return (
        depth + 1,
        promising + promises,
        denying + denies,
        hidden,
        0 if promises else min(FAR, to_promising + 1),
        0 if denies else min(FAR, to_denying + 1),
        role,
        is_text,
    )


def _counted(tag: str, around: bytes) -> bytes:
    at = _AT.get(tag)
    if at is None or around[at] >= MOST_NESTED:
        return around
    return around[:at] + bytes((around[at] + 1,)) + around[at + 1 :]


def _named(class_: str, attributes: Mapping[str, str]) -> tuple[int, int, tuple[str, ...]]:
    own, kind, property_ = attributes.get("id", ""), attributes.get("role"), attributes.get("itemprop")
    promises, denies, words = _telling(f"{class_} {own}") if class_ or own else (0, 0, ())
    if kind:
        words += (f"r:{kind}",)
    if property_:
        words += (f"i:{property_}",)
    return promises, denies, words


@lru_cache(maxsize=8192)
def _telling(names: str) -> tuple[int, int, tuple[str, ...]]:
    low = names.lower()
    words = dict.fromkeys([word.lower() for word in _NAME.findall(names[:160]) if 1 < len(word) < 18])
    return int(bool(_PROMISING.search(low))), int(bool(_DENYING.search(low))), tuple(words)[:_MOST_NAMES]


def _is_hidden(attributes: Mapping[str, str]) -> int:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return 1
    style = attributes.get("style")
    return int(style is not None and "none" in style and "display:none" in style.replace(" ", "").lower())
