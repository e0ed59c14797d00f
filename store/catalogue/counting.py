"""Numbers of links, as a list's sidebar shows them (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.finding import facts
from store.finding.facts import DocumentFact
from store.tags import key, levels


@dataclass(frozen=True, slots=True)
class Counts:
    """How many links there are, of what kind; all but `trash` without the trash."""

    all: int = 0
    unread: int = 0
    starred: int = 0
    untagged: int = 0
    pending: int = 0
    damaged: int = 0
    trash: int = 0


def counted(numbers: Iterable[tuple[int, int]]) -> Counts:
    """From (packed facts, number of links with just these)."""
    known = list(numbers)
    kept = [(byte, number) for byte, number in known if not facts.holds("trashed", byte)]

    def with_(fact: DocumentFact) -> int:
        return sum(number for byte, number in kept if facts.holds(fact, byte))

    return Counts(
        all=sum(number for _, number in kept),
        unread=with_("unread"),
        starred=with_("starred"),
        untagged=with_("untagged"),
        pending=with_("pending"),
        damaged=with_("damaged"),
        trash=sum(number for _, number in known) - sum(number for _, number in kept),
    )


def tag_tree(lists: Iterable[tuple[Sequence[str], int]]) -> list[tuple[str, int]]:
    """From (tags, number of links with just these): every tag and parent of one, with the links below it, each once.

    In the most frequent spelling, each parent before its children.
    """
    uses: Counter[str] = Counter()
    again: Counter[str] = Counter()
    for tags, number in lists:
        for tag in tags:
            uses[tag] += number
        if len(tags) > 1 and len(set(map(_root, tags))) < len(tags):
            for level, times in Counter(level for tag in tags for level, _ in _levels(tag)).items():
                again[level] += (times - 1) * number
    spellings: dict[str, Counter[str]] = {}
    for tag, number in uses.items():
        for level, spelled in _levels(tag):
            spellings.setdefault(level, Counter())[spelled] += number
    order = sorted(spellings, key=lambda level: level.split("/"))
    return [(spellings[level].most_common(1)[0][0], spellings[level].total() - again[level]) for level in order]


@lru_cache(maxsize=4096)
def _levels(tag: str) -> tuple[tuple[str, str], ...]:
    """The tag and its parents, as key and spelling."""
    names = levels(tag)
    spelled = ["/".join(names[:depth]) for depth in range(1, len(names) + 1)]
    return tuple((key(each), each) for each in spelled)


@lru_cache(maxsize=4096)
def _root(tag: str) -> str:
    return key(next(iter(levels(tag)), ""))
