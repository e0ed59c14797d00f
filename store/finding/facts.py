"""What a document says of itself that `is:` asks for, in one byte; what only `state` knows is not in it (pure)."""

from __future__ import annotations

from typing import Literal, get_args

DocumentFact = Literal["unread", "read", "archived", "starred", "pending", "damaged", "trashed", "untagged"]
FACTS: tuple[DocumentFact, ...] = get_args(DocumentFact)


def packed(*, status: str, starred: bool, pending: bool, damaged: bool, trashed: bool, tagged: bool) -> int:
    """A byte with a bit for every fact that is true."""
    true = (
        status == "unread", status == "read", status == "archived", starred, pending, damaged, trashed, not tagged,
    )  # fmt: skip
    return sum(1 << bit for bit, is_true in enumerate(true) if is_true)


def holds(fact: DocumentFact, byte: int) -> bool:
    """Is this fact true?"""
    return bool(byte >> FACTS.index(fact) & 1)


def table(fact: DocumentFact) -> bytes:
    """For `bytes.translate`: every packed byte to 1 where the fact is true, else to 0."""
    return bytes(holds(fact, byte) for byte in range(256))
