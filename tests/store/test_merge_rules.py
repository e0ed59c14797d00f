"""RULES 5, sentence by sentence: the three-way merge of one link."""

from __future__ import annotations

from store import frontmatter
from store.link import Capture, Link, Unknown, body_sha256
from store.merge import TAKING_BACK, Joined, Told, merge_documents, merge_links

URL = "https://example.org/"


def captured(body: str, when: str, base: Link, **facts: object) -> Link:
    """The link with another capture."""
    return base.with_(body=body, captured=when, capture=Capture(status=200, sha256=body_sha256(body)), **facts)


ADDED = Link(id="0" * 12, url=URL, title=URL, added="2026-01-01T00:00:00Z")
BASE = captured("one\n\ntwo\n", "2026-01-02T00:00:00Z", ADDED, title="Page", tags=("a", "b"), site="S")


def both(earlier: Link | None, later: Link | None, base: Link | None = BASE) -> Link | None:
    return merge_links(base, earlier, later).link


def test_one_side_changed_is_as_that_side_has_it() -> None:
    edited = BASE.with_(title="Mine", page_title="Page", note="n")

    assert both(edited, BASE) == edited
    assert both(BASE, edited) == edited
    assert both(None, BASE) is None


# --- captures -------------------------------------------------------------------------------------------------------


def test_of_two_captures_the_later_is_current_with_everything_it_wrote() -> None:
    newer = captured("three\n", "2026-01-04T00:00:00Z", BASE, title="New page", site="S2", author="A")
    older = captured("four\n", "2026-01-03T00:00:00Z", BASE, title="Old page", published="2026-01-01")

    assert both(newer, older) == newer
    assert both(older, newer) == newer


def test_of_two_captures_of_one_second_the_greater_hash_is_current() -> None:
    sides = [captured(body, "2026-01-04T00:00:00Z", BASE) for body in ("three\n", "four\n")]
    greater = max(sides, key=lambda link: body_sha256(link.body))

    assert both(*sides) == greater
    assert both(*reversed(sides)) == greater


def test_a_pending_links_empty_body_beats_nothing() -> None:
    there = captured("text\n", "2026-01-02T00:00:00Z", ADDED, title="Page")
    pending = ADDED.with_(note="mine")

    for found in (both(there, pending, None), both(pending, there, None), both(there, pending, ADDED)):
        assert found == there.with_(note="mine")


def test_a_tag_here_and_a_capture_there_are_both_kept() -> None:
    newer = captured("three\n", "2026-01-04T00:00:00Z", BASE, title="New")

    assert both(BASE.with_(tags=("a",)), newer) == newer.with_(tags=("a",))
    assert both(newer, BASE.with_(status="read", starred=True)) == newer.with_(status="read", starred=True)


def test_two_hand_edits_of_a_body_are_joined() -> None:
    assert both(BASE.with_(body="one more\n\ntwo\n"), BASE.with_(body="one\n\ntwo too\n")) == BASE.with_(
        body="one more\n\ntwo too\n"
    )


def test_where_two_hand_edits_clash_the_later_sides_words_stay_and_it_is_told() -> None:
    found = merge_links(BASE, BASE.with_(body="uno\n\ntwo\n"), BASE.with_(body="eins\n\ntwo\n"))

    assert found == Joined(BASE.with_(body="eins\n\ntwo\n"), (Told("body"),))


def test_an_edited_body_is_joined_with_a_newer_capture_and_wins_a_clash() -> None:
    edited = BASE.with_(body="one\n\ntwo of mine\n")
    news = captured("one\n\ntwo\n\nnews\n", "2026-01-04T00:00:00Z", BASE)
    clash = captured("one\n\nsomething else\n", "2026-01-04T00:00:00Z", BASE)

    assert both(edited, news) == both(news, edited) == news.with_(body="one\n\ntwo of mine\n\nnews\n")
    assert both(edited, clash) == both(clash, edited) == clash.with_(body="one\n\ntwo of mine\n")


# --- titles ---------------------------------------------------------------------------------------------------------


def test_a_title_the_user_gave_beats_every_page_title() -> None:
    mine = BASE.with_(title="Mine", page_title="Page")
    newer = captured("three\n", "2026-01-04T00:00:00Z", BASE, title="New page")

    wanted = newer.with_(title="Mine", page_title="New page")

    assert both(mine, newer) == both(newer, mine) == wanted


def test_a_new_page_title_alone_stays_the_pages() -> None:
    retitled = BASE.with_(title="New page")

    assert both(retitled, BASE.with_(tags=("c",))) == retitled.with_(tags=("c",))


def test_a_pending_links_title_beats_none() -> None:
    titled = ADDED.with_(title="Mine")
    there = captured("text\n", "2026-01-02T00:00:00Z", ADDED, title="Page")

    assert both(ADDED.with_(note="n"), there, None) == there.with_(note="n")
    assert both(titled, there, ADDED) == there.with_(title="Mine", page_title="Page")


def test_of_two_titles_the_later_sides_stays_and_the_other_is_told() -> None:
    found = merge_links(BASE, BASE.with_(title="A", page_title="Page"), BASE.with_(title="B", page_title="Page"))

    assert found == Joined(BASE.with_(title="B", page_title="Page"), (Told("title", "B", "A"),))


# --- fields of the user ---------------------------------------------------------------------------------------------


def test_a_field_is_as_the_side_has_it_that_changed_it() -> None:
    found = both(BASE.with_(status="read", url=URL + "a"), BASE.with_(starred=True))

    assert found == BASE.with_(status="read", starred=True, url=URL + "a")


def test_a_field_changed_on_both_sides_is_the_later_ones_and_the_other_is_told() -> None:
    found = merge_links(BASE, BASE.with_(status="read"), BASE.with_(status="archived"))

    assert found == Joined(BASE.with_(status="archived"), (Told("status", "archived", "read"),))


def test_added_is_the_earlier() -> None:
    early, late = ADDED, ADDED.with_(added="2026-02-01T00:00:00Z")

    assert both(late, early.with_(note="n"), None) == early.with_(note="n")


def test_tags_are_sets_without_case() -> None:
    found = both(BASE.with_(tags=("A", "b", "c")), BASE.with_(tags=("a", "D", "C")))

    assert found is not None
    assert found.tags == ("A", "c", "D")


def test_notes_are_both_kept() -> None:
    noted = BASE.with_(note="old")
    found = both(noted.with_(note="old\nhere"), noted.with_(note="old\nthere"), noted)

    assert found is not None
    assert found.note == "old\nthere\nhere"


def test_a_note_taken_away_here_and_changed_there_stays_changed() -> None:
    noted = BASE.with_(note="old")

    for found in (
        both(noted.with_(note=None), noted.with_(note="new"), noted),
        both(noted.with_(note="new"), noted.with_(note=None), noted),
    ):
        assert found is not None
        assert found.note == "new"


def test_unknown_keys_are_merged_one_by_one() -> None:
    x, y = Unknown("x", 'x: "1"\n', "note"), Unknown("y", 'y: "1"\n', "note")
    base = BASE.with_(unknown=(x,))
    found = both(base.with_(unknown=(Unknown("x", 'x: "2"\n', "note"),)), base.with_(unknown=(x, y)), base)

    assert found is not None
    assert [known.text for known in found.unknown] == ['x: "2"\n', 'y: "1"\n']


# --- trash and deletion ---------------------------------------------------------------------------------------------


TRASHED = BASE.with_(trashed="2026-01-05T00:00:00Z")
NEWER = captured("three\n", "2026-01-04T00:00:00Z", BASE)


def test_against_a_capture_a_link_stays_trashed_with_the_newer_body() -> None:
    wanted = NEWER.with_(trashed=TRASHED.trashed)

    assert both(TRASHED, NEWER) == both(NEWER, TRASHED) == wanted


def test_against_a_capture_a_link_stays_deleted() -> None:
    assert both(None, NEWER) is None
    assert both(NEWER, None) is None


def test_the_users_own_edit_wins_against_trash_and_deletion() -> None:
    for edited in (
        BASE.with_(tags=("a",)),
        BASE.with_(note="n"),
        BASE.with_(body="mine\n"),
        BASE.with_(status="read"),
        BASE.with_(title="Mine", page_title="Page"),
        NEWER.with_(starred=True),
    ):
        assert both(TRASHED, edited) == both(edited, TRASHED) == edited
        assert both(None, edited) == both(edited, None) == edited


def test_put_back_here_and_left_there_is_put_back() -> None:
    assert both(BASE, TRASHED.with_(tags=("a",)), TRASHED) == BASE.with_(tags=("a",))


def test_both_added_the_same_page_is_one_link() -> None:
    here = captured("text\n", "2026-01-02T00:00:00Z", ADDED, title="Page", tags=("a",), note="x")
    there = captured("newer\n", "2026-01-03T00:00:00Z", ADDED, title="Page 2", tags=("b",), status="read")

    assert both(here, there, None) == there.with_(tags=("a", "b"), note="x")


# --- taking back: ours wins ------------------------------------------------------------------------------------------


def taken_back(after: Link | None, before: Link | None, now: Link | None) -> Joined:
    return merge_links(after, before, now, TAKING_BACK)


def test_taking_back_leaves_what_was_changed_since() -> None:
    after = BASE.with_(tags=("a", "b", "c"), status="read")
    now = after.with_(tags=("a", "b", "c", "d"), status="archived", note="since")

    found = taken_back(after, BASE, now)

    assert found == Joined(now.with_(tags=("a", "b", "d")), (Told("status", "archived", "unread"),))


def test_a_link_trashed_or_deleted_since_stays_so() -> None:
    after = BASE.with_(tags=("a", "b", "c"))

    assert taken_back(after, BASE, None).link is None
    assert taken_back(after, BASE, after.with_(trashed="x")).link == BASE.with_(trashed="x")


def test_an_add_is_taken_back_unless_the_user_changed_the_link_since() -> None:
    assert taken_back(BASE, None, BASE).link is None
    assert taken_back(BASE, None, NEWER).link is None
    assert taken_back(BASE, None, NEWER.with_(note="n")).link == NEWER.with_(note="n")


def test_notes_are_not_joined_by_taking_back() -> None:
    after = BASE.with_(note="one")

    assert taken_back(after, BASE, after.with_(note="one more")).link == BASE.with_(note="one more")


def test_a_refresh_is_taken_back_with_when_and_how_the_body_came() -> None:
    found = taken_back(NEWER, BASE, NEWER.with_(tags=("z",))).link

    assert found == BASE.with_(tags=("z",))
    assert found is not None
    assert not found.edited


def test_a_clash_of_text_keeps_what_is_there_now() -> None:
    found = taken_back(BASE.with_(body="mine\n\ntwo\n"), BASE, BASE.with_(body="mine once more\n\ntwo\n"))

    assert found.link == BASE.with_(body="mine once more\n\ntwo\n")


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_side_that_says_it_all_stays_as_it_is_written() -> None:
    by_hand = frontmatter.dumps(BASE).replace(b'site: "S"', b"site: S").replace(b'["a", "b"]', b'["a"]')
    retagged = frontmatter.dumps(BASE.with_(tags=("a",)))

    assert merge_documents(frontmatter.dumps(BASE), retagged, by_hand).data == by_hand


def test_a_file_that_cannot_be_read_stands_as_a_whole() -> None:
    base, edited, broken = frontmatter.dumps(BASE), frontmatter.dumps(BASE.with_(note="n")), b"---\nid: [\n---\n"

    assert merge_documents(base, base, broken).data == broken
    assert merge_documents(base, edited, broken).data == broken
    assert merge_documents(base, broken, None).data == broken
    assert merge_documents(base, edited, broken).told == (Told("document"),)


def test_comments_in_the_front_matter_stay_whoever_wrote_them() -> None:
    comments = tuple(Unknown("", f"# {text}\n", "tags") for text in ("one", "two", "three"))
    found = both(BASE.with_(unknown=comments[:2]), BASE.with_(unknown=comments[2:], starred=True))

    assert found is not None
    assert {known.text for known in found.unknown} == {"# one\n", "# two\n", "# three\n"}


def test_a_note_that_is_a_part_of_the_other_is_a_note_of_its_own() -> None:
    found = both(BASE.with_(note="AI"), BASE.with_(note="Mail from Kim about AIDA"))

    assert found is not None
    assert found.note is not None
    assert set(found.note.splitlines()) == {"AI", "Mail from Kim about AIDA"}


def test_put_back_or_restored_here_wins_against_its_removal_there() -> None:
    assert both(BASE, None, TRASHED) == BASE
    assert both(None, BASE, NEWER) == BASE
    assert merge_links(TRASHED, None, BASE).told == (Told("link"),)
