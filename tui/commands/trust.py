"""`pagelog trust`."""

from __future__ import annotations

import click

from store.text import one_line
from tui.output import Styled
from tui.session import Session

_LONGEST = 500  # characters of what one of them says


@click.command("trust")
@click.pass_obj
def trust_command(session: Session) -> int:
    """Let a library be used that was not made on this machine.

    Shows what stands in its git folder that git would obey (settings, hooks, filters), and remembers that you trust
    it: on this machine, for this folder, for good. Records that were set aside when it was new here are brought back.
    """
    from store.admission import opening
    from store.admission.trust import orders_of

    output = session.output()
    places = opening.find(session.path)
    orders = orders_of(places)
    for order in orders:
        output.text(Styled(f"{order.kind:8}", "warning"), Styled(f"  {one_line(order.text, _LONGEST)}\n"))
    back_from = session.trust().give(places)
    obeyed = "git obeys the above." if orders else "It holds nothing that git would obey."
    output.note(f"{one_line(places.top)} is trusted from now on. {obeyed}")
    if back_from:
        output.note("The records that had been set aside (queue, undo) are back.")
    return output.status
