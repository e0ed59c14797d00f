"""The records that came with an unknown library: set aside, and brought back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.errors import Untrusted
from store.state import State
from strangers import ORDERS, admit, configure, give, queue_of, queued, with_records


def test_the_records_of_an_unknown_library_are_set_aside_unread(strange: Path, data: Path) -> None:
    own = with_records(strange, "https://example.org/")
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    trust = admit(strange, data)

    aside = Path(trust.set_aside)
    assert aside == strange / ".git" / "pagelog.untrusted-1"
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == before
    assert [path.name for path in own.iterdir()] == ["mark"]
    assert admit(strange, data).set_aside == ""


def test_records_that_lead_elsewhere_are_set_aside_too(strange: Path, data: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (strange / ".git" / "pagelog").symlink_to(victim)
    admit(strange, data)

    assert list(victim.iterdir()) == []
    assert (strange / ".git" / "pagelog").is_dir()


def test_trust_brings_records_back_and_loses_nothing_that_was_queued_since(strange: Path, data: Path) -> None:
    with_records(strange, "https://example.org/old")
    aside = admit(strange, data).set_aside
    state = State.open(str(strange / ".git" / "pagelog" / "state.sqlite3"))
    state.enqueue([queued("https://example.org/new")])
    state.close()

    assert give(strange, data) == aside
    assert queue_of(strange) == ["https://example.org/old", "https://example.org/new"]
    assert (strange / ".git" / "pagelog" / "journal").exists()
    assert give(strange, data) == ""
    assert admit(strange, data).set_aside == ""


def test_two_users_of_one_library_agree_by_trusting_it(strange: Path, data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with_records(strange, "https://example.org/")
    admit(strange, data)
    give(strange, data)
    admit(strange, other)
    give(strange, other)

    assert admit(strange, data).set_aside == ""
    assert admit(strange, other).set_aside == ""
    assert queue_of(strange) == ["https://example.org/"]


def test_what_was_set_aside_is_found_after_the_new_records_were_deleted(strange: Path, data: Path) -> None:
    with_records(strange, "https://example.org/")
    aside = admit(strange, data).set_aside
    shutil.rmtree(strange / ".git" / "pagelog")
    admit(strange, data)

    assert give(strange, data) == aside
    assert queue_of(strange) == ["https://example.org/"]


def test_trust_given_at_once_leaves_the_records_where_they_are(strange: Path, data: Path) -> None:
    configure(strange, ORDERS[0])
    with_records(strange, "https://example.org/")
    give(strange, data)

    assert admit(strange, data).set_aside == ""
    assert queue_of(strange) == ["https://example.org/"]


def test_a_refusal_sets_nothing_aside(strange: Path, data: Path) -> None:
    own = with_records(strange, "https://example.org/")
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(strange, data)
    assert own.exists()
    assert not data.exists()
