"""A listing in memory finds what a search through the library finds, in the same order, and keeps in step with it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store import frontmatter, layout, listing, tags
from store.commit import Commit
from store.errors import BadQuery, HostNotFound, pack
from store.finding.query import And, parse
from store.library import Library
from store.link import STATUSES, Link, Queued
from store.listing import Listing
from store.search import SORTS, Sort, select
from store.writing.view import View

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TITLES = (
    "Élan of the salt marsh", "C++ for the impatient", "长三角湿地保护规划", "Salt  and\ttides：潮汐", "don’t forget",
    "marshmallow", "阅览室 opening hours", "snake_case names", "２０２６ report", "Ｆｕｌｌ width", "",
)  # fmt: skip
TAGS = (
    "policy",
    "Policy/energy",
    "policy/Énergie",
    "policy/energy/grid",
    "读书/笔记",
    "policy-old",
    "code",
    "Code/C++",
)
HOSTS = ("example.org", "www.example.org", "news.gov.cn", "gov.cn", "notgov.cn", "Bücher.example")
TIMES = (
    "2026-05-30T08:00:00Z",
    "2026-05-30T07:59:59Z",
    "2025-12-31T23:59:59Z",
    "2024-02-29T00:00:00Z",
    "2026-06",
    "no",
)
NOTES = (None, "read this\nbefore the meeting", "写报告时引用 salt", None)
WORDS = (
    "salt marsh mar arsh elan ÉLAN the C++ ++ 湿地 三角湿 长 潮汐 阅览室 open don't forget case snake_case 2026 20 full"
    " report https example.org gov.cn news/1 meeting energy nothing _ . 笔记"
).split()
PHRASES = [
    f'"{words}"' for words in ("salt marsh", "the salt", "of the", "mar", "湿地保护", "this before", "", " salt")
]
FIELDS = (
    "tag:policy tag:POLICY/energy tag:code tag:读书 tag:pol tag:/ tag:code/c++ site:gov.cn site:www.example.org"
    " site:org site:bücher.example title:arsh title:marsh title:湿 title:the url:gov url:ov.cn url:news/1 is:unread"
    " is:read is:archived is:starred is:broken is:pending is:held is:changed is:untagged is:trashed is:damaged"
    " added:2026 added:2026-05 added:<2026 added:>2025-12-31 added:<=2024-02-29 added:>=2026-05-30 changed:<7d"
    " changed:>1y changed:2026-05-30"
).split()
QUERIES = st.recursive(
    st.one_of(*map(st.sampled_from, (WORDS, PHRASES, FIELDS))),
    lambda parts: st.one_of(
        parts.map(lambda part: f"-{part}"),
        st.tuples(parts, parts).map(" ".join),
        st.tuples(parts, parts).map(" or ".join).map("({})".format),
        parts.map("({})".format),
    ),
    max_leaves=5,
)


def links(count: int) -> Iterator[Link]:
    """Links without a body, of every kind, the same each time."""
    chance = random.Random(5)
    for number in range(count):
        url = f"https://{chance.choice(HOSTS)}/{chance.choice(('news', 'art', '读'))}/{number}"
        trashed, captured = chance.random() < 0.15, chance.choice((*TIMES, None))
        yield Link(
            id=layout.link_id(url),
            url=url,
            title=chance.choice(TITLES) or url,
            added=chance.choice(TIMES),
            tags=tags.add((), chance.sample(TAGS, chance.randrange(4))),
            captured=captured,
            status=chance.choice(STATUSES),
            starred=chance.random() < 0.3,
            trashed="2026-05-01T00:00:00Z" if trashed else None,
            note=chance.choice(NOTES),
        )


def put(library: Library, *documents: tuple[str, bytes | None], subject: str = "add: some") -> None:
    def plan(view: View) -> list[Commit]:
        view.read_all(path for path, _ in documents)
        return [Commit(subject, "add", (), dict(documents))]

    library.write(plan, "add")


def document(link: Link) -> tuple[str, bytes]:
    return layout.page_path(link.url, link.id), frontmatter.dumps(link)


def opened(path: Path) -> Library:
    return Library.open(path, make=True, clock=lambda: NOW, originals=None)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Eighty links of every kind, one damaged, some broken, changed and held."""
    with opened(tmp_path_factory.mktemp("listing") / "library") as library:
        made = list(links(80))
        put(library, *map(document, made))
        put(library, ("pages/00/example.org~bad~000000000000.md", b'---\nurl: "https://bad.example/"\ntitle: [\n---\n'))
        for link, kind in zip(made, cycle(("broken", "changed", "held", "", ""))):
            if kind == "broken":
                library.state.fail(link.id, pack(HostNotFound(link.url, "host")), broken=True)
            elif kind == "changed":
                library.state.set_changed(link.id, True)
            elif kind == "held":
                library.git.run("update-ref", f"refs/pagelog/held/{link.id}", "HEAD")
        yield library


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Library]:
    """Twenty links that a test may change."""
    with opened(tmp_path / "library") as library:
        put(library, *map(document, links(20)))
        yield library


def ids_of(library: Library, text: str, sort: Sort = "added") -> list[str]:
    return [row.id for row in select(library, parse(text), sort=sort)]


@pytest.mark.parametrize("text", [*WORDS, *PHRASES, *FIELDS])
def test_it_finds_each_thing(library: Library, text: str) -> None:
    loaded = Listing.load(library)

    assert loaded.find(parse(text)) == ids_of(library, text)
    assert loaded.find(parse(f"salt or -{text}")) == ids_of(library, f"salt or -{text}")


@given(QUERIES, st.sampled_from(SORTS))
def test_it_finds_what_a_search_finds(library: Library, text: str, sort: Sort) -> None:
    try:
        query = parse(text)
    except BadQuery:
        assume(False)

    loaded = Listing.load(library, sort)
    assert loaded.find(query) == ids_of(library, text, sort)
    assert loaded.count(query) == len(ids_of(library, text, sort))


@given(st.lists(QUERIES, min_size=2, max_size=4))
def test_what_was_asked_before_changes_nothing(library: Library, texts: list[str]) -> None:
    typed = [parse(text) for text in texts] + [parse(" ".join(texts)), And(tuple(map(parse, texts)))]
    loaded = Listing.load(library)

    for query in typed:
        assert loaded.find(query) == Listing.load(library).find(query)


def test_a_phrase_is_nowhere_to_look_for_words(library: Library) -> None:
    loaded = Listing.load(library)
    loaded.find(parse('"mar"'))

    assert loaded.find(parse("marsh")) == ids_of(library, "marsh") != []


def test_a_query_typed_letter_by_letter_finds_the_same_as_at_once(library: Library) -> None:
    loaded, typed = Listing.load(library), "salt mar -is:read"

    for end in range(1, len(typed) + 1):
        if typed[end - 1] not in "-:" and not typed[:end].endswith(("-i", "-is", ":r", ":re", ":rea")):
            assert loaded.find(parse(typed[:end])) == ids_of(library, typed[:end]), typed[:end]


@pytest.mark.parametrize("sort", SORTS)
def test_without_words_it_is_the_order_of_a_list(library: Library, sort: Sort) -> None:
    everything = [row.id for row in select(library, None, sort=sort)]

    assert Listing.load(library, sort).find(And(())) == everything
    assert library.catalogue.ids(sort) == everything
    assert library.catalogue.first_ids(7, sort) == everything[:7]
    assert [row.id for row in library.catalogue.first_rows(7, sort)] == everything[:7]


def test_trashed_links_are_found_only_where_they_are_asked_for(library: Library) -> None:
    loaded = Listing.load(library)
    trashed = {row.id for row in library.catalogue.select() if row.trashed is not None}

    assert set(loaded.find(parse("is:trashed")) or ()) == trashed
    assert not trashed & set(loaded.find(And(())) or ())
    assert len(loaded) == 81


def test_it_stops_when_nobody_wants_to_know_any_more(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_A_BLOCK", 10)
    answers = iter([False, False, True])

    assert Listing.load(library).find(parse("salt"), lambda: next(answers)) is None


def test_blocks_are_put_together_without_a_seam(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Listing.load(library).find(parse("salt or tag:policy"))
    monkeypatch.setattr(listing, "_A_BLOCK", 7)

    assert Listing.load(library).find(parse("salt or tag:policy")) == whole


# --- kept in step -----------------------------------------------------------------------------------------------------


def all_of(loaded: Listing) -> object:
    gathered = loaded._gathered
    return (
        gathered.numbers,
        gathered.rows,
        [loaded.find(parse(text)) for text in ("", "is:trashed", "salt", "tag:policy")],
    )


@pytest.mark.parametrize("sort", SORTS)
def test_refreshed_after_every_kind_of_change_it_is_what_a_new_one_would_be(small: Library, sort: Sort) -> None:
    loaded = Listing.load(small, sort)
    first, second, *others = [row.id for row in small.catalogue.select()]
    path = small.catalogue.path_of(others[0])
    assert path is not None
    changes = (
        lambda: small.tag([first, others[3]], add=("new/tag",)),
        lambda: small.edit(second, title="A new title", status="archived"),
        lambda: small.trash([others[1]]),
        lambda: put(small, *map(document, islice(links(30), 20, None))),
        lambda: put(small, (path, None), subject="remove"),
        lambda: small.git.run("update-ref", "refs/heads/main", "HEAD~2"),
        lambda: small.state.set_changed(first, True),
        lambda: None,
    )

    for change in changes:
        change()
        loaded = loaded.refreshed(small)
        assert all_of(loaded) == all_of(Listing.load(small, sort))


def test_what_did_not_change_is_not_read_again(small: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = Listing.load(small)
    asked: list[int] = []
    searched = small.catalogue.searched
    monkeypatch.setattr(small.catalogue, "every_searched", None)
    monkeypatch.setattr(small.catalogue, "searched", lambda numbers: [asked.extend(numbers), *searched(numbers)][1:])

    small.tag([next(iter(small.catalogue.select())).id], add=("new",))
    loaded.refreshed(small)

    assert len(asked) == 1


def test_many_changes_are_read_with_all_others(small: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = Listing.load(small)
    monkeypatch.setattr("store.gathering._FEW", 2)

    small.tag([row.id for row in small.catalogue.select()], add=("new",))

    assert all_of(loaded.refreshed(small)) == all_of(Listing.load(small))


def test_a_catalogue_made_anew_is_not_taken_for_the_old_one(small: Library) -> None:
    loaded = Listing.load(small)
    small.catalogue.close()
    for file in Path(small.places.own).glob("catalogue.sqlite3*"):
        file.unlink()

    with opened(small.path) as again:
        again.edit(next(iter(select(again, None))).id, title="Another title")
        assert all_of(loaded.refreshed(again)) == all_of(Listing.load(again))


def test_of_two_files_with_one_id_the_one_that_counts_is_a_link(small: Library) -> None:
    row = next(iter(small.catalogue.select()))
    put(small, ("pages/copy.md", small.raw(row.id)))

    loaded = Listing.load(small)
    assert (loaded.find(And(())) or []).count(row.id) == 1
    assert loaded.find(parse("is:damaged")) == []


def test_an_empty_library_has_an_empty_listing(tmp_path: Path) -> None:
    with opened(tmp_path / "library") as empty:
        loaded = Listing.load(empty)

        assert (loaded.find(parse("salt")), loaded.count(And(())), len(loaded)) == ([], 0, 0)
        assert (empty.catalogue.tag_counts(), empty.catalogue.counts().all, empty.catalogue.ids()) == ([], 0, [])


# --- links that the catalogue does not have ---------------------------------------------------------------------------


@pytest.mark.parametrize("sort", SORTS)
def test_queued_links_stand_where_a_list_has_them(small: Library, sort: Sort) -> None:
    for number, added in enumerate((*TIMES[:4], "2026-06-01T00:00:00Z"), 1):
        url = f"https://{HOSTS[number]}/queued/{number}".replace("Bücher", "books")
        small.state.enqueue([Queued(0, url, layout.link_id(url), url, ("policy/queued",), "a 湿地 note", added)])

    loaded = Listing.load(small, sort, small.queued())
    for text in ("", "queued", "is:pending", "tag:policy", "湿地 -site:gov.cn", "added:2026"):
        assert loaded.find(parse(text)) == ids_of(small, text, sort)
    assert all_of(loaded.refreshed(small, small.queued()[1:])) == all_of(Listing.load(small, sort, small.queued()[1:]))
    assert all_of(loaded.refreshed(small)) == all_of(Listing.load(small, sort))


def test_a_link_that_the_catalogue_has_by_now_is_there_once(small: Library) -> None:
    row = next(iter(small.catalogue.select()))

    assert len(Listing.load(small, extra=[row])) == len(Listing.load(small)) == 20


# --- counted ----------------------------------------------------------------------------------------------------------


def test_counts_are_what_the_queries_find(library: Library) -> None:
    counts = library.catalogue.counts()

    for fact in ("unread", "starred", "untagged", "pending", "damaged"):
        assert getattr(counts, fact) == len(ids_of(library, f"is:{fact}")), fact
    assert (counts.all, counts.trash) == (len(ids_of(library, "")), len(ids_of(library, "is:trashed")))


def test_a_tag_counts_the_links_with_it_or_a_tag_below_it(library: Library) -> None:
    counted = library.catalogue.tag_counts()

    assert counted == [(tag, len(ids_of(library, f"tag:{tag}"))) for tag, _ in counted]
    assert [tags.key(tag) for tag, _ in counted] == [
        "code", "code/c++", "policy", "policy/energy", "policy/energy/grid", "policy/énergie", "policy-old",
        "读书", "读书/笔记",
    ]  # fmt: skip


def test_a_tag_is_spelled_as_most_links_spell_it(tmp_path: Path) -> None:
    with opened(tmp_path / "library") as library:
        spelled = zip(links(3), (("Code/X",), ("code/y", "other"), ("code/x", "code/z")), strict=True)
        put(library, *(document(link.with_(tags=spelling, trashed=None)) for link, spelling in spelled))
        library.catch_up()

        assert library.catalogue.tag_counts() == [
            ("code", 3),
            ("Code/X", 2),
            ("code/y", 1),
            ("code/z", 1),
            ("other", 1),
        ]


def test_rows_come_by_id_however_many(library: Library) -> None:
    rows = [row for row in library.catalogue.select() if row.damaged != "twin"]

    assert library.catalogue.rows([row.id for row in rows] + ["f" * 12] * 2000) == {row.id: row for row in rows}
    assert library.catalogue.rows([]) == {}
