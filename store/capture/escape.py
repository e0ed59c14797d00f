"""Text that looks like Markdown stays text: marks where a backslash has to go, set before html2text runs."""

from __future__ import annotations

import re

from store.capture.marks import AMPERSAND, BACKSLASH, ESCAPE, LESS, NEWLINE

_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_HAN = re.compile(f"[{_CJK}]")
_BREAK_IN_HAN = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]+[ \t\r\n]*(?=[{_CJK}])")
_BREAK_AT_EDGE = re.compile(
    rf"(?<=[{_CJK}])[ \t]*[\r\n]+[ \t\r\n]*(?=[\ue000-\ue005]|\Z)"
    rf"|(?:\A|(?<=[\ue000-\ue005]))[ \t]*[\r\n]+[ \t\r\n]*(?=[{_CJK}])"
)
_JOINED = re.compile(rf"(?<=[{_CJK}])([\ue000-\ue005]*){NEWLINE}(\[?[\ue000-\ue005]*)(?=[{_CJK}])")
_OTHER_SPACES = "\t\r\n\f\v\x1c-\x1f\x85\xa0\u2028\u2029"  # html2text is quadratic in runs of line ends
_SPACES = re.compile(f"(?:[{_OTHER_SPACES}]| (?=[ {_OTHER_SPACES}]))[ {_OTHER_SPACES}]*")  # all but a single blank
BLANKS = " \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Of a pattern: every blank that CommonMark takes for one beside a sign of emphasis."""

_INVISIBLE = re.compile("[\u200b\u2060\ufeff\xad]+")
_SPECIAL = re.compile(r"[<&*_`~\[\]\\!]")
_STAR = re.compile("(?<![^\\s\ue000-\ue0ff] )\\*|\\*(?! [^\\s\ue000-\ue0ff])")  # between blanks it means nothing
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it means nothing
_LESS = re.compile(r"<(?=[A-Za-z/!?]|$)")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_TO_DOUBLE = re.compile(rf"{BACKSLASH}(?=[!-/:-@\[-`{{-~\ue000-\ue0ff]|\s*$)", re.M)
_CLOSING = re.compile(r"\](?=[(\[:])")
_BRACKET = re.compile(r"[\[\]]")
_START = re.compile(
    r"(?P<digits>\d{1,9})(?=[.)](?:\s|$))"
    r"|(?=\#{1,6}(?:\s|$)|>|[*+-](?:\s|$)|-{2,}\s*$|={1,}\s*$|_{3,}\s*$|~{3}|<{7}|[|:]\s*:?-|:?-+:?\s*(?:\||$))"
)


def escape_text(text: str, *, in_link: bool = False, before_link: bool = False) -> str:
    """White space as Markdown means it, and every character that would mean something else.

    In a link every bracket counts; `!` before a link would make it a picture.
    """
    if ("\n" in text or "\r" in text) and _HAN.search(text):
        text = _BREAK_AT_EDGE.sub(NEWLINE, _BREAK_IN_HAN.sub("", text))
    text = _SPACES.sub(" ", text)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    if not _SPECIAL.search(text):
        return text
    text = text.replace("\\", BACKSLASH)
    text = _ENTITY.sub(AMPERSAND, _LESS.sub(LESS, text))
    text = _UNDERSCORE.sub(ESCAPE + "_", _STAR.sub(ESCAPE + "*", text))
    text = text.replace("`", ESCAPE + "`").replace("~~", ESCAPE + "~" + ESCAPE + "~")
    text = (_BRACKET if in_link else _CLOSING).sub(lambda found: ESCAPE + found[0], text)
    return text[:-1] + ESCAPE + "!" if before_link and text.endswith("!") else text


def escape_start(line: str) -> str:
    """A line: no heading, quote, list, rule or table begins with it by accident."""
    found = _START.match(line)
    if found is None:
        return line
    return line[: found.end()] + ESCAPE + line[found.end() :]


def join_lines(text: str) -> str:
    """Where a line of the source ended beside a Han character: nothing between two of them, else a blank."""
    return _JOINED.sub(r"\1\2", text).replace(NEWLINE, " ") if NEWLINE in text else text


def unescape_marks(markdown: str) -> str:
    """The marks as what they stand for."""
    if BACKSLASH in markdown:
        markdown = _TO_DOUBLE.sub(r"\\\\", markdown).replace(BACKSLASH, "\\")
    return markdown.replace(ESCAPE, "\\").replace(LESS, "\\<").replace(AMPERSAND, "&amp;")
