"""Every error has words, and nothing from outside reaches a terminal raw through them."""

from __future__ import annotations

import pytest

from store.errors import PagelogError, pack, unpack
from tui.findings import MEANINGS
from tui.wording import words

HOSTILE = "\x1b]52;c;ZXZpbA==\x07 a\u202eb [/x] {url} \x9b31m\n"


def leaves(kind: type[PagelogError]) -> list[type[PagelogError]]:
    children = kind.__subclasses__()
    return [leaf for child in children for leaf in leaves(child)] if children else [kind]


def made(kind: type[PagelogError], text: str) -> PagelogError:
    """An error of this kind whose facts are all of their type."""
    types = {
        name: type_ for base in reversed(kind.__mro__) for name, type_ in vars(base).get("__annotations__", {}).items()
    }
    values = {name: 7 if types[name] in ("int", "int | None", "float") else text for name in kind.fact_names}
    return kind(**values)


@pytest.mark.parametrize("kind", leaves(PagelogError), ids=lambda kind: kind.__name__)
def test_every_leaf_of_the_error_tree_has_a_sentence_and_a_hint(kind: type[PagelogError]) -> None:
    said = words(made(kind, "text"))

    assert said.sentence.endswith((".", "?"))
    assert len(said.sentence) > 15


@pytest.mark.parametrize("kind", leaves(PagelogError), ids=lambda kind: kind.__name__)
def test_nothing_from_outside_passes_raw(kind: type[PagelogError]) -> None:
    said = words(made(kind, HOSTILE))

    assert not set(said.sentence + said.hint) & set("\x1b\x07\x9b\u202e\n")


@pytest.mark.parametrize("kind", leaves(PagelogError), ids=lambda kind: kind.__name__)
def test_an_error_travels_packed_and_comes_back_the_same(kind: type[PagelogError]) -> None:
    error = made(kind, "text")

    again = unpack(pack(error))

    assert (type(again), again.facts if again else None) == (kind, error.facts)


def test_what_another_version_packed_is_nothing_to_us() -> None:
    assert unpack({"error": "NeverHeardOf"}) is None
    assert unpack({"error": "BadURL", "nonsense": 1}) is None


def test_every_finding_has_a_meaning() -> None:
    names = {"object-damaged", "document-lost", "index-damaged", "unfinished", "damaged", "twin", "same-url"}

    assert names < set(MEANINGS)
