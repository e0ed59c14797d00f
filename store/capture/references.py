"""Character references, of any length: `html.unescape` raises at a number with more digits than Python reads. Pure."""

from __future__ import annotations

import html
import re

_ZEROS = re.compile(r"&#0+(?=\d)")
_NO_CHARACTER = re.compile(r"&#\d{8,};?")


def unescape(text: str) -> str:
    """The text with its references resolved as HTML says: a number beyond Unicode is U+FFFD."""
    try:
        return html.unescape(text)
    except ValueError:
        return html.unescape(_NO_CHARACTER.sub("\ufffd", _ZEROS.sub("&#", text)))
