"""What the sidebar lists."""

from __future__ import annotations

from store.finding.query import Field, parse
from tui.navigation import Navigation, name_of, tag_query

TAGS = [("city", 5), ("city/archive", 2), ("city/archive/old", 1), ("cityscape", 1), ("政策", 3)]


def names(navigation: Navigation) -> list[str]:
    return [entry.name for entry in navigation.entries if entry.kind == "tag"]


def test_rare_views_are_listed_only_while_there_is_something_in_them():
    navigation = Navigation()
    navigation.show({"is:archived": 2}, [])

    listed = [entry.name for entry in navigation.entries]
    assert "Archived" in listed
    assert "Damaged" not in listed
    assert "Held" in listed


def test_folding_a_tag_hides_all_that_is_below_it_and_nothing_else():
    navigation = Navigation()
    navigation.show({}, TAGS)
    city = next(entry for entry in navigation.entries if entry.name == "city")

    navigation.fold(city)

    assert names(navigation) == ["city", "cityscape", "政策"]


def test_what_was_folded_stays_so_when_counts_change():
    navigation = Navigation()
    navigation.show({}, TAGS)
    navigation.fold(next(entry for entry in navigation.entries if entry.name == "city"), folded=True)

    navigation.show({}, [("city", 6), *TAGS[1:]])

    assert names(navigation) == ["city", "cityscape", "政策"]


def test_a_tag_without_others_below_does_not_fold():
    navigation = Navigation()
    navigation.show({}, TAGS)

    assert not navigation.fold(next(entry for entry in navigation.entries if entry.name == "政策"))


def test_the_query_of_any_tag_finds_it():
    assert parse(tag_query("policy/能源")) == Field("tag", "policy/能源")
    assert parse(tag_query("a(b)")) == Field("tag", "a(b)")


def test_a_view_is_called_by_its_name():
    assert (name_of(""), name_of("is:trashed"), name_of("tag:sea")) == ("All links", "Trash", "#sea")
