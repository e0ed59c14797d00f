"""Front matter in our own fixed form: read fast, by one pattern.

The reader never guesses: what is not surely our form is None, and `store.frontmatter.foreign` reads it.
It takes keys it does not know when they look like ours, so a key of a later pagelog costs no speed.
"""

from __future__ import annotations

import re
from functools import cache

from store.frontmatter.form import ALWAYS, CAPTURE_KEYS, KEYS, NEVER_RAW, SHORT_ESCAPES, Front
from store.link import STATUSES, Capture, Unknown

_INSIDE = r'[^"\\\n]*+(?:\\.[^"\\\n]*+)*+'
_TEXT = f'"{_INSIDE}"'
_LIST = rf"\[(?:{_TEXT}(?:, {_TEXT})*+)?+\]"
_NUMBER = "(?:0|[1-9][0-9]{0,8})"
_KEPT = rf"((?:#[^\n]*+\n|(?!(?:{'|'.join(KEYS)}):)\w[\w-]*+: [^\n]*+\n)*+)"
_VALUES = {
    "tags": f"({_LIST})",
    "starred": "(true)",
    "capture": r"(\{[^\n]*+)",
    "status": f'"({"|".join(STATUSES)})"',
}
_ESCAPE = re.compile(r"\\(?:u(?!D[89A-F])([0-9A-F]{4})|U(00(?:0[1-9A-F]|10)[0-9A-F]{4})|(.))")
_NEVER_RAW = re.compile(f"[{NEVER_RAW}]")
_MEANINGS = {escape[1]: character for character, escape in SHORT_ESCAPES.items()}
_ONE_TEXT = re.compile(_TEXT)
_UNKNOWN_LINE = re.compile(rf"(\w[\w-]*): ({_TEXT}|{_LIST}|\w[\w.-]*)")


def _pair(key: str, value: str) -> str:
    return rf"(?:(?:(?<=\{{)|, ){key}: ({value}))?+"


_OTHERS = rf"((?:(?:(?<=\{{)|, )(?!(?:{'|'.join(CAPTURE_KEYS)}):)[A-Za-z_][A-Za-z0-9_-]*+: (?:{_TEXT}|{_NUMBER}))*+)"
_CAPTURE = re.compile(
    r"\{" + _pair("status", _NUMBER) + "".join(_pair(key, _TEXT) for key in CAPTURE_KEYS[1:]) + _OTHERS + r"\}"
)
_OTHER = re.compile(rf"([A-Za-z0-9_-]+): ({_TEXT}|{_NUMBER})")


@cache
def _form() -> re.Pattern[str]:
    """The whole form as one pattern, compiled when first needed (8 ms). Groups: kept lines, a value, kept lines, ..."""
    lines = [_KEPT]
    for key in KEYS:
        value = _VALUES.get(key, f'"({_INSIDE})"')
        line = f"{key}: {value}\n"
        lines += [line if key in ALWAYS else f"(?:{line})?+", _KEPT]
    return re.compile("".join(lines))


def read(front: str) -> Front | None:
    """The lines between the two `---` if they are surely in our form, else None."""
    found = _form().fullmatch(front)
    if found is None or not _may_be_raw(front):
        return None
    groups = found.groups()
    values = {key: value for key, value in zip(KEYS, groups[1::2], strict=True) if value is not None}
    try:
        return Front(
            tags=tuple(map(_unquote, _ONE_TEXT.findall(values.pop("tags")))),
            starred=values.pop("starred", None) is not None,
            capture=_read_capture(values.pop("capture", None)),
            texts={key: _unescaped(value) for key, value in values.items()} if "\\" in front else values,
            unknown=_read_kept(groups[0::2]) if any(groups[0::2]) else (),
        )
    except _NotOurForm:
        return None


class _NotOurForm(Exception):
    """It looked like our form and is not: the other reader's turn."""


def _may_be_raw(front: str) -> bool:
    on_one_line = front.replace("\n", "")
    return on_one_line.isprintable() or _NEVER_RAW.search(on_one_line) is None  # isprintable is quick, and stricter


def _unquote(quoted: str) -> str:
    return _unescaped(quoted[1:-1])


def _unescaped(inside: str) -> str:
    return _ESCAPE.sub(_meaning, inside) if "\\" in inside else inside


def _meaning(found: re.Match[str]) -> str:
    number = found[1] or found[2]
    if number:
        return chr(int(number, 16))
    if found[3] not in _MEANINGS:
        raise _NotOurForm
    return _MEANINGS[found[3]]


def _read_capture(value: str | None) -> Capture | None:
    if value is None:
        return None
    found = _CAPTURE.fullmatch(value)
    if found is None:
        raise _NotOurForm
    groups = found.groups()
    type_, charset, extractor, sha256 = (text if text is None else _unquote(text) for text in groups[1:5])
    status = None if groups[0] is None else int(groups[0])
    return Capture(status, type_, charset, extractor, sha256, _read_others(groups[5]))


def _read_others(text: str) -> tuple[tuple[str, str], ...]:
    if not text:
        return ()
    others = tuple(_OTHER.findall(text))
    if len(dict(others)) < len(others):
        raise _NotOurForm
    for _, value in others:
        _unquote(value)
    return others


def _read_kept(blocks: tuple[str, ...]) -> tuple[Unknown, ...]:
    kept = tuple(
        _unknown(line, anchor)
        for anchor, block in zip(("", *KEYS), blocks, strict=True)
        for line in block.splitlines(keepends=True)
    )
    keys = [unknown.key for unknown in kept if unknown.key]
    if len(set(keys)) < len(keys):
        raise _NotOurForm
    return kept


def _unknown(line: str, after: str) -> Unknown:
    if line.startswith("#"):
        return Unknown("", line, after)
    found = _UNKNOWN_LINE.fullmatch(line[:-1])
    if found is None:
        raise _NotOurForm
    for quoted in _ONE_TEXT.findall(found[2]):
        _unquote(quoted)
    return Unknown(found[1], line, after)
