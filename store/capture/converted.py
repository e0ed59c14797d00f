"""What a conversion gives, and what it may cost: values that travel between processes. Cheap to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConvertSettings:
    """Limits of one conversion: seconds, bytes of memory, characters of Markdown."""

    seconds: float = 15.0
    memory: int = 1 << 30
    output_limit: int = 8 << 20


@dataclass(frozen=True, slots=True)
class Converted:
    """An article: its Markdown body (LF, one newline at the end) and what the page says of it, cleaned and bounded.

    Absent is None, nothing is made up. `charset_by` says how the encoding was decided, `type` what the page is.
    """

    markdown: str
    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    lang: str | None = None
    description: str | None = None
    charset: str | None = None
    charset_by: str | None = None
    type: str | None = None
