"""Steps that wait for threads or for the user, run beside everything else the screen does."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import ParamSpec, cast

from textual.dom import DOMNode

P = ParamSpec("P")
Steps = Callable[P, Coroutine[None, None, None]]


def beside(node: DOMNode, group: str, steps: Steps[P], *values: P.args, **named: P.kwargs) -> None:
    """Begin the steps; others of the group go on."""
    _run(node, group, partial(steps, *values, **named), exclusive=False)


def instead(node: DOMNode, group: str, steps: Steps[P], *values: P.args, **named: P.kwargs) -> None:
    """Begin the steps; others of the group are given up."""
    _run(node, group, partial(steps, *values, **named), exclusive=True)


def _run(node: DOMNode, group: str, steps: Callable[[], Coroutine[None, None, None]], *, exclusive: bool) -> None:
    """A function is handed over and no coroutine: one that is never begun, since the app ends, would complain."""
    node.run_worker(cast("Callable[[], None]", steps), group=group, exclusive=exclusive)
