"""What a conversion gives, and what it may cost: values that travel between processes. Cheap to import."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class ConvertSettings:
    """Limits of one conversion: seconds, bytes of memory, characters of Markdown."""

    seconds: float = 15.0
    memory: int = 1 << 30
    output_limit: int = 8 << 20


class Wall(StrEnum):
    """What stands where the page should be."""

    GONE = "gone"  # a soft 404
    TROUBLE = "trouble"  # the site's own error, told with status 200
    LOGIN = "login"
    ROBOT = "robot"  # a captcha, a challenge, asked too often
    COOKIES = "cookies"
    PAYWALL = "paywall"
    PARKED = "parked"
    SCRIPT = "script"  # nothing without JavaScript
    HOME = "home"  # the site's front page
    REFUSED = "refused"  # a region, an age, an ad blocker, a browser


class Strength(IntEnum):
    """How much a sign says."""

    HINT = 1  # good pages have it too: counts only where the text was lost as well
    DOUBTFUL = 2
    CLEAR = 3  # no page at all


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign that this is not the page. `name`: where it was seen."""

    wall: Wall
    strength: Strength
    name: str


@dataclass(frozen=True, slots=True)
class Converted:
    """An article: its Markdown body (LF, one newline at the end) and what the page says of it, cleaned and bounded.

    Absent is None, nothing is made up. `charset_by` says how the encoding was decided, `type` what the page is.
    `signs`: what on the page says that it is none. `wavering`: short texts that are in the body, or not, by a hair.
    """

    markdown: str
    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    lang: str | None = None
    description: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    publisher: str | None = None
    issued: str | None = None
    subject: str | None = None
    charset: str | None = None
    charset_by: str | None = None
    type: str | None = None
    signs: tuple[Sign, ...] = ()
    wavering: tuple[str, ...] = ()


def received(answer: dict[str, Any]) -> Converted:
    """What `dataclasses.asdict` made of a Converted, back from JSON. Raises TypeError, ValueError, KeyError."""
    signs = tuple(Sign(Wall(each["wall"]), Strength(each["strength"]), each["name"]) for each in answer["signs"])
    return Converted(**{**answer, "signs": signs, "wavering": tuple(answer["wavering"])})
