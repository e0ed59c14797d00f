"""`pagelog check`."""

from __future__ import annotations

import click

from tui.commands.options import as_json
from tui.findings import MEANINGS
from tui.output import Status, Styled
from tui.records import ObjectRecord
from tui.session import Session

_STYLES = {"error": "bad", "warning": "warning", "note": "dim"}


@click.command("check")
@as_json
@click.pass_obj
def check_command(session: Session, as_json: bool) -> int:
    """Say whether everything in the library is sound. Reads only, changes nothing."""
    from store import checking

    output = session.output(as_json=as_json)
    library = session.open_if_there()
    if library is None:
        return output.status
    with library:
        for finding in checking.findings(library):
            message = MEANINGS[finding.name]
            if finding.detail:
                message = f"{message} ({finding.detail})"
            output.put(
                ObjectRecord(
                    {
                        "severity": finding.severity,
                        "name": finding.name,
                        "path": finding.path or None,
                        "message": message,
                        "repairable": finding.repairable,
                    },
                    (
                        Styled(f"{finding.severity:8}", _STYLES[finding.severity]),
                        Styled(f" {finding.path}  " if finding.path else " "),
                        Styled(message + "\n"),
                    ),
                )
            )
            output.status = Status.SOME_FAILED
        if output.status == Status.DONE:
            output.note("Everything is sound.")
    return output.status
