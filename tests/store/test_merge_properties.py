"""What holds of every merge of one link, whatever the three are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store import frontmatter
from store.link import Capture, Link, body_sha256
from store.merge import TAKING_BACK, Joined, merge_links

URL = "https://example.org/"
LINES = st.lists(st.sampled_from(["alpha", "beta gamma", "数据库", "- item", "| a | b |"]), max_size=4)


@st.composite
def links(draw: st.DrawFn) -> Link:
    body = "\n\n".join(draw(LINES))
    body = f"{body}\n" if body else ""
    captured = draw(st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])) if body else None
    sha256 = body_sha256(body) if draw(st.booleans()) else body_sha256("other\n")
    title = draw(st.sampled_from(["Page", "New page", "标题"])) if captured else URL
    own = draw(st.sampled_from([None, None, "The page's"])) if captured else None
    return Link(
        id="0" * 12,
        url=URL,
        title=title,
        added=draw(st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])),
        tags=tuple(draw(st.lists(st.sampled_from(["a", "b", "c", "政策"]), unique=True, max_size=3))),
        captured=captured,
        page_title=own,
        status=draw(st.sampled_from(["unread", "read", "archived"])),
        starred=draw(st.booleans()),
        trashed=draw(st.sampled_from([None, None, "2026-01-03T00:00:00Z"])),
        note=draw(st.sampled_from([None, "one", "one\ntwo", "three"])),
        capture=Capture(status=200, sha256=sha256) if captured else None,
        body=body,
    )


SIDES = st.tuples(st.none() | links(), st.none() | links(), st.none() | links()).filter(lambda some: any(some[1:]))


@given(SIDES)
def test_two_equal_sides_are_what_they_are(sides: tuple[Link | None, Link | None, Link | None]) -> None:
    base, side, _ = sides

    assert merge_links(base, side, side) == Joined(side)


@given(SIDES)
def test_merged_with_one_of_its_sides_again_it_stays(sides: tuple[Link | None, Link | None, Link | None]) -> None:
    base, earlier, later = sides
    merged = merge_links(base, earlier, later).link

    for side in (earlier, later):
        assert merge_links(side, side, merged).link == merged
        assert merge_links(side, merged, side).link == merged


@given(SIDES)
def test_where_nothing_is_told_it_does_not_matter_which_side_is_the_later(
    sides: tuple[Link | None, Link | None, Link | None],
) -> None:
    base, one, other = sides
    found, turned = merge_links(base, one, other), merge_links(base, other, one)

    if not found.told:
        assert _unordered(found.link) == _unordered(turned.link)


@given(SIDES)
def test_nothing_that_a_person_added_is_lost(sides: tuple[Link | None, Link | None, Link | None]) -> None:
    base, earlier, later = sides
    found = merge_links(base, earlier, later)
    told = " ".join(one.other for one in found.told)

    for side in (earlier, later):
        if side is None or found.link is None:
            assert found.link is None or side is None or earlier is None or later is None
            continue
        assert set(side.tags) - set(base.tags if base else ()) <= set(found.link.tags)
        added = set((side.note or "").splitlines()) - set(((base and base.note) or "").splitlines())
        assert all(line in f"{found.link.note}\n{told}" for line in added)
        if side.page_title is not None and (base is None or base.page_title is None or base.title != side.title):
            assert side.title in (found.link.title, *(one.other for one in found.told))


@given(SIDES)
def test_a_merge_is_a_document_without_a_mark_of_conflict(
    sides: tuple[Link | None, Link | None, Link | None],
) -> None:
    merged = merge_links(*sides).link

    if merged is not None:
        data = frontmatter.dumps(merged)
        assert frontmatter.loads(data) == merged
        assert not any(mark in data for mark in (b"<<<<", b"====", b">>>>"))


@given(SIDES)
def test_taking_back_what_nobody_touched_since_is_what_stood_before(
    sides: tuple[Link | None, Link | None, Link | None],
) -> None:
    after, before, _ = sides

    assert merge_links(after, before, after, TAKING_BACK).link == before


def _unordered(link: Link | None) -> Link | None:
    if link is None:
        return None
    note = "\n".join(sorted((link.note or "").splitlines()))
    return link.with_(tags=tuple(sorted(link.tags)), note=note)
