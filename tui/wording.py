"""What each error says to a person: one sentence and one hint for every leaf of the error tree.

Rules: a sentence says what happened, a hint what to do next; both are whole sentences. Templates stand in
`tui/sentences/`, by the error's name, and where one fact decides the words by `Name:fact`. Every fact comes from
outside, so every one is cleaned before it is put in, here and nowhere else.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from http import HTTPStatus

from store.errors import Fact, PagelogError
from store.text import one_line
from tui.sentences import DECIDING, SENTENCES
from tui.sizes import readable

LONGEST_FACT = 200
_NEXT_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIZES_IN_BYTES = ("declared", "wire", "decoded", "saved", "memory", "output")


@dataclass(frozen=True, slots=True)
class Words:
    """`sentence` ends with a full stop; `hint` too, or is empty where nothing helps."""

    sentence: str
    hint: str


def words(error: PagelogError, config: str = "config.toml") -> Words:
    """The words for an error; `config` is the name of the user's config file, for hints that show a line of it."""
    facts = error.facts
    sentence, hint = _template(error.name, facts)
    spoken = {**_spoken(facts), "config": one_line(config, LONGEST_FACT)}
    return Words(sentence.format_map(spoken), hint.format_map(spoken))


def _template(name: str, facts: dict[str, Fact]) -> tuple[str, str]:
    for fact in DECIDING:
        found = SENTENCES.get(f"{name}:{facts.get(fact)}")
        if found is not None:
            return found
    return SENTENCES[name]


def _spoken(facts: dict[str, Fact]) -> dict[str, str]:
    spoken = {name: _fact(value) for name, value in facts.items()}
    if "port" in facts:
        address = spoken["address"]
        spoken["server"] = f"[{address}]:{spoken['port']}" if ":" in address else f"{address}:{spoken['port']}"
    if facts.get("measure") in _SIZES_IN_BYTES and isinstance(facts.get("limit"), int):
        spoken["limit"] = readable(int(facts["limit"] or 0))
    if "path" in facts:
        spoken["quoted_path"] = shlex.quote(spoken["path"])
    return spoken


def _fact(value: Fact) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return one_line(str(value), LONGEST_FACT)


def brief(error: PagelogError) -> str:
    """An error in two or three words, for a list: its name taken apart, an HTTP status by its own name."""
    status = error.facts.get("status")
    if isinstance(status, int) and error.name != "BrowserWanted":
        known = status in set(HTTPStatus)
        return f"{status} {HTTPStatus(status).phrase.lower()}" if known else str(status)
    return _NEXT_WORD.sub(" ", error.name).lower().replace("tls ", "TLS ").replace(" url", " URL")
