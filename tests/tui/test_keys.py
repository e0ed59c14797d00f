"""The table of keys: everything in it works, nothing stands there twice, and no other file names a key of its own."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tui import keys
from tui.screens.activity import ActionScreen, ActivityScreen
from tui.screens.dialog import Dialog
from tui.screens.history import HistoryScreen
from tui.screens.jobs import JobScreen, JobsScreen
from tui.screens.library import LibraryScreen
from tui.screens.sync_dialogs import SyncScreen
from tui.widgets.diff_view import DiffView
from tui.widgets.link_list import LinkList
from tui.widgets.reader import Reader
from tui.widgets.sidebar import Sidebar

HOMES: dict[keys.Place, type] = {
    "everywhere": LibraryScreen,
    "links": LibraryScreen,
    "list": LinkList,
    "sidebar": Sidebar,
    "reader": Reader,
    "history": HistoryScreen,
    "activity": ActivityScreen,
    "action": ActionScreen,
    "dialog": Dialog,
    "sync": SyncScreen,
    "jobs": JobsScreen,
    "job": JobScreen,
}
TOGETHER: list[tuple[keys.Place, ...]] = [
    ("everywhere", "links", "list"),
    ("everywhere", "sidebar"),
    ("everywhere", "links", "reader"),
    ("dialog", "sync"),
    ("action",),
    ("jobs",),
    ("job",),
    ("history",),
]


@pytest.mark.parametrize("key", keys.TABLE, ids=lambda key: key.id)
def test_behind_every_key_stands_an_action(key):
    method = "action_" + re.sub(r"\(.*", "", key.action)

    assert callable(getattr(HOMES[key.place], method, None))


@pytest.mark.parametrize("places", TOGETHER, ids="+".join)
def test_no_key_means_two_things_where_it_works(places):
    counts = Counter(name for key in keys.of(*places) for name in key.keys)

    assert [name for name, count in counts.items() if count > 1] == []


def test_in_the_navigation_a_key_of_its_own_stands_before_that_of_links():
    assert keys.covered("sidebar") == {"refresh", "archive", "trash"}
    assert keys.covered("reader") == keys.covered("list") == set()


def test_every_action_has_one_name():
    counts = Counter(key.id for key in keys.TABLE)

    assert [name for name, count in counts.items() if count > 1] == []


def test_every_place_is_somebody_s():
    assert {key.place for key in keys.TABLE} == set(keys.PLACES) == set(HOMES)


def test_keys_arrive_with_a_chinese_input_method_on():
    bound = {binding.key: binding.action for binding in keys.bindings("everywhere", "list")}
    help_keys = next(key for key, action in bound.items() if action == "help")
    filter_keys = next(key for key, action in bound.items() if action == "filter")

    assert "？" in help_keys
    assert "、" in filter_keys


def test_the_footer_shows_the_way_back_away_from_home():
    assert [key.action for key in keys.footer("everywhere", home=True)] == ["undo", "sync", "help", "add", "leave"]
    assert "back" in [key.action for key in keys.footer("everywhere", home=False)]


def test_a_comparison_moves_like_a_text():
    actions = {binding.action for binding in DiffView.BINDINGS}

    assert {"move(1)", "page(1)", "change(1)", "sides", "unfold"} <= actions
