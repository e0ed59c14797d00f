"""What of a link is searched, as two lines, and what to look for in them: one plain test, `needle in line` (pure).

The words are title, tags, note and URL, folded, runs of blanks as one, with END between them. Every word of Latin and
the like shows where it begins: by a capital, which folded text has none of, a first digit by the control character 32
below it, any other by MARK before it. Chinese, kana and Hangul stand as they are. A needle is made in the same way:
one that begins with a Latin letter is found at the beginning of a word only, any other everywhere.

The fields are what is compared as a whole: the days; each tag between MARK and `/`, so that it is found with all below
it; the host between `.` and HOST_END, so that it is found with all below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from store import tags as tags_of
from store.text import fold

MARK = "\x01"
END = "\x1f"
HOST_END = "\x1e"
_DAY = 10  # characters
ADDED, CAPTURED = slice(0, _DAY), slice(_DAY, 2 * _DAY)
"""Where in the fields stands the day on which a link was added, and captured."""
UNSPACED = (
    "\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters of scripts without blanks between words, as they stand in a class of a pattern."""

_LETTERS = f"[^\\W{UNSPACED}]"  # of Latin and the like
_FIRST = {character: chr(ord(character) - 32) for character in "abcdefghijklmnopqrstuvwxyz0123456789"}
_PLAIN = {ord(first): character for character, first in _FIRST.items()} | {ord(MARK): ""}
_CONTROLS = dict.fromkeys(range(32), "\x02")  # in a page's own text they mean nothing


def plain(text: str) -> str:
    """`text` as it is searched: folded, runs of blanks as one, none around it."""
    return " ".join(fold(text).split())


def words(title: str, tags: Sequence[str], note: str | None, url: str) -> str:
    """The line in which `of_word` and `of_part` are looked for; no newline in it."""
    return END.join(map(_begun, (title, " ".join(tags), note or "", url)))


def of_word(text: str) -> str:
    """What the words of every link with this word or phrase hold; a phrase may go on there, see `ending`."""
    return _begun(text)


def ending(text: str) -> re.Pattern[str] | None:
    """What finds a phrase in a line where it ends as it must, at the end of a Latin word; None: it ends anywhere."""
    last = plain(text)[-1:]
    if not last.isalnum() or not _word().match(last):
        return None
    return re.compile(f"{re.escape(_begun(text))}(?!{_LETTERS})")


def of_part(text: str) -> tuple[str, ...]:
    """One of these a title or URL in the words holds where it has this text in it, wherever that begins.

    As it stands within a word and, where that is another, at the beginning of one: they differ in the first character.
    """
    inside, begun = _inert(plain(text)), _begun(text).removeprefix(MARK)
    inside = inside[:1] + begun[1:]
    return (inside,) if begun == inside else (inside, begun)


def fields(tags: Sequence[str], host: str, added: str, captured: str | None) -> str:
    """The line in which `of_tag` and `of_site` are looked for; no newline in it.

    The two days come first, at places of their own (ADDED, CAPTURED); what else there is of the times comes last.
    """
    times = [_inert(time or "") for time in (added, captured)]
    days = "".join((time[:_DAY] if time.isascii() else "").ljust(_DAY) for time in times)
    keys = "".join(f"{MARK}{_inert(tags_of.sought(tag))}/" for tag in tags)
    return f"{days}{keys}{END}.{_inert(host)}{HOST_END}{times[0][_DAY:]}{END}{times[1][_DAY:]}"


def title_in(line: str) -> str:
    """The title in the words, folded."""
    return line.partition(END)[0].translate(_PLAIN)


def host_in(line: str) -> str:
    """The host in the fields."""
    return line.partition(END)[2].partition(HOST_END)[0]


def added_in(line: str) -> str:
    """When the link was added, in the fields."""
    return line[ADDED] + line.rpartition(HOST_END)[2].partition(END)[0]


def captured_in(line: str) -> str:
    """When its page was captured, in the fields; blank: never."""
    return line[CAPTURED] + line.rpartition(END)[2]


def of_tag(wanted: str) -> str | None:
    """What the fields of every link with this tag, or one below it, hold; None: no tag can be it."""
    sought = tags_of.sought(wanted)
    return f"{MARK}{_inert(sought)}/" if sought else None


def of_site(host: str) -> str:
    """What the fields of every link on this host, or one below it, hold."""
    return f".{_inert(host)}{HOST_END}"


def octets(text: str) -> str:
    """UTF-8 as a text with a character for each byte: Chinese among Latin takes half as much memory so."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def from_octets(text: str) -> str:
    """The text that they are."""
    return text.encode("latin-1").decode("utf-8")


def _begun(text: str) -> str:
    """Folded, every Latin word with its beginning shown."""
    searched = _inert(plain(text))
    return (_ascii_word() if searched.isascii() else _word()).sub(_beginning, searched)


@cache
def _word() -> re.Pattern[str]:
    """Compiled when first needed: `list` needs none."""
    return re.compile(f"{_LETTERS}+")


@cache
def _ascii_word() -> re.Pattern[str]:
    return re.compile(r"\w+", re.ASCII)


def _beginning(found: re.Match[str]) -> str:
    word = found[0]
    return _FIRST.get(word[0], MARK + word[0]) + word[1:]


def _inert(text: str) -> str:
    return text if text.isprintable() else text.translate(_CONTROLS)
