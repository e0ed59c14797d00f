"""Who said what when: each post of a thread gets one line with its author and its date, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import PROSE, article
from store.capture.choose.blocks import Page, cut
from store.capture.convert import convert
from store.capture.posts import read_said
from store.capture.tree import parse

GOLDEN = Path(__file__).parents[2] / "golden" / "forum-posts"
URL = "https://forum.example/t/tides"
ONE, TWO, THREE = (f"<p>{sentence}</p>" for sentence in PROSE[:3])

Told = list[tuple[str | None, str | None]]


def cut_thread(inner: str) -> tuple[Page, list[bool]]:
    """A page, and its blocks of which only prose is kept."""
    page = cut(parse(f"<html><body>{inner}</body></html>", URL))
    return page, [any(sentence in block.text for sentence in PROSE) for block in page.blocks]


def told_by(inner: str) -> Told:
    """The name and the time of each post."""
    page, kept = cut_thread(inner)
    return [(line.name, line.time) for line in read_said(page, kept, URL).lines]


XENFORO = """<div class="block-body"> <article class="message message--post" data-author="Ida" id="js-post-11"><div
 class="message-inner"> <div class="message-cell message-cell--user"><section class="message-user"><div
 class="message-avatar"><a href="/members/ida.1/"> I</a></div><h4 class="message-name"><a href="/members/ida.1/"
 class="username">Ida</a></h4>Joined Aug 21, 2013</section></div> <div class="message-cell message-cell--main"><header
 class="message-attribution"><time class="u-dt" datetime="2024-07-09T15:10:31-0700">Yesterday at 3:10
 PM</time></header><div class="bbWrapper">{0}</div> <div class="message-lastEdit">Last edited: <time class="u-dt"
 datetime="2024-09-06T13:00:55-0700">Sep 6, 2024</time></div></div> </div></article> <article class="message
 message--post" data-author="Ole" id="js-post-12"><header class="message-attribution"><time class="u-dt"
 datetime="2024-07-10T00:47:44-0700">Today</time></header><div class="bbWrapper"><blockquote data-author="Ida">Ida
 said: the tide</blockquote>{1}</div></article></div>"""
PHPBB = """<div id="p71" class="post bg2"><dl class="postprofile" id="profile71"><dt><a
 href="./memberlist.php?mode=viewprofile&u=7" class="username">ida</a></dt><dd>Posts: 12</dd><dd>Joined: Mon Jan 02,
 2012 9:00 am</dd></dl><div class="postbody"> <h3><a href="#p71">Tides</a></h3><p class="author">by
 <strong>ida</strong> » Sat Feb 24, 2024 5:12 pm</p><div class="content">{0}</div> </div></div><div id="p72"
 class="post bg1"><dl class="postprofile" id="profile72"><dt><a href="./memberlist.php?mode=viewprofile&u=8"
 class="username">ole</a></dt></dl><div class="postbody"><h3><a href="#p72">Re: Tides</a></h3><p class="author">by
 <strong>ole</strong> » Sun Feb 25, 2024 8:01 am</p><div class="content">{1}</div></div></div>"""
VBULLETIN = """<table id="post21"><tr><td class="thead">11-29-2024, 09:03 AM</td></tr><tr><td><div id="postmenu_21">
 <a class="bigusername" href="member.php?u=7">ida</a></div></td><td id="td_post_21"><div
 id="post_message_21">{0}</div></td></tr></table> <table id="post22"><tr><td class="thead">03-04-2024, 01:50
 PM</td></tr><tr><td><div id="postmenu_22"> <a class="bigusername" href="member.php?u=8">ole</a></div></td><td
 id="td_post_22"><div id="post_message_22">{1}</div></td></tr></table>"""
DISCOURSE = """<div itemscope itemtype="http://schema.org/DiscussionForumPosting"> <div id="post_1" class="topic-body
 crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope> <a
 href="/u/ida"><span itemprop="name">ida</span></a> (Ida Holm)</span><span class="crawler-post-infos"><time
 itemprop="datePublished" datetime="2024-11-08T19:33:08Z" class="post-time">November 8, 2024, 7:33pm</time><meta
 itemprop="dateModified" content="2025-01-01T00:00:00Z"></span></div><div class="post" itemprop="text">{0}</div></div>
 <div id="post_2" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body
 crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope><a href="/u/ole"><span
 itemprop="name">ole</span></a></span> <time itemprop="datePublished"
 datetime="2024-11-08T20:42:42Z">8</time></div><div class="post" itemprop="text">{1}</div></div></div>"""
STACK = """<div itemscope itemtype="https://schema.org/Question"><div class="question" id="question"><div
 class="js-post-body">{0}</div> <div class="post-signature"><div class="user-info"><div
 class="user-action-time"><a>edited <span title="2020-11-09 19:28:00Z" class="relativetime">Nov 9,
 2020</span></a></div><div class="user-details"><a href="/users/3/max">Max</a></div></div></div> <div
 class="post-signature owner"><div class="user-info"><div class="user-action-time">asked <span title="2011-02-11
 23:49:17Z" class="relativetime">Feb 11, 2011</span></div><div class="user-details" itemprop="author" itemscope><a
 href="/users/4/ida">Ida</a> <span class="reputation-score">159</span></div></div></div></div> <div id="answer-72"
 class="answer" itemscope itemtype="https://schema.org/Answer"><div class="js-post-body">{1}</div> <time
 itemprop="dateCreated" datetime="2011-02-12 01:01:43Z"></time><div class="user-details" itemprop="author" itemscope>
 <a href="/users/5/ole">Ole</a></div><ul><li id="comment-9" class="comment" itemscope
 itemtype="https://schema.org/Comment"> <span itemprop="author">Max</span><span itemprop="datePublished">2016-09-19
 14:47:46</span>No need</li></ul></div></div>"""
HACKERS = """<table><tr class="athing comtr" id="111222"><td><table><tr><td class="default"><div><span
 class="comhead"><a href="user?id=ida" class="hnuser">ida</a> <span class="age" title="2024-05-01T13:20:11
 1714569611"><a>3 hours ago</a></span></span></div><div class="comment"> <div
 class="commtext">{0}</div></div></td></tr></table></td></tr><tr class="athing comtr" id="111223"><td><table><tr><td
 class="default"> <div><span class="comhead"><a href="user?id=ole" class="hnuser">ole</a> <span class="age"
 title="2024-05-01T14:02:00 1714572120"><a>2 hours ago</a></span></span></div><div class="comment"><div
 class="commtext">{1}</div></div></td></tr></table></td></tr></table>"""
REDDIT = """<div class="sitetable"><div class="thing comment" id="thing_t1_aaa" data-author="ida"><div
 class="entry"><p class="tagline"> <a class="author" href="/user/ida">ida</a> <time
 datetime="2026-03-04T18:58:33+00:00">17 hours ago</time></p><div class="md">{0}</div></div> <div class="child"><div
 class="thing comment" id="thing_t1_aab" data-author="ole"><div class="entry"><p class="tagline"><a class="author"
 href="/user/ole">ole</a> <time datetime="2026-03-04T19:34:00+00:00">16 hours ago</time></p><div
 class="md">{1}</div></div></div> <div class="thing comment" id="thing_t1_aac" data-author="ida"><div class="entry"><p
 class="tagline"><time datetime="2026-03-05T00:01:00+00:00">1 hour ago</time></p><div
 class="md">{2}</div></div></div></div></div></div>"""
GITHUB = """<div class="timeline-comment" id="issue-71"><h3><a class="author" href="/ida">ida</a> opened
 <relative-time datetime="2023-02-03T04:05:06Z">Feb 3, 2023</relative-time></h3><div
 class="comment-body">{0}</div></div><div class="timeline-comment" id="issuecomment-72"><h3><a class="author"
 href="/ole">ole</a> commented <relative-time datetime="2023-02-04T10:00:00Z">last year</relative-time></h3><div
 class="comment-body">{1}</div></div>"""
INVISION = """<article id="elComment_71" class="cPost ipsBox"><aside class="ipsComment_author cAuthorPane"><h3
 class="cAuthorPane_author"> <a href="/profile/7-ida/">Ida</a></h3><ul
 class="cAuthorPane_info"><li>Members</li></ul></aside><div class="ipsComment_meta">Posted <time
 datetime="2024-03-19T21:22:50Z">March 19</time></div><div class="cPost_contentWrap">{0}</div></article><article
 id="elComment_72" class="cPost ipsBox"><aside class="ipsComment_author cAuthorPane"><h3 class="cAuthorPane_author"><a
 href="/profile/8-ole/">Ole</a></h3> </aside><div class="ipsComment_meta">Posted <time
 datetime="2024-03-20T08:00:00Z">March 20</time></div>{1}</article>"""
FLUX = """<div id="p71" class="blockpost"><h2><span>#1 <a href="v?pid=71#p71">2025-11-01 15:12:01</a></span></h2><div
 class="postleft"><dl><dt> <strong>ida</strong></dt><dd>Member</dd><dd>Registered: 2011-01-02</dd></dl></div><div
 class="postright"><div class="postmsg">{0}</div></div> </div><div id="p72" class="blockpost"><h2><span>#2 <a
 href="v?pid=72#p72">2025-11-02 08:00:00</a></span></h2><div class="postleft"><dl><dt>
 <strong>ole</strong></dt></dl></div><div class="postright"><div class="postmsg">{1}</div></div></div>"""
DISCUZ = """<div id="post_71"><table id="pid71"><tr><td class="pls"><div class="pi"><div class="authi"><a
 href="space-uid-7.html">潮汐</a></div> </div></td><td class="plc"><div class="pti"><div class="authi"><em
 id="authorposton71">发表于 <span title="2024-4-11 11:52:24">6 天前</span></em> <a>只看该作者</a></div></div><div
 id="postmessage_71">{0}</div></td></tr></table></div><div id="post_72"><table id="pid72"><tr><td class="pls"> <div
 class="pi"><div class="authi"><a href="space-uid-8.html">海风</a></div></div></td><td class="plc"><div class="pti"><div
 class="authi"> <em id="authorposton72">发表于 2024-4-12 08:01:00</em></div></div><div
 id="postmessage_72">{1}</div></td></tr></table></div>"""
V2EX = """<div class="box"><div id="r_7001" class="cell"><table><tr><td><strong><a href="/member/ida"
 class="dark">ida</a></strong> <span class="ago" title="2024-05-01 12:00:00 +08:00">35 天前</span><div
 class="reply_content">{0}</div></td></tr></table></div> <div id="r_7002" class="cell"><table><tr><td><strong><a
 href="/member/ole" class="dark">ole</a></strong> <span class="ago" title="2024-05-01 12:30:00 +08:00">35
 天前</span><div class="reply_content">{1}</div></td></tr></table></div></div>"""
BBPRESS = """<ul><li><div class="post-71 reply odd"><div class="bbp-reply-author"><a class="bbp-author-link"
 href="/users/ida/"> <span class="bbp-author-name">Ida</span></a><div
 class="bbp-author-role">Participant</div></div><div class="bbp-meta"><span class="bbp-reply-post-date">May 3, 2024 at
 9:46 am</span></div><div class="bbp-reply-content">{0}</div></div></li><li><div class="post-72 reply even"><div
 class="bbp-reply-author"><a class="bbp-author-link" href="/users/ole/"><span class="bbp-author-name">Ole</span>
 </a></div><span class="bbp-reply-post-date">May 4, 2024 at 10:00 am</span><div
 class="bbp-reply-content">{1}</div></div></li></ul>"""
HYPERKITTY = """<div class="email" id="AAA"><div class="email-header"><div class="email-author"><h2 class="name"><a
 href="/users/1/">Ida</a></h2> </div><div class="email-date"><span title="Sender's time: 2024-05-01 13:20:00">1
 May</span></div></div><div class="email-body">{0}</div></div> <div class="email" id="BBB"><div
 class="email-author"><h2 class="name"><a href="/users/2/">Ole</a></h2></div><div class="email-date"><span
 title="Sender's time: 2024-05-02 08:00:00">2 May</span></div><div class="email-body">{1}</div></div>"""
FLARUM = """<div><article><div class="PostUser"><h3 class="PostUser-name">ida</h3></div><div
 class="Post-body">{0}</div></article></div> <div><article><div class="PostUser"><h3
 class="PostUser-name">ole</h3></div><div class="Post-body">{1}</div></article></div>"""

PLATFORMS: list[tuple[str, str, Told]] = [
    ("XenForo", XENFORO, [("Ida", "2024-07-09 15:10"), ("Ole", "2024-07-10 00:47")]),
    ("phpBB", PHPBB, [("ida", "2024-02-24 17:12"), ("ole", "2024-02-25 08:01")]),
    ("vBulletin", VBULLETIN, [("ida", "2024-11-29 09:03"), ("ole", "03-04-2024, 01:50 PM")]),
    ("Discourse", DISCOURSE, [("ida", "2024-11-08 19:33"), ("ole", "2024-11-08 20:42")]),
    ("Stack Exchange", STACK, [("Ida", "2011-02-11 23:49"), ("Ole", "2011-02-12 01:01")]),
    ("Hacker News", HACKERS, [("ida", "2024-05-01 13:20"), ("ole", "2024-05-01 14:02")]),
    ("Reddit", REDDIT, [("ida", "2026-03-04 18:58"), ("ole", "2026-03-04 19:34"), ("ida", "2026-03-05 00:01")]),
    ("GitHub", GITHUB, [("ida", "2023-02-03 04:05"), ("ole", "2023-02-04 10:00")]),
    ("Invision", INVISION, [("Ida", "2024-03-19 21:22"), ("Ole", "2024-03-20 08:00")]),
    ("FluxBB", FLUX, [("ida", "2025-11-01 15:12"), ("ole", "2025-11-02 08:00")]),
    ("Discuz", DISCUZ, [("潮汐", "2024-04-11 11:52"), ("海风", "2024-04-12 08:01")]),
    ("V2EX", V2EX, [("ida", "2024-05-01 12:00"), ("ole", "2024-05-01 12:30")]),
    ("bbPress", BBPRESS, [("Ida", "2024-05-03 09:46"), ("Ole", "2024-05-04 10:00")]),
    ("HyperKitty", HYPERKITTY, [("Ida", "2024-05-01 13:20"), ("Ole", "2024-05-02 08:00")]),
    ("Flarum", FLARUM, [("ida", None), ("ole", None)]),
]


@pytest.mark.parametrize(("markup", "told"), [each[1:] for each in PLATFORMS], ids=[each[0] for each in PLATFORMS])
def test_each_post_says_who_wrote_it_and_when(markup: str, told: Told) -> None:
    assert told_by(markup.format(ONE, TWO, THREE)) == told


def test_the_thread_is_kept_with_a_line_at_the_head_of_each_post() -> None:
    page = (GOLDEN / "page.html").read_bytes()

    markdown = convert(page, URL, "text/html", None).markdown

    assert markdown == (GOLDEN / "page.md").read_text(encoding="utf-8")


def test_a_post_whose_text_is_dropped_gets_no_line() -> None:
    assert told_by(REDDIT.format(ONE, TWO, "<p>ok</p>")) == [("ida", "2026-03-04 18:58"), ("ole", "2026-03-04 19:34")]


def test_an_answer_to_an_answer_is_a_post_of_its_own() -> None:
    answers = "".join(
        f"<div class='comment'><span class='author'>{name}</span> <time datetime='{day}'>1d</time>{text}"
        for name, day, text in (("ida", "2024-05-01", ONE), ("ole", "2024-05-02", TWO), ("ida", "2024-05-03", THREE))
    )

    assert told_by(answers + "</div>" * 3) == [("ida", "2024-05-01"), ("ole", "2024-05-02"), ("ida", "2024-05-03")]


def test_an_article_with_comments_below_that_are_dropped_has_no_lines() -> None:
    comments = (REDDIT.format("<p>first</p>", "<p>second</p>", "<p>third</p>"),)

    assert (
        told_by(f"<article class='post' id='post-12'><p>By Ida, May 3, 2024</p>{ONE}{TWO}</article>{comments[0]}") == []
    )


def test_teasers_with_names_and_dates_are_no_thread() -> None:
    teasers = "".join(
        f"<article class='post' id='post-{number}'><h2><a href='/{number}/tide'>Tide {number}</a></h2>"
        f"<span class='author'>Ida</span> <time datetime='2024-05-0{number}'>May {number}</time>{text}</article>"
        for number, text in enumerate((ONE, TWO, THREE), 1)
    )

    assert told_by(teasers) == []


def test_products_and_the_words_of_customers_are_no_thread() -> None:
    products = "".join(
        f"<li class='product-item' id='item-{n}9'><h3>Rope</h3>{ONE}<b>{n} €</b></li>" for n in (1, 2, 3)
    )
    customers = "".join(f"<div class='entry'>{text}<span class='author'>Ida Holm</span></div>" for text in (ONE, TWO))

    assert told_by(f"<ul>{products}</ul>") == []
    assert told_by(customers) == []


def test_what_is_said_by_the_clock_only_is_no_date() -> None:
    relative = " ".join(HACKERS.split()).replace('title="2024-05-01T13:20:11 1714569611"', "").format(ONE, TWO)

    assert told_by(relative) == [("ida", None), ("ole", "2024-05-01 14:02")]


def test_the_page_s_own_line_makes_way() -> None:
    page, kept = cut_thread(PHPBB.format(ONE, TWO))
    kept = [stays or "Feb" in block.text for stays, block in zip(kept, page.blocks, strict=True)]

    said = read_said(page, kept, URL)

    assert len(said.lines) == 2
    assert [page.blocks[number].text for number in sorted(said.instead_of)] == [
        "by ida » Sat Feb 24, 2024 5:12 pm",
        "by ole » Sun Feb 25, 2024 8:01 am",
    ]


def test_an_edited_post_changes_only_itself() -> None:
    before = convert(_thread(ONE).encode(), URL, "text/html", None).markdown.split("\n")
    after = convert(_thread(PROSE[4]).encode(), URL, "text/html", None).markdown.split("\n")

    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [(PROSE[0], PROSE[4])]


def _thread(first: str) -> str:
    return f"<html><head><title>Tides</title></head><body><h1>Tides</h1>{XENFORO.format(first, TWO)}</body></html>"


def test_an_ordinary_article_stays_as_it_is() -> None:
    assert "**" not in convert(article().encode(), URL, "text/html", None).markdown
