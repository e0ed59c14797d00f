"""`pagelog reextract`."""

from __future__ import annotations

import click

from tui.commands.options import WITH_QUERY, as_json, check_query
from tui.session import Session, matching, meant, no_match


@click.command("reextract", context_settings=WITH_QUERY)
@click.argument("words", nargs=-1, metavar="[QUERY|LINK]...")
@click.option("--all", "everything", is_flag=True, help="Every link that is not in the trash.")
@as_json
@click.pass_obj
def reextract_command(session: Session, words: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """Make the texts of kept pages anew from their kept bytes, as today's pagelog reads a page.

    Nothing is fetched, and no link becomes *changed*. A new pagelog does not do this by itself: at a refresh what only
    the program changed makes no version. `explain LINK` shows beforehand how a page is read now.
    """
    check_query(words)
    if not words and not everything:
        raise click.UsageError("Name links, give a query, or say --all.")
    from store.keeping.reextracting import reextract
    from tui.commands.capturing import print_results

    output = session.output(as_json=as_json)
    library = session.open_if_there()
    if library is None:
        return output.status
    with library:
        rows = list(matching(library, words)) if everything else meant(library, words)
        ids = [row.id for row in rows if not row.pending]
        if not ids:
            output.note("No links yet." if everything else no_match(words))
            return output.status
        settings = session.capture_settings()
        return print_results(
            output,
            len(ids),
            "not read anew",
            lambda report, given_up: reextract(library, ids, settings, report=report, cancelled=given_up),
        )
