"""Bytes -> text. The order was measured on 46 kinds of right, wrong, late and missing declarations:

1. a byte order mark, if what follows agrees; 2. UTF-16 by its zero bytes; 3. what is valid UTF-8, or nearly, is UTF-8
whatever is declared (the escape sequences of ISO-2022 excepted, which are valid UTF-8 too); 4. what the header, the
page's meta or its XML declaration says; 5. what detectors say of the words that are not ASCII; 6. what is frequent.

Of the candidates of 4 to 6 the first that reads well and is plausible wins, else the one that is least bad; a word or
two say little against a declaration. A broken byte costs one character, U+FFFD, and no more. Nothing here raises: every
byte string is some text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from store.capture.plausible import plausibility
from store.capture.strip import without_hidden
from store.capture.weblabels import codec_of, name_of
from store.capture.wide import Wide, is_text, named_wide, reads_well, wide_name

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
_LETTER = re.compile(r"[^\W\d_]|[\ufffd\x80-\x9f\ue000-\uf8ff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_LATIN_ONLY = frozenset({"windows-1252", "iso-8859-15", "macintosh"})
_FREQUENT = (
    "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1251", "koi8-r", "windows-1252", "macintosh",
)  # fmt: skip
_BY_WORDS = {"gb18030": 0.3, "euc-kr": 0.25, "big5": 0.2, "shift_jis": 0.2, "euc-jp": 0.2, "macintosh": -0.2}
_FEW = 24  # bytes of words that say little
_UTF8_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS: dict[bytes, Wide] = {b"\xff\xfe": "utf-16le", b"\xfe\xff": "utf-16be"}
_CREDIBLE = 0.8  # so plausible is what a page declares, where nothing else is asked
_SURE = 0.9  # so plausible is what a detector found, where nothing else is asked
_GARBLED = 20  # unreadable characters that are no accident
_NONSENSE = 0.2  # plausibility that no text has
_GARBAGE = 0.1  # share of unreadable characters behind a mark that lies


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the encoding's name (WHATWG, lower case; GBK counts as gb18030) and how it was decided."""

    text: str
    name: str
    by: By


def decode(data: bytes, header: str | None = None) -> Decoded:
    """The text of a page. `header` is the charset of its Content-Type, if any. Never raises."""
    data, marked = _by_mark(data)
    return marked or _by_zeros(data, header) or _as_utf8(data, header) or _as_declared(data, header)


def _by_mark(data: bytes) -> tuple[bytes, Decoded | None]:
    """A mark in front of what is no UTF-8 came with a part of the page, and is taken off."""
    if data.startswith(_UTF8_MARK):
        data = data[len(_UTF8_MARK) :]
        text = data.decode("utf-8", "replace")
        believed = _right_ones(data, text) >= text.count("\ufffd")
        return data, Decoded(text.removeprefix("\ufeff"), "utf-8", "bom") if believed else None
    for mark, name in _WIDE_MARKS.items():
        rest = data[len(mark) :]
        if data.startswith(mark) and is_text(rest, name, _GARBAGE):
            text = _read(rest, name)
            return data, Decoded(text, name, "bom") if plausibility(text) > _NONSENSE else None
    return data, None


def _by_zeros(data: bytes, header: str | None) -> Decoded | None:
    if name := wide_name(data):
        return Decoded(_read(data, name), name, "utf-16")
    named = named_wide(header)
    if named is not None and reads_well(data, named):
        return Decoded(_read(data, named), named, "header")
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
    believed = _right_ones(data, text) >= 10 * text.count("\ufffd")
    return Decoded(text, "utf-8", "utf-8") if believed else None


def _right_ones(data: bytes, text: str) -> int:
    """How many sequences of several bytes were read."""
    return len(text) - text.count("\ufffd") - len(data.translate(None, _HIGH))


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
    words = _words(data)
    least: tuple[float, str, By] | None = None
    for name, by, trust in _candidates(data, words, header):
        said = words.decode(codec_of(name), "replace")
        badness, plausible = _badness(said), plausibility(said)
        if badness < _TOLERATED and plausible >= _enough(name, by, words):
            return Decoded(_read(data, name), name, by)
        cost = 2 * badness + (1 - plausible) - trust
        if least is None or cost < least[0]:
            least = cost, name, by
    _, name, by = least or (0.0, "windows-1252", "detected")
    return Decoded(_read(data, name), name, by)


def _enough(name: str, by: By, words: bytes) -> float:
    """How plausible a reading must be that no other is tried: few words say nothing against a declaration."""
    if by == "detected":
        return _SURE if len(words) > _FEW else 2.0
    return _CREDIBLE if len(words) > _FEW or name in _LATIN_ONLY else 0.0


def _candidates(data: bytes, words: bytes, header: str | None) -> Iterator[tuple[str, By, float]]:
    """Each encoding once: name, by whom, and how far it is trusted against those that read better."""
    seen = {"utf-16le", "utf-16be"}
    if _mostly_high(words):
        seen |= _LATIN_ONLY
    is_short = len(words) <= _FEW
    for name, by, trust in chain(
        ((name, by, 0.5 if is_short else 0.2) for name, by in _declared(data, header)),
        # by a word or two no detector tells Han from Greek
        ((name, "detected", 0.0 if is_short else 0.1) for name in _detected(words)),
        ((name, "detected", _BY_WORDS.get(name, 0.0) if is_short else 0.0) for name in _FREQUENT),
    ):
        if name not in seen:
            seen.add(name)
            yield name, by, trust


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


def is_unreadable(page: Decoded) -> bool:
    """Whether nobody wrote it as a text: too much has no meaning in any encoding, or none of it is plausible."""
    begin = page.text[:_SAMPLE]
    strange = len(_UNREADABLE.findall(begin))
    if strange > _GARBLED and strange > 0.3 * len(_LETTER.findall(begin)):
        return True
    if page.by == "utf-8":
        return False
    foreign = len(_NOT_ASCII.findall(begin))
    return foreign > max(_GARBLED, 0.3 * len(_LETTER.findall(begin))) and plausibility(begin) < _NONSENSE
