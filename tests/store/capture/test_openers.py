"""Who opened a thread, mails and questions that stand alone, and what of posts is neither name nor text."""

from __future__ import annotations

import pytest

from pages import PROSE
from store.capture.choose import cut
from store.capture.convert import convert
from store.capture.converted import Converted
from store.capture.metadata.names import name_in
from store.capture.posts import read_said
from store.capture.posts.names import cleaned
from store.capture.tree import parse

URL = "https://forum.example/t/tides"
ONE, TWO, THREE = (f"<p>{sentence}</p>" for sentence in PROSE[:3])
LETTER = f"{PROSE[0]}\n{PROSE[1]}\n{PROSE[2]}\n"

DISCUZ = """<div id="post_71"><table id="pid71"><tr><td class="pls"><div class="pi"><div class="authi"><a
 href="space-uid-7.html" class="xw1">1657811359</a></div></div></td><td class="plc"><div class="pti"><div class="authi">
<em id="authorposton71">发表于 2024-5-18 19:27:00</em> <a>只看该作者</a> 来自 - 四川 |<a href="#">倒序浏览</a> |<a
 href="#">阅读模式</a></div></div><div id="postmessage_71">{0}</div></td></tr></table></div><div id="post_72"><table
 id="pid72"><tr><td class="pls"><div class="pi"><div class="authi"><a href="space-uid-8.html">海风</a></div></div></td>
<td class="plc"><div class="pti"><div class="authi"><em id="authorposton72">发表于 2024-5-21 08:01:00</em></div></div>
<div id="postmessage_72">{1}</div></td></tr></table></div>"""
HOMELAND = """<div class="topic-detail card"><div class="card-header"><h1>Tides</h1><div class="info"><a
 data-author="true" class="user-name" href="/ida">ida</a> · <abbr class="timeago" title="2024年04月22日">1 月前</abbr>
 最后由 <a class="user-name" href="/ole">ole</a> 回复于 <abbr class="timeago" title="2024年05月08日">19
 天前</abbr></div></div><div class="card-body">{0}</div></div><div id="replies"><div class="reply"
 data-id="380869"><div id="reply-380869"><div class="info"><a class="user-name" href="/ole">ole</a> <abbr
 class="timeago" title="2024年04月24日">1 月前</abbr></div><div class="markdown">{1}</div></div></div><div class="reply"
 data-id="380871"><div id="reply-380871"><div class="info"><a class="user-name" href="/max">max</a> <abbr
 class="timeago" title="2024年04月25日">1 月前</abbr></div><div class="markdown">{2}</div></div></div></div>"""
PHPBB = """<div id="p71" class="post bg2"><div class="postbody"><p class="author">by <strong>ida</strong> » Sat Feb 24,
 2024 5:12 pm</p><div class="content">{0}</div><div id="sig71" class="signature">{2}</div></div></div><div id="p72"
 class="post bg1"><div class="postbody"><p class="author">by <strong>ole</strong> » Sun Feb 25, 2024 8:01 am</p><div
 class="content">{1}</div></div></div>"""
LONE = """<div itemscope itemtype="https://schema.org/Question" class="question"><h1 itemprop="name">Tides</h1><div
 class="post" itemprop="text">{0}{1}</div><time itemprop="dateCreated" datetime="2011-03-01T10:00:05">1 March</time>
 <span itemprop="author" itemscope><span itemprop="name">ida</span></span></div>"""
PIPERMAIL = f"""<H1>[Tides] Gauge stopped</H1><B>Ida Holm</B> <A HREF="mailto:tides%40lists.example?Subject=Re">ida at
 quay.example</A><BR><I>Tue Mar  1 10:00:05 CET 2011</I><P><UL><LI>Previous message: <A HREF="1.html">Buoys</A></LI><LI>
<B>Messages sorted by:</B> <a href="date.html">[ date ]</a></LI></UL><HR><PRE>{LETTER}</PRE>"""
MHONARC = f"""<h1>Gauge stopped</h1><ul><li><em>From</em>: Ida Holm &lt;<a href="mailto:i">ida@HIDDEN</a>&gt;</li><li>
<em>To</em>: tides@lists.example</li><li><em>Date</em>: Tue, 01 Mar 2011 10:00:05 +0100</li></ul><hr>
<pre>{LETTER}</pre>"""


def converted(inner: str, head: str = "", url: str = URL) -> Converted:
    page = f"<html><head><title>Tides</title>{head}</head><body>{inner}</body></html>"
    return convert(page.encode(), url, "text/html", "utf-8")


def test_buttons_are_no_poster_and_a_number_may_be_one() -> None:
    found = converted(DISCUZ.format(ONE, TWO), '<meta name="author" content="Discuz! Team and Comsenz UI Team">')

    assert "**1657811359**, 2024-05-18 19:27" in found.markdown
    assert "**海风**, 2024-05-21 08:01" in found.markdown
    assert found.author == "1657811359"


def test_the_first_post_of_a_thread_that_is_built_unlike_the_answers_has_its_line() -> None:
    found = converted(HOMELAND.format(ONE, TWO, THREE))

    lines = [line for line in found.markdown.split("\n") if line.startswith("**")]
    assert lines == ["**ida**, 2024-04-22", "**ole**, 2024-04-24", "**max**, 2024-04-25"]
    assert found.author == "ida"


def test_an_article_over_its_comments_is_no_first_post() -> None:
    head = "<span class='user-name'>Ida</span> <time datetime='2024-05-01'>1 May</time>"
    blog = f"<div class='text'>{head}{ONE}{THREE}</div>"
    comments = "".join(
        f"<div class='comment' id='comment-{number}1'><span class='user-name'>{name}</span> <time"
        f" datetime='2024-05-0{number}'>then</time>{TWO}</div>"
        for number, name in ((2, "ole"), (3, "max"))
    )

    found = converted(f"<h1>Tides</h1>{blog}{comments}")

    assert "**Ida**" not in found.markdown
    assert found.author not in ("ole", "max")


def test_a_signature_is_no_text_of_a_post() -> None:
    markdown = converted(PHPBB.format(ONE, TWO, THREE)).markdown

    assert PROSE[0] in markdown
    assert PROSE[2] not in markdown


@pytest.mark.parametrize("url", [URL + "?page=2", URL + "/page-3", "https://forum.example/search?q=tide"])
def test_a_later_page_does_not_tell_who_opened_the_thread(url: str) -> None:
    page = cut(parse(f"<html><body>{PHPBB.format(ONE, TWO, '')}</body></html>", url))
    kept = [any(sentence in block.text for sentence in PROSE) for block in page.blocks]

    assert read_said(page, kept, URL).opener == "ida"
    assert read_said(page, kept, url).opener is None


def test_one_who_only_answered_is_not_the_author() -> None:
    assert converted(PHPBB.format(ONE, TWO, ""), '<meta name="author" content="ole">').author == "ida"
    assert converted(PHPBB.format(ONE, TWO, ""), '<meta name="author" content="Ida Holm">').author == "Ida Holm"


def test_a_question_without_answers_says_who_asked() -> None:
    found = converted(LONE.format(ONE, TWO))

    assert "**ida**, 2011-03-01 10:00" in found.markdown
    assert found.author == "ida"


@pytest.mark.parametrize("mail", [PIPERMAIL, MHONARC])
def test_a_single_mail_says_who_wrote_it_and_when(mail: str) -> None:
    found = converted(mail, url="https://lists.example/pipermail/tides/000001.html")

    assert found.markdown.count("**Ida Holm**, 2011-03-01 10:00\n\n```\n") == 1
    assert "Previous message" not in found.markdown
    assert found.author == "Ida Holm"


def test_a_letter_in_place_of_a_picture_is_no_name() -> None:
    posts = "".join(
        f'<article class="message" id="js-post-{number}7"><a class="avatar" href="/members/{name}.{number}/"><span'
        f' aria-label="{name}">{name[0].upper()}</span></a><time datetime="2024-05-0{number}">1d</time>{text}</article>'
        for number, name, text in ((1, "ridwan123", ONE), (2, "ole", TWO))
    )

    assert "**ridwan123**, 2024-05-01" in converted(posts).markdown


@pytest.mark.parametrize(
    "words", ["阅读模式", "倒序浏览", "收藏0", "6 天前", "来自 - 四川", "Joined 2002", "Topic Author", "12", "发消息"]
)
def test_the_furniture_of_a_forum_is_nobody(words: str) -> None:
    assert cleaned(words) is None


@pytest.mark.parametrize(
    "maker",
    ["Discuz! Team and Comsenz UI Team", "vBulletin Solutions, Inc.", "phpBB Group", "FlaskBB Team", "WordPress"],
)
def test_the_makers_of_a_forum_wrote_nothing_in_it(maker: str) -> None:
    assert name_in(maker) is None
