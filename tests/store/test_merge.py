"""An edit that began before what stands now: both are kept."""

from __future__ import annotations

import pytest

from store import frontmatter
from store.link import Capture, Link, body_sha256
from store.merge import kept_edit, later_edit, merge_links

BASE = Link(id="0" * 12, url="https://example.org/", title="T", added="x", tags=("a", "b"), captured="1", body="one\n")


def merged(ours: Link, theirs: Link) -> Link:
    return frontmatter.loads(later_edit(*map(frontmatter.dumps, (BASE, ours, theirs))))


def test_each_side_keeps_what_it_changed() -> None:
    found = merged(BASE.with_(body="two\n", captured="2"), BASE.with_(title="Mine", note="n"))

    assert (found.title, found.note, found.body, found.captured) == ("Mine", "n", "two\n", "2")


def test_a_body_changed_on_both_sides_is_joined_and_where_it_clashes_the_users() -> None:
    joined = merged(BASE.with_(body="one\n\nnews\n", captured="2"), BASE.with_(body="mine\n"))
    clashing = merged(BASE.with_(body="two\n\nnews\n", captured="2"), BASE.with_(body="mine\n"))

    assert (joined.body, joined.captured) == ("mine\n\nnews\n", "2")
    assert (clashing.body, clashing.captured) == ("mine\n\nnews\n", "2")


def test_another_versions_body_put_in_place_by_hand_comes_whole() -> None:
    found = merged(BASE.with_(body="one\n\nnews\n", captured="2"), BASE.with_(body="old\n", captured="0"))

    assert (found.body, found.captured) == ("old\n", "0")


def test_an_edit_is_kept_in_a_new_capture_unless_they_clash() -> None:
    captured = BASE.with_(body="one\n\nnews\n", captured="2", title="New")
    kept = kept_edit("one\n", BASE.with_(body="one mine\n"), captured)

    assert kept == captured.with_(body="one mine\n\nnews\n")
    assert kept_edit("one\n", BASE.with_(body="three\n"), captured.with_(body="two\n")) is None


def test_tags_are_sets() -> None:
    assert merged(BASE.with_(tags=("a", "b", "c")), BASE.with_(tags=("b", "d"))).tags == ("b", "c", "d")


def test_what_cannot_be_read_stays_as_the_user_wrote_it() -> None:
    assert later_edit(frontmatter.dumps(BASE), b"ours", b"theirs") == b"theirs"


@pytest.mark.parametrize("edited_is_later", [False, True])
@pytest.mark.parametrize("captured", ["1", "2"])
def test_of_a_page_that_both_added_the_text_that_one_has_edited_stays_and_no_paragraph_stands_twice(
    edited_is_later: bool, captured: str
) -> None:
    page = "The fare is 2.10.\n\nIt is paid on the bus.\n"
    plain = BASE.with_(body=page, captured="1", capture=Capture(status=200, sha256=body_sha256(page)))
    edited = plain.with_(body=page.replace("2.10", "2.30"), captured=captured)
    sides = (plain, edited) if edited_is_later else (edited, plain)

    joined = merge_links(None, *sides)

    assert joined.link is not None
    assert (joined.link.body, joined.link.edited, joined.told) == (edited.body, True, ())
