"""`pagelog refresh`."""

from __future__ import annotations

import click

from tui.commands.options import WITH_QUERY, allow_private, as_json, check_query, jobs
from tui.session import Session, matching, meant, no_match

_DROPPED = (
    "the held capture is dropped, your text stays. While the page gives that same text, a refresh says unchanged."
    " To hold it again: pagelog undo"
)


@click.command("refresh", context_settings=WITH_QUERY)
@click.argument("words", nargs=-1, metavar="[QUERY|LINK]...")
@click.option(
    "--all", "everything", is_flag=True, help="Every link that is not in the trash; edits by hand are committed first."
)
@click.option("--force", is_flag=True, help="Ask for the whole page, and take it though it looks like none.")
@click.option("--accept", is_flag=True, help="Take the held capture of this link; nothing is fetched.")
@click.option("--drop", is_flag=True, help="Let the held capture of this link go; nothing is fetched.")
@jobs
@allow_private
@as_json
@click.pass_obj
def refresh_command(
    session: Session,
    words: tuple[str, ...],
    everything: bool,
    force: bool,
    accept: bool,
    drop: bool,
    jobs: int | None,
    allow_private: bool,
    as_json: bool,
) -> int:
    """Capture kept pages again.

    A page that changed becomes a new version, one that did not makes no commit. A good copy is never replaced by an
    error page, and your own edits never by a capture: where the page changed too, both changes are joined, and only
    where both changed the same words the capture is held for you to decide. A text that you restored stays until the
    page changes again.
    """
    check_query(words)
    if not words and not everything:
        raise click.UsageError("Name links, give a query, or say --all.")
    if accept and drop:
        raise click.UsageError("--accept and --drop at once.")
    if (accept or drop) and everything:
        raise click.UsageError("--accept and --drop want the link named: each is a decision of its own.")
    if accept or drop:
        return _settle(session, words, accept=accept, as_json=as_json)
    from store import save
    from tui.commands.capturing import print_results

    output = session.output(as_json=as_json)
    library = session.open_if_there()
    if library is None:
        return output.status
    with library:
        if everything:
            library.adopt_edits()
            library.commit_queued()
        rows = list(matching(library, words)) if everything else meant(library, words)
        ids = [row.id for row in rows]
        if not ids:
            output.note("No links yet." if everything else no_match(words))
            return output.status
        settings = session.capture_settings(jobs)
        return print_results(
            output,
            len(ids),
            "not refreshed",
            lambda report, given_up: save.refresh(
                library,
                ids,
                settings,
                force=force,
                allow_private=allow_private,
                report=report,
                cancelled=given_up,
            ),
        )


def _settle(session: Session, words: tuple[str, ...], *, accept: bool, as_json: bool) -> int:
    from store.keeping import holding
    from tui.commands.capturing import print_result

    output = session.output(as_json=as_json)
    with session.open() as library:
        for word in words:
            row = library.find(word)
            print_result(output, holding.accept(library, row.id) if accept else holding.drop(library, row.id))
            if not accept and not as_json:
                output.note(f"{row.id}: {_DROPPED}")
    return output.status
