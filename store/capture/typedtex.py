r"""Formulas that stand in the text as TeX, for a script to draw: `\(…\)`, `\[…\]`, `$$…$$`, `$…$`, `\begin{…}…\end{…}`.

They are kept as they were typed, in dollars: escaped as text, `_`, `\\` and `*` would be broken. A dollar may be money
and `\(` a part of a search pattern, so what stands between has to look like TeX. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from store.capture.mathematics import tex_mark
from store.capture.tree import OPEN, Element, inside, text_of

Place = Literal["text", "tail"]

_NEVER = ("pre", "code", "kbd", "samp", "tt", "xmp", "listing", "script", "style", "textarea", "math")
_ENVIRONMENTS = (
    r"(?:equation|align(?:ed|at)?|flalign|gather(?:ed)?|multline|eqnarray|split|array|cases|[pbvBV]?matrix)\*?"
)
_OPENING = re.compile(rf"\\[(\[]|\$\$?|\\begin\{{({_ENVIRONMENTS})\}}")
_BEGUN = re.compile(rf"\\\[|\$\$|\\begin\{{{_ENVIRONMENTS}\}}")
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$"}
_LONGEST = 8_000  # characters of a formula
_LONGEST_IN_DOLLARS = 300
_MOST_LINES = 60
_COMMAND = re.compile(r"\\[a-zA-Z]+|\\[{}|,;!]")
_STRONG = re.compile(r"\\[a-zA-Z]{2,}|(?:(?<![A-Za-z])[A-Za-z]|[})\]])[\^_](?:\{|\w)")
_WEAK = re.compile(r"\\[a-zA-Z]|[\^_=<>+]")
_SHORT = re.compile(r"[\w\s.,:;'()|/*!-]{1,40}")
_PATTERN = re.compile(r"\.\*|\[\^|[a-z0]-[z9]|\\[dwsDWSbB](?![a-zA-Z])")  # a regular expression
_PROSE = re.compile(r"(?:[^\W\d_]{3,}[\s,]+){3}|[\u3400-\u9fff]{4}")
_SAID = re.compile(r"\\(?:text|mbox|textrm|mathrm|operatorname|label|tag)\*?\{[^{}]*\}")


def take_typed_tex(root: Element, inline: list[str]) -> None:
    """Marks in the place of typed formulas; what they stand for is added to `inline`, in dollars."""
    whole = text_of(root)
    if "$" not in whole and "\\" not in whole:
        return
    never = inside(root, _NEVER)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element in never or element.tag in _NEVER:
            continue
        slots: list[tuple[Element, Place]] = [(element, "text"), *((child, "tail") for child in element)]
        for slot in slots:
            text = getattr(*slot)
            if text and ("$" in text or "\\" in text):
                _join_lines(element, slot)
                setattr(*slot, _marked(getattr(*slot), inline))


def _join_lines(parent: Element, slot: tuple[Element, Place]) -> None:
    """A formula over several lines: the breaks inside it mean nothing."""
    text = getattr(*slot)
    begun = _begun(text)
    if begun is None:
        return
    following = parent[0] if slot[1] == "text" and len(parent) else slot[0].getnext() if slot[1] == "tail" else None
    breaks: list[Element] = []
    while following is not None and following.tag == "br" and len(breaks) < _MOST_LINES:
        breaks.append(following)
        if begun in (following.tail or ""):
            break
        following = following.getnext()
    else:
        return
    setattr(*slot, text + "".join(f" {each.tail or ''}" for each in breaks))
    for each in breaks:
        each.tag, each.tail = OPEN, None


def _begun(text: str) -> str | None:
    """How the formula ends that the text begins and does not end."""
    opening = next(reversed(list(_BEGUN.finditer(text))), None)
    if opening is None:
        return None
    closing = _CLOSING.get(opening[0]) or opening[0].replace("begin", "end")
    if opening[0] == "$$":
        return closing if text.count("$$") % 2 else None
    return closing if closing not in text[opening.end() :] else None


def _marked(text: str, inline: list[str]) -> str:
    pieces, at = [], 0
    for start, end, tex, displayed in _formulas(text):
        pieces += [text[at:start], tex_mark(tex, displayed, inline)]
        at = end
    return "".join((*pieces, text[at:]))


def _formulas(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Where each begins and ends, its TeX, and whether it stands on a line of its own."""
    ends: dict[str, int] = {}
    position = 0
    while opening := _OPENING.search(text, position):
        position = opening.end()
        closing = rf"\end{{{opening[1]}}}" if opening[1] else _CLOSING[opening[0]]
        end = ends.get(closing, -1)
        if end < position:
            found = text.find(closing, position)
            end = ends[closing] = found if found >= 0 else len(text) + _LONGEST
        tex = text[position:end] if end - position <= _LONGEST else ""
        if not tex or not _is_tex(opening[0], tex):
            continue
        position = end + len(closing)
        whole = text[opening.start() : position] if opening[1] else tex
        yield opening.start(), position, whole, opening[0] not in ("\\(", "$")


def _is_tex(opening: str, tex: str) -> bool:
    bare = _SAID.sub("", tex)
    if not tex.strip() or _PATTERN.search(bare) or _PROSE.search(_COMMAND.sub("", bare)):
        return False
    if opening == "$":
        stands_close = not (tex[0].isspace() or tex[-1].isspace())
        return len(tex) <= _LONGEST_IN_DOLLARS and stands_close and _STRONG.search(tex) is not None
    if opening in ("\\(", "\\["):
        return _WEAK.search(tex) is not None or _SHORT.fullmatch(tex) is not None
    return _WEAK.search(tex) is not None
