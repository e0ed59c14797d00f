"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from store.errors import BadTag
from store.tags import parse_tags

Command = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
dry_run = click.option("--dry-run", is_flag=True, help="Only show what would be done.")
jobs = click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Pages to fetch at once.")
allow_private = click.option(
    "--allow-private", is_flag=True, help="Let the typed address be a private one; no redirect beyond its host."
)
link = click.argument("link", metavar="LINK")
WITH_QUERY = {"ignore_unknown_options": True}  # `-word` is part of a query, not an option


def check_query(words: tuple[str, ...]) -> None:
    """`--word` was meant as an option. Raises UsageError."""
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)


def tags_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of several options or arguments; `a,b` is two. Raises BadTag."""
    found: dict[str, None] = {}
    for word in words:
        tags = parse_tags(word)
        if not tags:
            raise BadTag(word, "empty")
        found.update(dict.fromkeys(tags))
    return tuple(found)
