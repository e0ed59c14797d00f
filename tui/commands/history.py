"""`pagelog log` and `pagelog restore`."""

from __future__ import annotations

import click

from tui.commands.options import as_json, link
from tui.records import VersionRecord
from tui.session import Session


@click.command("log")
@link
@as_json
@click.pass_obj
def log_command(session: Session, link: str, as_json: bool) -> int:
    """List the versions of a page, newest first. Days and times are UTC, here and everywhere."""
    from store import history

    output = session.output(as_json=as_json)
    with session.open() as library:
        row = library.find(link)
        for entry in history.log(library, row.id):
            version = entry.version
            output.put(
                VersionRecord(
                    version.number, version.commit, version.when, version.action, entry.title, entry.added_chars,
                    entry.removed_chars, version.subject,
                )
            )  # fmt: skip
    return output.status


@click.command("restore")
@link
@click.argument("version", metavar="VERSION")
@click.option("--body", "part", flag_value="body", help="Only the text; title, tags and notes stay as they are.")
@click.option("--meta", "part", flag_value="meta", help="Only title, tags, notes and the like; the text stays.")
@click.pass_obj
def restore_command(session: Session, link: str, version: str, part: str | None) -> int:
    """Bring an older version back, as a new version: its text, title, tags, note, star and status.

    VERSION is a number as `pagelog log` prints it, the beginning of a commit, or a date (the version current at the end
    of that day).
    """
    from store import history

    output = session.output()
    with session.open() as library:
        row = library.find(link)
        found = history.find_version(library, row.id, version)
        change = history.restore(library, row.id, found, part or "all")  # type: ignore[arg-type]
        if change.commits:
            what = {"body": "The text of version", "meta": "Title, tags, note and status of version"}
            output.note(f"{what.get(part or '', 'All of version')} {found.number} is back, as a new version.")
        else:
            output.note(f"Version {found.number} is what stands already.")
    return output.status
