"""A page that says the same again, and one that says something else."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store import sameness
from store.sameness import NOTHING, Learnt, essence, learn, packed, same, steady, unpacked

PROSE = "The ferry leaves the quay at six in the morning, and the fog has lifted by then.\n"
MORE = "Nobody remembered who had first painted the lighthouse red, although a bill exists.\n"


def page(*blocks: str) -> str:
    """A body with these blocks between two paragraphs."""
    return "\n\n".join(["# The harbour log", PROSE.strip(), *blocks, MORE.strip()]) + "\n"


def listed(*numbers: int, host: str = "example.org") -> str:
    """A list of links, one a line."""
    return "\n".join(f"- [Story number {number}](https://{host}/story/{number})" for number in numbers)


NOISE = {
    "views": ("123 views", "1,204 views"),
    "views in thousands": ("Views: 998", "Views: 1.2K"),
    "a first comment": ("No comments", "3 comments"),
    "counters in a row": ("5 likes · 12 comments", "7 likes · 31 comments"),
    "a counter that is a link": ("[12 comments](https://example.org/a#c)", "[13 comments](https://example.org/a#c)"),
    "a counter beside a date": ("5 May 2026 | 12 views", "5 May 2026 | 77 views"),
    "a number beside its word": ("12\n\nvotes", "13\n\nvotes"),
    "浏览次数": ("浏览次数：123", "浏览次数：124"),
    "浏览次数 in a line of facts": ("来源：新华社 浏览次数：123 【打印】", "来源：新华社 浏览次数：9 【打印】"),
    "阅读 in ten thousands": ("阅读 9999", "阅读 1.2万"),
    "已有人阅读": ("已有 123 人阅读", "已有 130 人阅读"),
    "点赞 and 评论": ("点赞 5 评论 12", "点赞 6 评论 13"),
    "hours ago": ("By Ann · 3 hours ago", "By Ann · 2 days ago"),
    "just now": ("Updated just now", "Updated 5 minutes ago"),
    "yesterday": ("Yesterday, 12:30", "3 days ago"),
    "刚刚": ("刚刚", "3小时前"),
    "昨天": ("昨天 12:30", "2天前"),
    "a clock": ("12:34:56", "15:01:02"),
    "a clock with words": ("现在时间：2026年11月27日 12:34", "现在时间：2026年11月28日 09:10"),
    "the time of making": ("Page generated in 0.12 seconds", "Page generated in 1.98 seconds"),
    "the year of the copyright": ("© 2025 Tidewater Press", "© 2026 Tidewater Press"),
    "a heart": ("♥ 12", "♥ 15"),
    "people who read": ("5 people are reading this right now", "17 people are reading this right now"),
    "正在浏览": ("12人正在浏览", "19人正在浏览"),
    "已阅": ("已阅：123", "已阅：155"),
    "years ago, with a dot": ("Published 2 yrs. ago", "Published 3 yrs. ago"),
    "Stand": ("Stand: heute, 12:30 Uhr", "Stand: gestern, 14:30 Uhr"),
    "a column of views": (
        "| Thread | Views |\n|---|---|\n| How to do it well at night | 120 |",
        "| Thread | Views |\n|---|---|\n| How to do it well at night | 131 |",
    ),
    "counters of a list of links": (
        "- [One](https://e.org/1) · 12 comments\n- [Two](https://e.org/2) · 7 comments",
        "- [One](https://e.org/1) · 15 comments\n- [Two](https://e.org/2) · 9 comments",
    ),
    "a short session": ("[Tide](https://e.org/t?sid=abc123)", "[Tide](https://e.org/t?sid=zzz9)"),
    "a moment in a link": ("[Tide](https://e.org/t?ts=1712345678)", "[Tide](https://e.org/t?ts=1712349999)"),
    "an advert": ("Advertisement", "Sponsored"),
    "blanks": ("One  two\u00a0three", "One two\u2009three"),
    "blanks beside Han": ("重点 内容 2026", "重点内容2026"),
    "unseen characters": ("har\u00adbour", "harbour"),
    "a picture's host": ("![Sea](https://img1.cdn.org/a/b.jpg)", "![Sea](https://img9.cdn.net/a/b.jpg)"),
    "a picture's number": ("![Sea](https://e.org/b.jpg?v=12)", "![Sea](https://e.org/b.jpg?v=99&t=1)"),
    "a picture in a link": (
        "[![Sea](https://a.org/b.jpg?v=1)](https://e.org/s?sid=8f3ac01b)",
        "[![Sea](https://b.org/b.jpg)](https://e.org/s)",
    ),
    "a picture of a word": ("![[ok]](https://img1.e.org/ok.gif)", "![[ok]](https://img2.e.org/ok.gif?v=1)"),
    "a table written as HTML": (
        '<table><tr><td><a href="https://e.org/t?sid=8f3ac01b">Tide</a> <img src="https://a.org/b.jpg"/></td></tr></table>',
        '<table><tr> <td><a href="https://e.org/t">Tide</a><img src="https://b.org/b.jpg?v=1"/></td> </tr></table>',
    ),
    "utm": ("[Tide](https://e.org/t?utm_source=a)", "[Tide](https://e.org/t)"),
    "spm": ("[Tide](https://e.org/t?id=7&spm=a.b)", "[Tide](https://e.org/t?spm=c.d&id=7)"),
    "fbclid": ("[Tide](https://e.org/t?fbclid=a)", "[Tide](https://e.org/t?fbclid=b)"),
    "jsessionid": ("[Tide](https://e.org/t;jsessionid=AB12)", "[Tide](https://e.org/t;jsessionid=CD34)"),
    "PHPSESSID": ("[Tide](https://e.org/t?PHPSESSID=a)", "[Tide](https://e.org/t?PHPSESSID=b)"),
    "a token": ("[Tide](https://e.org/t?csrf_token=a&id=7)", "[Tide](https://e.org/t?csrf_token=b&id=7)"),
    "www": ("[Tide](https://www.e.org/t/)", "[Tide](http://e.org/t)"),
    "an enciphered mail address": (
        "[mail](https://e.org/cdn-cgi/l/email-protection#a1b2)",
        "[mail](https://e.org/cdn-cgi/l/email-protection#f9e8)",
    ),
    "related pages": (f"## Related articles\n\n{listed(1, 2, 3)}", f"## Related articles\n\n{listed(3, 4, 5, 6)}"),
    "相关阅读": (f"**相关阅读：**\n\n{listed(1, 2, 3)}", f"**相关阅读：**\n\n{listed(7, 8, 9)}"),
}

NEWS = {
    "a sentence": ("The quay is open.", "The quay is closed."),
    "a figure in prose": ("It took 11 tins of paint to do.", "It took 12 tins of paint to do."),
    "a figure that could be counted": ("The film had 123 views on day one.", "The film had 124 views on day one."),
    "a heading with a number": ("## 12 comments that changed us", "## 13 comments that changed us"),
    "a price": ("Price: 12.50 €", "Price: 13.00 €"),
    "a date": ("Published on 5 May 2026", "Published on 6 May 2026"),
    "日期": ("发布时间：2026-01-02 09:00", "发布时间：2026-01-03 09:00"),
    "日期 beside 浏览次数": ("2026-01-02 浏览次数：5", "2026-01-03 浏览次数：9"),
    "数字": ("全年接待游客123万人次", "全年接待游客124万人次"),
    "访问 in a sentence": ("全市访问量达到 123 人。", "全市访问量达到 124 人。"),
    "where a link leads": ("[The notice](https://e.org/n/1)", "[The notice](https://e.org/n/2)"),
    "the host of a link": ("[The notice](https://e.org/n)", "[The notice](https://f.org/n)"),
    "a parameter of a link": ("[The notice](https://e.org/n?id=1)", "[The notice](https://e.org/n?id=2)"),
    "a long id of a link": (
        "[The notice](https://e.org/n?id=5f3a9c0d7e1b2a4f6c8d9e0f)",
        "[The notice](https://e.org/n?id=6a3a9c0d7e1b2a4f6c8d9e0f)",
    ),
    "a picture": ("![Sea](https://e.org/a.jpg)", "![Sea](https://e.org/b.jpg)"),
    "a picture chosen by a parameter": ("![](https://e.org/p?id=1)", "![](https://e.org/p?id=2)"),
    "a cell of a table": ("| Day | Boats |\n|---|---|\n| 1 | 90 |", "| Day | Boats |\n|---|---|\n| 1 | 91 |"),
    "a link of a table written as HTML": (
        '<table><tr><td><a href="https://e.org/t/1">Tide</a></td></tr></table>',
        '<table><tr><td><a href="https://e.org/t/2">Tide</a></td></tr></table>',
    ),
    "the indent of code": ("```python\nif a:\n    b()\nc()\n```", "```python\nif a:\n    b()\n    c()\n```"),
    "a counter in code": ("```\n12 views\n```", "```\n13 views\n```"),
    "votes in a table": ("| Red | 5000 votes |\n| Blue | 70 votes |", "| Red | 50 votes |\n| Blue | 7000 votes |"),
    "访问人次 in a table": (
        "| 馆名 | 数据 |\n|---|---|\n| 市馆 | 访问人次：2200 |",
        "| 馆名 | 数据 |\n|---|---|\n| 市馆 | 访问人次：9900 |",
    ),
    "visitors in a column": (
        "| Year | Visitors |\n|---|---|\n| 2020 | 130 |",
        "| Year | Visitors |\n|---|---|\n| 2020 | 9 |",
    ),
    "votes of a list": ("- Yes: 500 votes\n- No: 20 votes", "- Yes: 20 votes\n- No: 500 votes"),
    "votes behind a dash": ("- Yes — 500 votes\n- No — 20 votes", "- Yes — 20 votes\n- No — 500 votes"),
    "访问量 of two": ("市馆 · 访问量 500\n\n区馆 · 访问量 20", "市馆 · 访问量 700\n\n区馆 · 访问量 20"),
    "points": ("Team A: 12 points\n\nTeam B: 9 points", "Team A: 9 points\n\nTeam B: 12 points"),
    "stars": ("Rating: 4 stars", "Rating: 1 stars"),
    "an answer": ("Answer: 42", "Answer: 43"),
    "参与人数": ("参与人数：500人", "参与人数：800人"),
    "the day of an event": ("Event: today 19:00", "Event: tomorrow 19:00"),
    "the time of an event": ("Meeting: today 19:00", "Meeting: today 20:00"),
    "a time below a heading": ("## Start\n\n19:30:00", "## Start\n\n20:30:00"),
    "a story by its sid": ("[The story](https://e.org/n?sid=5)", "[The story](https://e.org/n?sid=6)"),
    "a policy": ("[The rules](https://e.org/n?policy=privacy)", "[The rules](https://e.org/n?policy=refund)"),
    "a coin": ("[The rate](https://e.org/n?token=BTC)", "[The rate](https://e.org/n?token=ETH)"),
    "a number alone": ("[The node](https://e.org/node?123)", "[The node](https://e.org/node?124)"),
    "a day of a snapshot": ("[Then](https://e.org/n?ts=20200101)", "[Then](https://e.org/n?ts=20210101)"),
    "an enciphered slash": ("[The notice](https://e.org/a%2Fb)", "[The notice](https://e.org/a/b)"),
    "a new paragraph": ("One.", "One.\n\nTwo."),
    "a link of a list": (listed(1, 2, 3), listed(1, 2, 4)),
    "words of a related list that lead elsewhere": (
        f"## Related articles\n\n{listed(1, 2, 3)}",
        f"## Related articles\n\n{listed(1, 2, 3)}".replace("/story/3", "/story/9"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NOISE)
def test_noise_makes_no_page_another(kind: str) -> None:
    old, new = (page(block) for block in NOISE[kind])

    assert same(old, new)
    assert same(new, old)
    assert steady(old, new) == old


@pytest.mark.parametrize("kind", NEWS)
def test_news_is_news_both_ways(kind: str) -> None:
    old, new = (page(block) for block in NEWS[kind])

    assert not same(old, new)
    assert not same(new, old)
    assert steady(old, new) == new


@pytest.mark.parametrize("kind", NOISE)
def test_a_new_version_shows_what_changed_and_no_noise(kind: str) -> None:
    old, new = (page(block) for block in NOISE[kind])
    edited = new.replace("at six", "at seven")

    assert not same(old, edited)
    assert steady(old, edited) == old.replace("at six", "at seven")


def test_a_changed_line_keeps_the_spelling_of_its_addresses() -> None:
    line = "On [Monday](https://e.org/m?sid=8f3ac0{0}b) the ![sea](https://img{0}.e.org/s.jpg) took [{1}](https://e.org/n/{1})"
    old, new = page(line.format(1, 7)), page(line.format(2, 8))

    assert steady(old, new) == page(line.format(1, 7).replace("[7](https://e.org/n/7)", "[8](https://e.org/n/8)"))
    assert steady(f"```\n{old}\n```", f"```\n{new}\n```") == f"```\n{new}\n```"


def test_a_list_at_the_end_of_a_page_rotates_only_below_a_heading_that_says_so() -> None:
    text = page() * 9

    assert same(text + "## Read next\n\n" + listed(1, 2, 3, 4), text + "## Read next\n\n" + listed(4, 5, 6, 7))
    assert not same(text + listed(1, 2, 3, 4), text + listed(4, 5, 6, 7))
    assert not same(text + listed(1, 2, 3, 4), text + listed(1, 2, 3, 5))


@pytest.mark.parametrize(
    "heading", ["附件：", "相关文件", "Annexes:", "Related documents", "Latest releases", "Downloads"]
)
def test_a_list_of_annexes_belongs_to_the_text_and_is_never_learnt(heading: str) -> None:
    old, new = (page(*[PROSE] * 9, heading, listed(*numbers)) for numbers in ((1, 2, 3), (4, 5, 6)))

    assert not same(old, new)
    assert learn(old, new, NOTHING) is None


@pytest.mark.parametrize("end", [".pdf", ".doc", ".xlsx?id=4", ".zip"])
def test_a_list_of_files_never_rotates_whatever_stands_above_it(end: str) -> None:
    def files(*numbers: int) -> str:
        return "\n".join(f"- [File {number}](https://example.org/{number}{end})" for number in numbers)

    old, new = (page("## Related articles", files(*numbers)) for numbers in ((1, 2, 3), (4, 5, 6)))

    assert not same(old, new)


def test_a_page_that_is_a_list_is_no_list_beside_a_text() -> None:
    assert not same(listed(1, 2, 3, 4), listed(4, 5, 6, 7))
    assert learn(listed(1, 2, 3, 4), listed(1, 2, 3, 7), NOTHING) is None


# --- what is learnt --------------------------------------------------------------------------------------------------


def refreshed(bodies: list[str]) -> tuple[list[int], Learnt]:
    """The places of the bodies that made a version, as refreshes find them one after the other; what is known then."""
    last, learnt, versions = bodies[0], NOTHING, []
    for number, body in enumerate(bodies[1:], 1):
        was_same = same(last, body, learnt)
        told = learn(last, body, learnt)
        if not was_same:
            versions.append(number)
            last = steady(last, body, learnt)
        learnt = learnt if told is None else told
    return versions, learnt


FLICKER = {
    "a number": [f"Depth today: {number}" for number in (3, 5, 4, 6, 5, 7, 8)],
    "a date": [f"Friday, November {number}, 2026" for number in range(1, 8)],
    "a list in the midst": [listed(*range(number, number + 4)) for number in range(7)],
}


@pytest.mark.parametrize("kind", FLICKER)
def test_a_region_that_flickers_twice_in_a_row_is_learnt(kind: str) -> None:
    versions, learnt = refreshed([page(block, *[PROSE] * 9) for block in FLICKER[kind]])

    assert versions == [1, 2]
    assert [region.is_learnt for region in learnt.regions] == [True]
    assert learnt.regions[0].sample[:12] == FLICKER[kind][1][:12]


def test_a_figure_that_changed_once_and_stood_still_is_news_again() -> None:
    bodies = [page(f"Depth today: {number}") for number in (3, 5, 5, 6, 6, 7)]

    assert refreshed(bodies) == ([1, 3, 5], refreshed(bodies)[1])
    assert not any(region.is_learnt for region in refreshed(bodies)[1].regions)


def test_what_came_to_rest_is_told_at_last() -> None:
    moving, at_rest = [3, 5, 4, 6], [9] * (sameness.REST + 2)

    versions, learnt = refreshed([page(f"Depth today: {number}") for number in moving + at_rest])

    assert versions == [1, 2, len(moving) + sameness.REST + 1]
    assert not any(region.is_learnt for region in learnt.regions)


def test_prose_is_never_learnt() -> None:
    bodies = [page(f"The harbour master counted {number} boats on that day") for number in range(6)]

    assert refreshed(bodies) == ([1, 2, 3, 4, 5], NOTHING)


def test_headings_are_never_learnt() -> None:
    assert refreshed([page(f"## Day {number}") for number in range(5)]) == ([1, 2, 3, 4], NOTHING)


def test_nothing_is_learnt_while_something_else_changes() -> None:
    bodies = [page(f"Depth today: {number}", f"Sentence number {number} is another one.") for number in range(4)]

    assert refreshed(bodies) == ([1, 2, 3], NOTHING)


def test_a_learnt_region_hides_nothing_else() -> None:
    depths = [page(f"Depth today: {number}", "Width: 7") for number in range(4)]
    _, learnt = refreshed(depths)

    assert same(depths[0], depths[3], learnt)
    assert not same(depths[0], depths[3].replace("Width: 7", "Width: 8"), learnt)
    assert not same(depths[0], depths[3].replace("at six", "at seven"), learnt)
    assert not same(depths[0], depths[3].replace("Depth today", "Depth now"), learnt)


def test_what_is_learnt_is_bounded() -> None:
    bodies = [page(*[f"{PROSE.strip()} {at}\n\nDepth: {at + number}" for at in range(99)]) for number in range(3)]

    _, learnt = refreshed(bodies)

    assert len(learnt.regions) == sameness.MOST


def test_a_page_the_server_calls_unmodified_does_not_flicker() -> None:
    noted = learn(page("Depth: 1"), page("Depth: 2"), NOTHING) or NOTHING
    learnt = learn(page("Depth: 2"), page("Depth: 3"), noted) or NOTHING

    assert noted.at_rest() == NOTHING
    assert len(learnt.at_rest().regions) == 1
    for _ in range(sameness.REST):
        learnt = learnt.at_rest()
    assert learnt == NOTHING


def test_what_is_learnt_comes_back_from_its_packing() -> None:
    _, learnt = refreshed([page(block, *[PROSE] * 9) for block in FLICKER["a list in the midst"]])

    assert unpacked(packed(learnt)) == learnt
    assert unpacked("[[1]]") == unpacked("nonsense") == unpacked("7") == NOTHING


# --- properties ------------------------------------------------------------------------------------------------------

BLOCKS = st.one_of(
    st.sampled_from([block for pair in [*NOISE.values(), *NEWS.values()] for block in pair]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=60),
)
BODIES = st.lists(BLOCKS, max_size=8).map("\n\n".join)


@given(BODIES)
def test_every_body_is_the_same_as_itself(body: str) -> None:
    copy = body + "\n"  # not the same object, nor the same text

    assert same(body, copy)
    assert same(body, body)
    assert essence(body) == essence(copy)
    assert learn(body, copy, NOTHING) is None


@given(BODIES, BODIES)
def test_sameness_has_no_direction(one: str, other: str) -> None:
    assert same(one, other) == same(other, one)


@given(BODIES, BODIES)
def test_a_steady_body_says_what_the_new_one_says(old: str, new: str) -> None:
    written = steady(old, new)

    assert same(written, new)
    assert steady(old, written) == written


WORDS = st.lists(st.sampled_from("ferry quay views 12 comments fog 3 hours ago boats 浏览 people".split()), min_size=3)


@given(BODIES, WORDS, WORDS, BODIES)
def test_a_changed_sentence_is_never_the_same(before: str, one: list[str], other: list[str], after: str) -> None:
    assume(one != other)
    old, new = (f"{before}\n\nIt is said that {' '.join(words)} today.\n\n{after}" for words in (one, other))

    assume(not before.count("```") and not before.count("~~~"))
    assert not same(old, new)
    assert learn(old, new, NOTHING) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", ["{0} views of number {0}", "- [Story {0}](https://e.org/{0}) · {0} comments", "浏览次数：{0}"]
)
def test_a_megabyte_of_short_lines_is_compared_soon(line: str) -> None:
    old = "\n\n".join(line.format(number) for number in range(990_000 // (len(line) + 8)))
    begun = time.process_time()

    same(old, old + "\n\nMore.")
    steady(old, old + "\n\nMore.")

    assert time.process_time() - begun < 20  # no bound at all would be minutes
