"""`pagelog list`."""

from __future__ import annotations

import click

from tui.commands.options import WITH_QUERY, as_json, check_query
from tui.records import LinkRecord
from tui.session import Session, matching


@click.command("list", context_settings=WITH_QUERY)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option("--sort", type=click.Choice(["added", "captured", "title", "host"]), default="added", show_default=True)
@click.option("--limit", type=click.IntRange(0, 10**9), metavar="N", help="At most so many.")
@as_json
@click.pass_obj
def list_command(session: Session, words: tuple[str, ...], sort: str, limit: int | None, as_json: bool) -> int:
    """List links, newest first.

    A query has words and "phrases", tag:name, site:host, title:text, url:text, is:unread (read, archived, starred,
    broken, pending, held, changed, untagged, trashed, damaged), added:>2026-01-01, changed:<7d; -word excludes, `or`
    and ( ) combine. Links in the trash show under is:trashed only.
    """
    check_query(words)
    output = session.output(as_json=as_json)
    library = session.open_if_there()
    if library is None:
        if output.look.columns is not None:
            output.note("No links yet. Begin with: pagelog add https://example.org")
        return output.status
    with library:
        found = False
        for row in matching(library, words, sort=sort, limit=limit):  # type: ignore[arg-type]
            found = True
            output.put(LinkRecord(row))
        if not found and output.look.columns is not None:
            output.note("No link matches." if words else "No links yet. Begin with: pagelog add https://example.org")
    return output.status
