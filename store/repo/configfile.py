"""Reads a git config file itself, so that nothing in it is obeyed: no include, no command.

Only the plain form that git writes is understood. Any other line (a value that goes on in the next line, a setting
behind a section's header) is no error but a setting without a key, which nobody can take for a harmless one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLANK = r"[ \t\r]*"
_NOTHING = re.compile(rf"{_BLANK}(?:[#;].*)?")
_SECTION = re.compile(
    rf'{_BLANK}\[(?P<name>[0-9A-Za-z.-]+)(?:[ \t]+"(?P<sub>(?:[^"\\]|\\["\\])*)")?\]{_BLANK}(?:[#;].*)?'
)
_SETTING = re.compile(rf"{_BLANK}(?P<name>[A-Za-z][0-9A-Za-z-]*){_BLANK}(?:=(?P<value>.*))?")
_PIECE = re.compile(r'"(?P<quoted>(?:[^"\\]|\\["\\])*)"|(?P<plain>[^"\\#;]+)|(?P<comment>[#;].*)')
_ESCAPE = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Setting:
    """`key` as git names it, section and name in lower case (`remote.Origin.url`); "" for a line of another form.

    `value` is None where none is given, which git takes for true; without a key it is the whole line.
    """

    key: str
    value: str | None


def settings(data: bytes) -> Iterator[Setting]:
    """Every setting of a config file, in order."""
    section = ""
    for line in data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").split("\n"):
        if _NOTHING.fullmatch(line):
            continue
        header = _SECTION.fullmatch(line)
        if header is not None:
            section = _section(header)
            continue
        yield _setting(section, line)


def _section(header: re.Match[str]) -> str:
    sub = header["sub"]
    name = header["name"].lower()
    return name if sub is None else f"{name}.{_unescaped(sub)}"


def _setting(section: str, line: str) -> Setting:
    found = _SETTING.fullmatch(line)
    if found is None or not section:
        return Setting("", line)
    key = f"{section}.{found['name'].lower()}"
    if found["value"] is None:
        return Setting(key, None)
    value = _value(found["value"])
    return Setting("", line) if value is None else Setting(key, value)


def _value(text: str) -> str | None:
    """What stands behind the `=`, without quotes and comment; None when it is of another form.

    A tab within it is of another form: gits differ in whether it stays one or becomes a space.
    """
    text = text.strip(" \t\r")
    if set(text) & set("\0\t\r"):
        return None
    if not set(text) & set('"\\#;'):
        return text
    pieces: list[str] = []
    at = 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None:
            return None
        at = found.end()
        if found["comment"] is not None:
            return "".join(pieces).rstrip(" \t\r")
        pieces.append(found["plain"] if found["quoted"] is None else _unescaped(found["quoted"]))
    return "".join(pieces)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
