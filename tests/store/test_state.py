"""Untracked facts: small, typed, and never in the way."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from store.originals import Original, Originals
from store.sameness import NOTHING, Learnt, Region
from store.state import State

PAGE = Original("https://example.org/", "text/html", None, b"<p>" + bytes(range(256)) * 40)


def test_facts_of_a_link_come_and_go(tmp_path: Path) -> None:
    state = State.open(str(tmp_path / "s.sqlite3"))
    state.set_validators("a", '"v"', None, "sha")
    state.fail("a", {"error": "BadStatus", "url": "u", "status": 404}, broken=True)
    state.set_changed("a", True)
    state.hold("a", "sha2", {"error": "BothChanged", "url": "u"})
    state.checked("a", "now")

    assert state.validators("a") == ('"v"', None, "sha")
    assert (state.broken_ids(), state.changed_ids()) == ({"a"}, {"a"})
    assert (state.reason("a") or {})["status"] == 404
    assert (state.held_sha256("a"), state.last_checked("a")) == ("sha2", "now")
    state.end_hold("a", dropped=True)
    assert (state.dropped("a"), state.held_reason("a")) == ({"sha2"}, None)
    state.succeed("a")
    assert (state.broken_ids(), state.reason("a")) == (frozenset(), None)
    state.forget("a")
    assert (state.validators("a"), state.dropped("a")) == (None, frozenset())
    state.close()


def test_what_flickers_is_kept_until_the_link_is_forgotten(tmp_path: Path) -> None:
    learnt = Learnt((Region("key", "Depth: 3", "seen", times=2, still=1),))
    state = State.open(str(tmp_path / "s.sqlite3"))
    state.set_learnt("a", learnt)
    state.set_learnt("b", learnt)
    state.set_learnt("b", NOTHING)

    assert (state.learnt("a"), state.learnt("b"), state.learnt("c")) == (learnt, NOTHING, NOTHING)
    state.forget("a")
    assert state.learnt("a") == NOTHING
    state.close()


def test_a_state_of_an_older_pagelog_keeps_its_facts(tmp_path: Path) -> None:
    path = str(tmp_path / "s.sqlite3")
    state = State.open(path)
    state.checked("a", "now")
    state.close()
    with sqlite3.connect(path) as older:
        for table in ("flickering", "settled", "syncs"):
            older.execute(f"DROP TABLE {table}")
        older.execute("PRAGMA user_version = 2")
    older.close()
    state = State.open(path)
    state.set_learnt("a", Learnt((Region("key", "Depth: 3", "seen"),)))

    assert (state.was_damaged, state.last_checked("a"), len(state.learnt("a").regions)) == (False, "now", 1)
    state.close()


def test_an_action_told_twice_is_one_and_the_newest_comes_first(tmp_path: Path) -> None:
    state = State.open(str(tmp_path / "s.sqlite3"))
    for name in ("one", "two", "one"):
        state.remember_action(name, "tag", "now")

    assert [name for name, _, _ in state.actions()] == ["two", "one"]
    state.close()


def test_a_damaged_state_is_set_aside_and_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite3").write_bytes(b"garbage" * 100)
    state = State.open(str(tmp_path / "s.sqlite3"))
    state.checked("a", "now")

    assert state.was_damaged
    assert state.last_checked("a") == "now"
    assert (tmp_path / "s.sqlite3.damaged-1").read_bytes().startswith(b"garbage")
    state.close()


def test_an_original_comes_back_byte_for_byte(tmp_path: Path) -> None:
    originals = Originals(tmp_path, 10**6)
    originals.keep("a", "sha", PAGE)
    originals.keep_held("a", "sha2", PAGE)

    assert originals.get("a") == (PAGE, "sha")
    originals.promote_held("a")
    assert (originals.get("a") or ("", ""))[1] == "sha2"
    originals.drop("a")
    assert originals.get("a") is None


def test_what_a_killed_command_left_of_an_original_goes(tmp_path: Path) -> None:
    left, at_work = tmp_path / ".pagelog-0123456789ab", tmp_path / ".pagelog-ba9876543210"
    for path in (left, at_work):
        path.write_bytes(b"half of it")
    os.utime(left, (1e9, 1e9))

    Originals(tmp_path, 10**6).keep("a", "sha", PAGE)

    assert sorted(path.name for path in tmp_path.iterdir()) == [at_work.name, "a"]


def test_the_oldest_originals_go_when_the_budget_is_spent(tmp_path: Path) -> None:
    originals = Originals(tmp_path, 3_000)
    for number in range(10):
        originals.keep(f"{number}", "sha", Original("u", None, None, bytes(range(256)) * 3 + bytes([number]) * 50))

    assert originals.get("0") is None
    assert originals.get("9") is not None


def test_off_keeps_none(tmp_path: Path) -> None:
    Originals(tmp_path / "x", None).keep("a", "sha", PAGE)

    assert not (tmp_path / "x").exists()
