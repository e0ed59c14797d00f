"""`pagelog edit`."""

from __future__ import annotations

import click

from store import drafting
from store.errors import PagelogError
from tui import external
from tui.commands.options import link
from tui.output import Output, Status
from tui.session import Session


@click.command("edit")
@link
@click.option("--title", metavar="TEXT", help="Your own title; the page's is kept beside it.")
@click.option("--url", metavar="URL", help="Another address for the same link; its file and history stay.")
@click.option("--note", metavar="TEXT", help='Your own words; "" removes them.')
@click.option("--status", type=click.Choice(["unread", "read", "archived"]))
@click.option("--star/--no-star", "starred", default=None, help="Star it, or take the star away.")
@click.pass_obj
def edit_command(
    session: Session,
    link: str,
    title: str | None,
    url: str | None,
    note: str | None,
    status: str | None,
    starred: bool | None,
) -> int:
    """Change a link; without options, its whole document in $EDITOR."""
    output = session.output()
    with session.open() as library:
        row = library.find(link)
        if (title, url, note, status, starred) == (None,) * 5:
            return _in_editor(session, output, row.id)
        change = library.edit(row.id, title=title, url=url, note=note, status=status, starred=starred)
        output.note("Changed." if change.commits else "Nothing to change.")
    return output.status


def _in_editor(session: Session, output: Output, id_: str) -> int:
    with session.open() as library:
        draft = drafting.begin(library, id_)
        try:
            data, path = external.edit(draft.text.encode(), f"{id_}.md", session.config.environment)
        except external.NoProgram:
            output.note("pagelog: no editor could be started; nothing was changed.")
            output.note("  Name one that is there: EDITOR=nano pagelog edit ...")
            return Status.SOME_FAILED
        except external.EditorFailed as failed:
            output.note("pagelog: the editor ended with an error; nothing was changed.")
            if failed.kept is not None:
                output.note(f"  Your text is kept in {failed.kept}.")
            return Status.SOME_FAILED
        try:
            change = drafting.finish(library, draft, data)
        except PagelogError as error:
            output.failed(error)
            output.note(f"  Your text is kept in {path}.")
            return output.status
        external.forget(path)
        output.note("Changed." if change.commits else "Nothing to change.")
        if change.joined:
            output.note(
                "The document had changed meanwhile: both changes were joined. Where they touched one place, yours"
            )
            output.note(f"stands; the other is in its history: pagelog log {id_}")
    return output.status
