"""`pagelog show`."""

from __future__ import annotations

import click

from store import frontmatter
from store.errors import DamagedDocument
from store.library import Library
from store.link import Link, Row
from tui.commands.options import as_json, link
from tui.output import Output, Styled
from tui.records import ObjectRecord, document_object
from tui.session import Session


@click.command("show")
@link
@click.option("--at", "version", metavar="VERSION", help="A number of `log`, a commit, or a date.")
@click.option("--held", is_flag=True, help="The capture that waits for your word.")
@click.option("--raw", is_flag=True, help="The whole file, front matter too.")
@as_json
@click.pass_obj
def show_command(session: Session, link: str, version: str | None, held: bool, raw: bool, as_json: bool) -> int:
    """Print what is kept of a page: its Markdown."""
    output = session.output(as_json=as_json)
    with session.open() as library:
        row = library.find(link)
        data = _document(library, row, version, held=held, output=output)
        if raw:
            output.raw(data)
        else:
            _print(output, row, data)
        if version is None and not held:
            _say_why_empty(output, library, row)
            library.opened(row.id)
    return output.status


def _document(library: Library, row: Row, version: str | None, *, held: bool, output: Output) -> bytes:
    if held:
        from store.keeping import holding

        waiting = holding.held(library, row.id)
        if waiting.reason is not None:
            output.complain(waiting.reason)
        return frontmatter.dumps(waiting.link)
    if version is not None:
        from store import history

        return history.raw_at(library, history.find_version(library, row.id, version))
    return library.raw(row.id)


def _print(output: Output, row: Row, data: bytes) -> None:
    link: Link | None = None
    others: dict[str, object] = {}
    try:
        link = frontmatter.loads(data, row.path)
        if output.as_json:
            others = dict(frontmatter.fields_of(data, row.path))
    except DamagedDocument as error:
        output.complain(error)
    body = frontmatter.body_of(data)
    output.put(ObjectRecord(document_object(row, link, others, body), (Styled(body),)))


def _say_why_empty(output: Output, library: Library, row: Row) -> None:
    if row.pending:
        reason = library.reason(row.id)
        if reason is not None:
            output.complain(reason, "not captured yet")
        else:
            output.note(f"Not captured yet. Capture it: pagelog refresh {row.id}")
