"""`pagelog check`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from store.errors import BadSettings, DamagedRepository
from store.text import one_line
from tui.commands.options import as_json
from tui.findings import BY_HAND, MEANINGS, NO_HISTORY, NO_REMEDY, REMEDIES, REMOVED
from tui.output import Output, Status, Styled
from tui.records import ObjectRecord
from tui.session import Session

if TYPE_CHECKING:
    from store.repo.places import Places
    from store.soundness.checking import Finding

_STYLES = {"error": "bad", "warning": "warning", "note": "dim"}


@click.command("check")
@click.option("--repair", is_flag=True, help="Show what can be put right, then do it; on a terminal ask first.")
@as_json
@click.pass_obj
def check_command(session: Session, repair: bool, as_json: bool) -> int:
    """Say whether everything in the library is sound. Reads only, changes nothing.

    With --repair: nothing is deleted, what is damaged is set aside in .git/pagelog/damaged. Documents are changed by
    commits of their own, which begin with "repair:".
    """
    output = session.output(as_json=as_json)
    found = _findings(session)
    repairable = [finding for finding in found if finding.repairable]
    if repair and repairable:
        if not _agreed(output, repairable):
            output.status = Status.SOME_FAILED
            return output.status
        _repair(session, output)
        left = _findings(session)
        _tell(output, found, left)
        found = left
    else:
        for finding in found:
            output.put(_record(finding))
    if found:
        output.status = Status.SOME_FAILED
        _advise(output, session, found, repair)
    else:
        output.note("Everything is sound.")
    return output.status


def _findings(session: Session) -> list[Finding]:
    """What is wrong, also where the library cannot be opened for it."""
    from store.soundness import checking

    try:
        library = session.open_if_there()
    except (DamagedRepository, BadSettings):
        return list(checking.unopened(session.path, session.trust()))
    if library is None:
        return []
    with library:
        return list(checking.findings(library))


def _repair(session: Session, output: Output) -> None:
    from store.soundness import repairing

    places: Places = repairing.find(session.path, session.trust())
    repairing.mend_git_folder(places)
    with session.open() as library:
        commits = repairing.mend_library(library)
    for commit in commits:
        output.note(f"Repaired by commit {commit[:12]}.")


def _agreed(output: Output, repairable: Sequence[Finding]) -> bool:
    for finding in repairable:
        where = f"{one_line(finding.path)}: " if finding.path else ""
        output.note(f"plan: {where}{MEANINGS[finding.name]}; {REMEDIES[finding.name]}.")
    if sys.stdin.isatty() and sys.stderr.isatty():
        return click.confirm("Do this?", err=True)
    return True


def _tell(output: Output, before: Sequence[Finding], after: Sequence[Finding]) -> None:
    """What was found, each with what became of it, then what was not seen before."""
    left = {_key(finding) for finding in after}
    for finding in before:
        output.put(_record(finding, repaired=_key(finding) not in left))
    known = {_key(finding) for finding in before}
    for finding in after:
        if _key(finding) not in known:
            output.put(_record(finding, repaired=False))


def _advise(output: Output, session: Session, found: Sequence[Finding], repair: bool) -> None:
    if not repair and any(finding.repairable for finding in found):
        output.note("`pagelog check --repair` shows what can be put right, and does it.")
    left = [finding.name for finding in found if finding.severity == "error" and not finding.repairable]
    library = shlex.quote(one_line(str(session.path)))
    if {"commit-lost", "main-lost"} & {*left}:
        output.note(NO_HISTORY.format(library=library))
    by_hand = left.count("damaged")
    if by_hand:
        output.note(BY_HAND.format(count=_counted(by_hand), library=library))
    if any(finding.name == "removed-by-hand" for finding in found):
        output.note(REMOVED.format(library=library))
    if len(left) > by_hand:
        output.note(NO_REMEDY.format(count=_counted(len(left) - by_hand), library=library))


def _counted(count: int) -> str:
    return f"{count} {'finding' if count == 1 else 'findings'}"


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.name, finding.path, finding.detail


def _record(finding: Finding, *, repaired: bool | None = None) -> ObjectRecord:
    message = MEANINGS[finding.name] + (f" ({one_line(finding.detail)})" if finding.detail else "")
    fields: dict[str, object] = {
        "severity": finding.severity,
        "name": finding.name,
        "path": finding.path or None,
        "message": message,
        "repairable": finding.repairable,
    }
    if repaired is not None:
        fields["repaired"] = repaired
    word, style = ("repaired", "added") if repaired else (finding.severity, _STYLES[finding.severity])
    if repaired and finding.severity == "note":
        word = "kept"  # an edit by hand, committed as it is
    pieces = (
        Styled(f"{word:8}", style),
        Styled(f" {finding.path}  " if finding.path else " "),
        Styled(message + "\n"),
    )
    return ObjectRecord(fields, pieces)
