"""What renaming, merging and deleting makes of the tags of links: the plan, before anything is done."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store import retagging
from store.errors import BadTag, BelowItself, UnknownTag
from store.retagging import Moved, Plan, Retagging, delete, merge, rename
from store.tags import key, matches, remove

Tags = tuple[str, ...]

LEVELS = st.sampled_from(("policy", "Policy", "energy", "ENERGY", "x", "湿地", "Straße", "STRASSE", "Élan", "élan"))
TAGS = st.lists(LEVELS, min_size=1, max_size=3).map("/".join)
LISTS = st.lists(TAGS, max_size=4, unique_by=key).map(tuple)
LINKS = st.lists(LISTS, max_size=8).map(lambda lists: [(f"{number:012x}", tags) for number, tags in enumerate(lists)])


def planned(wanted: Retagging, *links: str) -> Plan:
    """The plan for links "0", "1", ... with these tags, blanks between."""
    return retagging.plan(wanted, [(str(number), tuple(tags.split())) for number, tags in enumerate(links)])


def became(wanted: Retagging, *links: str) -> dict[str, str]:
    return {id_: " ".join(tags) for id_, tags in planned(wanted, *links).tags.items()}


def test_a_renamed_tag_takes_the_tags_below_it_along_and_nothing_else() -> None:
    wanted = rename("policy", "politics")

    assert became(wanted, "policy", "a policy/x/y b", "policy-old", "x/policy", "") == {
        "0": "politics",
        "1": "a politics/x/y b",
    }


def test_a_tag_is_found_in_every_spelling_and_keeps_that_of_what_is_below_it() -> None:
    assert became(rename("POLICY", "politics"), "policy", "Policy/Énergie") == {
        "0": "politics",
        "1": "politics/Énergie",
    }


def test_a_rename_may_change_the_case_alone() -> None:
    plan = planned(rename("policy", "Policy"), "policy policy/x", "Policy", "POLICY/y")

    assert plan.tags == {"0": ("Policy", "Policy/x"), "2": ("Policy/y",)}
    assert [(moved.tag, moved.becomes, moved.links, moved.both) for moved in plan.moved] == [
        ("policy", "Policy", 1, 0),
        ("policy/x", "Policy/x", 1, 0),
        ("POLICY/y", "Policy/y", 1, 0),
    ]


def test_the_levels_are_counted_in_the_tag_as_it_is_spelled() -> None:
    assert became(rename("strasse", "way"), "Straße/Nord") == {"0": "way/Nord"}


def test_a_tag_that_is_there_already_becomes_one_with_it_and_the_plan_says_on_how_many_links() -> None:
    plan = planned(rename("policy", "politics"), "policy", "a policy b Politics", "politics", "politics", "politics/x")

    assert plan.tags == {"0": ("politics",), "1": ("a", "politics", "b")}
    assert plan.moved == (Moved("policy", "politics", links=2, there=3, both=1),)
    assert (plan.links, plan.joined) == (2, 1)


def test_what_is_below_meets_what_is_below_the_other_one() -> None:
    plan = planned(rename("a", "b"), "a/x b/x", "a", "b/x")

    assert plan.moved == (Moved("a", "b", 1, 0, 0), Moved("a/x", "b/x", 1, 2, 1))


def test_a_tag_may_become_its_parent_and_what_is_below_it_moves_up() -> None:
    assert became(rename("a/b", "a"), "a/b", "a/b/c", "a a/b", "a/d") == {"0": "a", "1": "a/c", "2": "a"}


@pytest.mark.parametrize("below", ["a/b", "A/b", "a/b/c"])
def test_a_tag_cannot_become_one_below_itself(below: str) -> None:
    with pytest.raises(BelowItself):
        rename("a", below)


def test_several_tags_become_one_with_what_is_below_them() -> None:
    plan = planned(merge(["a", "b"], "c"), "a", "b/x a/x", "c b", "d")

    assert plan.tags == {"0": ("c",), "1": ("c/x",), "2": ("c",)}
    assert plan.joined == 2


def test_a_tag_merged_into_one_below_it_leaves_what_is_there_already() -> None:
    wanted = merge(["policy"], "policy/old")

    assert became(wanted, "policy", "policy/x", "policy/old", "policy/old/y", "policy policy/old") == {
        "0": "policy/old",
        "1": "policy/old/x",
        "4": "policy/old",
    }


def test_a_tag_merged_into_its_parent_moves_up() -> None:
    assert became(merge(["a/b"], "a"), "a/b/c", "a/b a") == {"0": "a/c", "1": "a"}


def test_of_two_merged_tags_the_nearest_one_above_counts() -> None:
    assert became(merge(["a", "a/b"], "c"), "a/b", "a/b/x", "a/d") == {"0": "c", "1": "c/x", "2": "c/d"}


def test_one_of_the_merged_tags_may_be_the_target() -> None:
    assert became(merge(["a", "b"], "b"), "a b", "a", "b") == {"0": "b", "1": "b"}


def test_a_deleted_tag_takes_the_tags_below_it_along_and_the_plan_counts_both() -> None:
    plan = planned(delete("a"), "a b", "A/x", "a/x/y", "b ab")

    assert plan.tags == {"0": ("b",), "1": (), "2": ()}
    assert [(moved.tag, moved.becomes, moved.links) for moved in plan.moved] == [
        ("a", None, 1),
        ("A/x", None, 1),
        ("a/x/y", None, 1),
    ]


def test_the_most_frequent_spelling_stands_for_a_tag() -> None:
    (moved,) = planned(rename("policy", "p"), "Policy", "policy", "Policy").moved

    assert (moved.tag, moved.links) == ("Policy", 3)


@pytest.mark.parametrize("wanted", [rename("z", "y"), merge(["a", "z"], "y"), delete("z")])
def test_a_tag_that_no_link_has_is_told(wanted: Retagging) -> None:
    with pytest.raises(UnknownTag) as told:
        planned(wanted, "a zz")

    assert told.value.facts == {"tag": "z"}


def test_a_tag_that_only_stands_above_others_can_be_named() -> None:
    assert became(rename("a", "b"), "a/x") == {"0": "b/x"}


def test_what_is_no_tag_of_ours_can_be_named_but_not_made() -> None:
    plan = retagging.plan(rename("my tag", "#my-tag"), [("0", ("my tag", "my tag/x"))])

    assert plan.tags == {"0": ("my-tag", "my-tag/x")}
    for make in (lambda: rename("a", "b c"), lambda: rename("a", "b,c"), lambda: rename("a", ""), lambda: delete("#/")):
        with pytest.raises(BadTag):
            make()


def test_nothing_grows_too_long_for_a_tag() -> None:
    with pytest.raises(BadTag) as told:
        planned(rename("a", "b" * 190), f"a/{'c' * 20}")

    assert told.value.facts["reason"] == "too long"


def test_to_rename_a_tag_to_itself_is_nothing() -> None:
    plan = planned(rename("a", "a"), "a a/b")

    assert (plan.links, plan.moved) == (0, ())


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (rename("#a", "b"), "rename a to b"),
        (merge(["a", "b", "A"], "c"), "merge a b into c"),
        (delete("a/b/"), "delete a/b"),
    ],
)
def test_it_says_in_a_few_words_what_it_is(wanted: Retagging, words: str) -> None:
    assert str(wanted) == words


@given(LINKS, TAGS, TAGS)
def test_a_merge_leaves_no_tag_twice_and_every_other_tag(links: list[tuple[str, Tags]], source: str, into: str) -> None:
    retagged = retagging.after(merge([source], into))

    for _, tags in links:
        new = {key(tag) for tag in retagged(tags)}
        assert len(new) == len(retagged(tags))
        assert {key(tag) for tag in tags if not matches(tag, source)} <= new


@given(LINKS, TAGS, TAGS)
def test_after_a_merge_nothing_is_left_to_merge(links: list[tuple[str, Tags]], source: str, into: str) -> None:
    assume(not matches(source, into))  # else what moves up may come to stand where the source stood
    retagged = retagging.after(merge([source], into))

    for _, tags in links:
        new = retagged(tags)
        assert retagged(new) == new
        assert all(matches(tag, into) for tag in new if matches(tag, source))


@given(LINKS, TAGS, TAGS)
def test_a_plan_counts_what_it_does(links: list[tuple[str, Tags]], old: str, new: str) -> None:
    wanted = merge([old], new)
    retagged = retagging.after(wanted)
    try:
        plan = retagging.plan(wanted, links)
    except UnknownTag:
        assert not any(matches(tag, old) for _, tags in links for tag in tags)
        return

    assert plan.tags == {id_: retagged(tags) for id_, tags in links if retagged(tags) != tags}
    assert plan.joined == sum(len(retagged(tags)) < len(tags) for _, tags in links)
    assert all(0 <= moved.both <= moved.links for moved in plan.moved)


@given(LINKS, TAGS)
def test_a_rename_to_a_new_tag_and_back_changes_only_the_spelling(links: list[tuple[str, Tags]], old: str) -> None:
    there, back = retagging.after(rename(old, "new")), retagging.after(rename("new", old))

    for _, tags in links:
        assert [key(tag) for tag in back(there(tags))] == [key(tag) for tag in tags]


@pytest.mark.parametrize("written", ["/lead/", "#lead", "lead/", "//Lead", " lead "])
def test_a_tag_that_was_written_by_hand_in_another_form_is_found_and_put_right(written: str) -> None:
    links = [("0", (written, "x")), ("1", ("lead/pb",))]

    assert retagging.plan(rename("lead", "metal"), links).tags == {"0": ("metal", "x"), "1": ("metal/pb",)}
    assert retagging.plan(rename(written, "lead"), links).tags == {"0": ("lead", "x")}
    assert retagging.plan(delete("Lead"), links).tags == {"0": ("x",), "1": ()}
    assert matches(written, "lead")
    assert remove((written,), ("lead",)) == ()
