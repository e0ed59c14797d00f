"""An edit that began before what stands now: both are kept."""

from __future__ import annotations

from store import frontmatter
from store.link import Link
from store.merge import later_edit

BASE = Link(id="0" * 12, url="https://example.org/", title="T", added="x", tags=("a", "b"), captured="1", body="one\n")


def merged(ours: Link, theirs: Link) -> Link:
    return frontmatter.loads(later_edit(*map(frontmatter.dumps, (BASE, ours, theirs))))


def test_each_side_keeps_what_it_changed() -> None:
    found = merged(BASE.with_(body="two\n", captured="2"), BASE.with_(title="Mine", note="n"))

    assert (found.title, found.note, found.body, found.captured) == ("Mine", "n", "two\n", "2")


def test_a_body_changed_on_both_sides_is_the_users() -> None:
    found = merged(BASE.with_(body="two\n", captured="2"), BASE.with_(body="mine\n"))

    assert (found.body, found.captured) == ("mine\n", "2")


def test_tags_are_sets() -> None:
    assert merged(BASE.with_(tags=("a", "b", "c")), BASE.with_(tags=("b", "d"))).tags == ("b", "c", "d")


def test_what_cannot_be_read_stays_as_the_user_wrote_it() -> None:
    assert later_edit(frontmatter.dumps(BASE), b"ours", b"theirs") == b"theirs"
