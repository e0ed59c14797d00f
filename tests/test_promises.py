"""docs/trust.md: each of its promises names the tests behind it, and all of those exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
TEXT = (TOP / "docs/trust.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_a_promise_names_is_there() -> None:
    named = NAMED.findall(TEXT)
    there = {path: functions_of(TOP / path) for path, _ in named}

    assert named
    assert [f"{path}::{name}" for path, name in named if name not in there[path]] == []


def test_there_are_twelve_promises_and_none_stands_alone() -> None:
    promises = re.split(r"^\d+\. ", TEXT, flags=re.M)[1:]

    assert len(promises) == 12
    assert all(len(NAMED.findall(promise)) >= 2 for promise in promises)


def functions_of(path: Path) -> set[str]:
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
