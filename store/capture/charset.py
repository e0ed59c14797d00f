"""Bytes -> text. The order was measured on 46 kinds of right, wrong, late and missing declarations:

1. a byte order mark; 2. UTF-16 by its zero bytes; 3. what is valid UTF-8, or nearly, is UTF-8 whatever is declared (the
escape sequences of ISO-2022 excepted, which are valid UTF-8 too); 4. what the header, the page's meta or its XML
declaration says; 5. what detectors say of the words that are not ASCII.

Of the candidates of 4 and 5 the first that reads well wins, else the one that reads least badly. A broken byte costs
one character, U+FFFD, and no more. Nothing here raises: every byte string is some text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from store.capture.strip import without_hidden
from store.capture.weblabels import codec_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

By = Literal["bom", "utf-16", "utf-8", "header", "meta", "xml", "detected"]

_HEAD = 65_536  # bytes searched for a declaration
_SAMPLE = 262_144  # bytes of words given to the detectors
_TOLERATED = 0.01  # share of unreadable characters among the non-ASCII ones
_META = re.compile(r"<meta\s[^>]{0,1000}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_XML = re.compile(r"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})[\"']", re.I)
_ESCAPES = {b"\x1b$B": "iso-2022-jp", b"\x1b$@": "iso-2022-jp", b"\x1b(J": "iso-2022-jp", b"\x1b$)C": "iso-2022-kr"}
_UNREADABLE = re.compile("[\ufffd\x80-\x9f\ue000-\uf8ff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_LATIN_ONLY = frozenset({"windows-1252", "iso-8859-15", "macintosh"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the encoding's name (WHATWG, lower case; GBK counts as gb18030) and how it was decided."""

    text: str
    name: str
    by: By


def decode(data: bytes, header: str | None = None) -> Decoded:
    """The text of a page. `header` is the charset of its Content-Type, if any. Never raises."""
    return _by_mark(data) or _by_zeros(data) or _as_utf8(data, header) or _as_declared(data, header)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be")):
        if data.startswith(mark):
            return Decoded(_read(data[len(mark) :], name), name, "bom")
    return None


def _by_zeros(data: bytes) -> Decoded | None:
    """Markup is mostly ASCII: in UTF-16 every other byte of it is zero, and those of the other half hardly ever are."""
    sample = data[: 8192 & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = max(4, len(sample) // 6)
    if odd >= enough and even * 20 < odd:
        return Decoded(_read(data, "utf-16le"), "utf-16le", "utf-16")
    if even >= enough and odd * 20 < even:
        return Decoded(_read(data, "utf-16be"), "utf-16be", "utf-16")
    return None


def _as_utf8(data: bytes, header: str | None) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data)
    escaped = _escaped(data, header) if b"\x1b" in data or b"~{" in data else None
    return escaped or Decoded(text.removeprefix("\ufeff"), "utf-8", "utf-8")


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Other encodings hardly ever look like UTF-8: with ten right sequences for a broken one, it is."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    right = len(text) - broken - len(data.translate(None, _HIGH))
    return Decoded(text, "utf-8", "utf-8") if right >= 10 * broken else None


_HIGH = bytes(range(0x80, 0x100))


def _escaped(data: bytes, header: str | None) -> Decoded | None:
    """Encodings whose bytes are all ASCII, so that they pass for UTF-8."""
    for name, by in _declared(data, header):
        if name in ("iso-2022-jp", "iso-2022-kr", "hz-gb-2312"):
            return Decoded(_read(data, name), name, by)
    for escape, name in _ESCAPES.items():
        if escape in data:
            text = _read(data, name)
            if "\ufffd" not in text and "\x1b" not in text:
                return Decoded(text, name, "detected")
    return None


def _as_declared(data: bytes, header: str | None) -> Decoded:
    least: tuple[float, Decoded] | None = None
    for name, by in _candidates(data, header):
        text = _read(data, name)
        badness = _badness(text)
        if badness < _TOLERATED:
            return Decoded(text, name, by)
        if least is None or badness < least[0]:
            least = badness, Decoded(text, name, by)
    return least[1] if least else Decoded(_read(data, "windows-1252"), "windows-1252", "detected")


def _candidates(data: bytes, header: str | None) -> Iterator[tuple[str, By]]:
    words = _words(data)
    seen = set()
    for name, by in _declared(data, header):
        if name not in seen and not (name in _LATIN_ONLY and _mostly_high(words)):
            seen.add(name)
            yield name, by
    for name in _detected(words):
        if name not in seen and not (name in _LATIN_ONLY and _mostly_high(words)):
            seen.add(name)
            yield name, "detected"


def _declared(data: bytes, header: str | None) -> Iterator[tuple[str, By]]:
    """What header, meta and XML declaration name, as far as browsers know it."""
    if header and (name := name_of(header)):
        yield name, "header"
    head = without_hidden(data[:_HEAD].decode("latin-1"))
    found = _META.search(head)
    if found and (name := name_of(found[1])) and not name.startswith("utf-16"):
        yield name, "meta"
    found = _XML.match(head)
    if found and (name := name_of(found[1])) and not name.startswith("utf-16"):
        yield name, "xml"


def _words(data: bytes) -> bytes:
    """The runs without blanks and brackets that are not ASCII: what the page says, without its markup."""
    found, size = [], 0
    for match in re.finditer(rb"[^\s<>\"'=/]+", data):
        word = match[0]
        if not word.isascii():
            found.append(word)
            size += len(word)
            if size > _SAMPLE:
                break
    return b" ".join(found)


def _mostly_high(words: bytes) -> bool:
    """No Latin text has more accented letters than plain ones in the very words that have any."""
    plain = len(_ASCII_LETTER.findall(words))
    high = len(words) - len(words.translate(None, _HIGH))
    return high > 1.2 * plain and high > 20


def _detected(words: bytes) -> Iterator[str]:
    for detector in (_cchardet, _resiliparse):
        if name := name_of(detector(words)):
            yield name


def _cchardet(words: bytes) -> str:
    import cchardet

    return str(cchardet.detect(words).get("encoding") or "")


def _resiliparse(words: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    return str(detect_encoding(words) or "")


def _read(data: bytes, name: str) -> str:
    return data.decode(codec_of(name), "replace").removeprefix("\ufeff")


def _badness(text: str) -> float:
    """The share of characters among the non-ASCII ones that no page means: replaced, control, private use."""
    return len(_UNREADABLE.findall(text)) / max(1, len(_NOT_ASCII.findall(text)))
