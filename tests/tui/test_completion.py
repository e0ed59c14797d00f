"""Tags on offer while one is typed."""

from __future__ import annotations

from tui.completion import Offers

KNOWN = [("policy", 40), ("policy/energy", 12), ("Ports", 90), ("长三角", 7), ("epoxy", 300)]


def test_what_begins_so_comes_before_what_holds_it_and_the_more_used_first():
    assert [tag for tag, _ in Offers(KNOWN).offered("po")] == ["Ports", "policy", "policy/energy", "epoxy"]


def test_nothing_is_offered_for_an_empty_word():
    assert Offers(KNOWN).offered("") == []
    assert Offers(KNOWN).offered("policy ") == []


def test_a_tag_that_stands_there_already_is_not_offered_again():
    assert [tag for tag, _ in Offers(KNOWN).offered("policy po")] == ["Ports", "policy/energy", "epoxy"]


def test_the_last_word_is_completed_with_its_sign():
    assert Offers(KNOWN).completed("sea, +por") == "sea, +Ports "
    assert Offers(KNOWN).completed("三") == "长三角 "
    assert Offers(KNOWN).completed("zzz") is None


def test_what_is_taken_off_is_offered_from_what_is_there():
    offers = Offers(KNOWN, [("sea", 2), ("ports", 1)])

    assert [tag for tag, _ in offers.offered("-")] == ["sea", "ports"]
    assert offers.completed("-s") == "-sea "
