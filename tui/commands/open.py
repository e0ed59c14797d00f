"""`pagelog open`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from store.address import normalise
from tui import external
from tui.commands.options import link
from tui.output import Status, Styled
from tui.session import Session


@click.command("open")
@link
@click.option("--original", is_flag=True, help="The copy of the page as it came, made safe: no scripts, no frames.")
@click.pass_obj
def open_command(session: Session, link: str, original: bool) -> int:
    """Open a page in the browser."""
    output = session.output()
    with session.open() as library:
        row = library.find(link)
        address = normalise(row.url)  # what a pulled file says is no command line and no local file
        if original:
            from store.capture.sanitise import safe_page

            kept = library.original(row.id)
            address = _private_file(safe_page(kept.body, kept.charset, kept.url), row.id).as_uri()
        library.opened(row.id)
    try:
        external.browse(address, session.config.environment)
    except external.NoProgram:
        output.note("pagelog: no graphical browser was found; here is the address:")
        output.text(Styled(address + "\n"))
        return Status.SOME_FAILED
    return output.status


def _private_file(page: bytes, id_: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pagelog-original-"))
    path = folder / f"{id_}.html"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(page)
    return path
