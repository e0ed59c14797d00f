"""The list without a screen: focus, marks, what an action takes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.shelf import Shelf, Taken


def shelf(ids: str, focus: int = 0, marks: str = "") -> Shelf:
    made = Shelf(list(ids))
    made.focus = focus
    made.marks = dict.fromkeys(marks)
    return made


def test_the_focus_stays_on_its_link_and_on_its_place_when_the_link_goes() -> None:
    moved, gone = shelf("abcd", focus=2), shelf("abcd", focus=2)
    moved.show(list("cxy"))
    gone.show(list("abd"))

    assert (moved.current, gone.current) == ("c", "d")
    gone.show([])
    assert gone.current is None


def test_moving_ends_at_the_ends() -> None:
    list_ = shelf("abc")
    list_.move(-1)
    top = list_.current
    list_.move(9)

    assert (top, list_.current) == ("a", "c")
    assert list_.seek(-1, lambda id_: id_ == "a")
    assert not list_.seek(1, lambda id_: id_ == "z")
    assert list_.current == "a"
    assert list_.go_to("b")
    assert not list_.go_to("z")


def test_an_action_takes_the_marks_in_the_lists_order_or_the_link_in_focus() -> None:
    marked = shelf("abc", marks="cza")

    assert shelf("abc", focus=1).taken() == Taken(("b",))
    assert marked.taken() == Taken(("a", "c", "z"), hidden=1)
    assert shelf("").taken() == Taken(())


def test_space_marks_and_goes_down_and_all_of_it_can_be_marked_and_unmarked() -> None:
    list_ = shelf("abc")
    list_.toggle()
    list_.toggle()
    assert (list(list_.marks), list_.current) == (["a", "b"], "c")
    list_.invert()
    assert list(list_.marks) == ["c"]
    list_.mark_all()
    assert set(list_.marks) == {"a", "b", "c"}
    list_.mark_all()
    assert not list_.marks
    list_.focus = 2
    list_.mark_range(1)
    assert list(list_.marks) == ["b", "c"]
    list_.unmark()
    assert not list_.marks


def test_what_matches_no_more_stays_dimmed_in_its_place_until_the_list_is_asked_for_anew() -> None:
    list_ = shelf("abcd", focus=1)
    list_.refresh(list("ncad"))

    assert list_.dimmed == {"b"}
    assert list_.current == "b"
    assert list(list_.ids) == list("nbcad")
    list_.show(list("cad"))
    assert list_.dimmed == set()


def test_what_is_removed_leaves_nothing_behind() -> None:
    list_ = shelf("abc", focus=1, marks="bc")
    list_.remove("b")

    assert (list(list_.ids), list(list_.marks), list_.current) == (["a", "c"], ["c"], "c")


@given(st.lists(st.sampled_from("show refresh move toggle all invert remove".split()), max_size=20), st.randoms())
def test_the_focus_is_always_on_a_link_when_there_is_one(steps: list[str], chance: object) -> None:
    list_ = shelf("abcdef")
    for step in steps:
        some = [id_ for id_ in "abcdefgh" if chance.random() < 0.5]  # type: ignore[attr-defined]
        match step:
            case "show":
                list_.show(some)
            case "refresh":
                list_.refresh(some)
            case "move":
                list_.move(chance.randint(-9, 9))  # type: ignore[attr-defined]
            case "toggle":
                list_.toggle()
            case "all":
                list_.mark_all()
            case "invert":
                list_.invert()
            case _:
                list_.remove(some)
        assert (list_.current in list_.ids) if list_.ids else list_.current is None
        assert len(set(list_.ids)) == len(list_.ids)
        assert list_.dimmed <= set(list_.ids)
