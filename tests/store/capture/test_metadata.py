"""What a page says of itself, rule by rule, on pages of a few lines."""

from __future__ import annotations

import pytest

from store import frontmatter
from store.capture.convert import convert
from store.capture.explain import explain
from store.capture.metadata import Metadata, language_of, read_metadata
from store.capture.metadata.day import day_in
from store.capture.tree import parse
from store.link import Link

URL = "https://www.tidewater.example/notes/marsh.html"
TEXT = "<p>" + "The marsh rises with the mud that every flood leaves behind, a little each year. " * 6 + "</p>"
HAN_TEXT = "<p>" + "各市、县（市、区）人民政府，市级有关单位要结合实际，认真贯彻执行本办法。" * 6 + "</p>"


def said(body: str, head: str = "", url: str = URL, lang: str = "en") -> Metadata:
    return read_metadata(parse(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>', url), url)


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


# --- title and site -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "title", "source"),
    [
        ("<title>How a marsh grows | Tidewater</title>", "<h1>How a marsh grows</h1>", "How a marsh grows", "h1"),
        ("<title>湿地如何生长_科学频道_潮水网</title>", "<h3>热点</h3>", "湿地如何生长", "title"),
        ('<title>x</title><meta name="ArticleTitle" content="关于湿地保护的通知">', "", "关于湿地保护的通知",
         "meta articletitle"),
        ('<meta property="og:title" content="Grow &amp;amp; rise">', "", "Grow & rise", "meta og:title"),
        ("<title>Tidewater: How a marsh grows</title>", "<h1>Tidewater</h1><h2>How a marsh grows</h2>",
         "How a marsh grows", "h2"),
        ("<title>How a marsh grows - Tidewater</title>", "<h1><span>Science</span> <b>How a marsh grows</b></h1>",
         "How a marsh grows", "h1"),
        ("<title>(3) How a marsh grows</title>", "", "How a marsh grows", "title"),
    ],
)  # fmt: skip
def test_the_title_is_the_articles_and_not_the_sites(head: str, body: str, title: str, source: str) -> None:
    found = said(body + TEXT, head)

    assert (found.title, found.sources["title"]) == (title, source)


def test_a_dash_inside_a_heading_is_no_site() -> None:
    found = said(
        "<h1>Dog chases burglar – witnesses wanted</h1>" + TEXT,
        "<title>Dog chases burglar – witnesses wanted | Press</title>",
    )

    assert found.title == "Dog chases burglar – witnesses wanted"


def test_the_only_heading_of_an_article_may_have_words_of_its_own() -> None:
    head = '<title>Marsh facts for schools | T</title><meta property="og:type" content="article">'

    assert said("<h1>Ten facts on the marsh</h1>" + TEXT, head).title == "Ten facts on the marsh"


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("shore/marsh-mud-and-reeds", "", "Marsh mud and reeds"),
        ("shore/marsh-facts-for-schools.html", "", "Marsh facts for schools"),
        ("shore/17", "", "Marsh facts for schools"),
        ("shore/17", "article", "Marsh mud and reeds"),
        ("shore/marsh-facts-for-schools.html", "article", "Marsh facts for schools"),
    ],
)
def test_the_words_of_the_address_choose_between_a_heading_and_a_title(path: str, kind: str, title: str) -> None:
    head = f'<title>Marsh facts for schools | T</title><meta property="og:type" content="{kind}">'

    assert said("<h1>Marsh mud and reeds</h1>" + TEXT, head, f"https://t.example/{path}").title == title


def test_a_heading_at_the_end_of_the_title_is_the_books_where_the_address_says_the_chapter() -> None:
    head = "<title>What is a marsh? - The Book of Tides</title>"
    found = said("<h1>The Book of Tides</h1>" + TEXT, head, "https://t.example/book/what-is-a-marsh.html")

    assert found.title == "What is a marsh?"


def test_words_beside_the_title_in_its_heading_are_left_out() -> None:
    head = "<title>How a marsh grows - Tidewater</title>"

    assert said("<h1><small>Dec 18</small> How a marsh grows</h1>" + TEXT, head).title == "How a marsh grows"


def test_a_front_page_keeps_the_name_of_its_site_before_what_it_says_of_itself() -> None:
    head = "<title>Tidewater - all about marshes</title>"

    assert said("<h1>Welcome</h1>" + TEXT, head, "https://www.tidewater.example/").title == (
        "Tidewater - all about marshes"
    )


def test_a_bar_parts_the_site_from_a_title_that_has_a_dash() -> None:
    assert said(TEXT, "<title>Marshes - Overview | Office of Shores and Tides</title>").title == "Marshes - Overview"


def test_a_page_without_a_word_of_itself_has_no_facts() -> None:
    found = said(TEXT, url="https://t.example/a")

    assert found == Metadata()


def test_the_site_is_named_by_the_page_or_its_publisher() -> None:
    publisher = json_ld('{"@type": "Article", "publisher": {"name": "The Quay"}}')

    assert said(TEXT, '<meta name="SiteName" content="潮水市人民政府">').site == "潮水市人民政府"
    assert said(TEXT, publisher).sources["site"] == "json-ld publisher"


# --- author ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "author", "source"),
    [
        (json_ld('{"@type": "NewsArticle", "author": [{"name": "Ines Halloran"}, {"name": "admin"}]}'), "",
         "Ines Halloran", "json-ld author"),
        (json_ld('{"@type": "Article", "author": {"name": "Ines Halloran"},}'), "", "Ines Halloran", "json-ld author"),
        ('<meta name="citation_author" content="Halloran, Ines"><meta name="citation_author" content="Weaver, Al">', "",
         "Ines Halloran, Al Weaver", "meta citation_author"),
        ("", '<p itemprop="author" itemscope>By <b itemprop="name">Ines Halloran</b></p>', "Ines Halloran",
         "itemprop author"),
        ("", '<a rel="author" href="/ines">Ines Halloran</a>', "Ines Halloran", "rel=author"),
        ("", '<div class="post-byline">Written by Ines Halloran, staff writer | 3 May 2024</div>', "Ines Halloran",
         "byline .post-byline"),
        ("", "<p>By Ines Halloran</p>", "Ines Halloran", "text By"),
        ("", '<p><a href="/people/ines">Ines Halloran</a></p>', "Ines Halloran", "link to the author"),
        ("", "<p>来源：潮水网　作者：王敬照　编辑：李四</p>", "王敬照", "text 作者"),
    ],
)  # fmt: skip
def test_an_author_is_named_in_many_ways(head: str, body: str, author: str, source: str) -> None:
    found = said("<h1>How a marsh grows</h1>" + body + TEXT, "<title>How a marsh grows</title>" + head)

    assert (found.author, found.sources["author"]) == (author, source)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="admin">', ""),
        ('<meta name="author" content="Olympia-Verlag GmbH">', ""),
        ('<meta name="author" content="https://social.example/tidewater">', ""),
        ('<meta name="author" content="Tidewater"><meta property="og:site_name" content="Tidewater">', ""),
        ("", '<div class="authorization">Sign In</div>'),
        ("", '<aside><p class="author">Ines Halloran</p></aside>'),
        ("", '<div class="comments"><p class="author">Ines Halloran</p></div>'),
        ("", "<p>责任编辑：李四</p>"),
        (json_ld('{"@type": "Product", "review": {"author": {"name": "Ines Halloran"}}}'), ""),
    ],
)  # fmt: skip
def test_rather_nobody_than_somebody_made_up(head: str, body: str) -> None:
    assert (
        said("<h1>How a marsh grows</h1>" + TEXT * 3 + body, "<title>How a marsh grows</title>" + head).author is None
    )


def test_a_forum_thread_is_by_whoever_began_it_and_a_front_page_by_nobody() -> None:
    posts = "".join(f'<div itemscope><b itemprop="author">{name}</b>{TEXT}</div>' for name in ("Mudlark Jo", "Reed Al"))

    assert said("<h1>Mud</h1>" + posts).author == "Mudlark Jo"
    assert said(posts, url="https://t.example/").author is None


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-17", "2024-05-17"),
        ("2024-05-17T08:30:00+0800", "2024-05-17T08:30:00+08:00"),
        ("2024-05-17 08:30:00.123Z", "2024-05-17T08:30:00Z"),
        ("20240517083000", "2024-05-17T08:30:00"),
        ("发布日期：2019年10月28日", "2019-10-28"),
        ("2019年10月28日 15:04 来源：潮水网", "2019-10-28T15:04"),
        ("二〇一九年十月二十八日", "2019-10-28"),
        ("May 17th, 2024 at 3:05 pm", "2024-05-17T15:05"),
        ("Fri, 17 May 2024 08:30:00 GMT", "2024-05-17T08:30:00Z"),
        ("17. Mai 2024", "2024-05-17"),
        ("le 17 août 2024", "2024-08-17"),
        ("17 мая 2024", "2024-05-17"),
        ("17.05.2024", "2024-05-17"),
        ("17/05/2024", "2024-05-17"),
        ("05/06/2024", None),
        ("Mon Aug 03 12:45:00 EDT 2015", "2015-08-03T12:45:00"),
        ("23.09.22", "2022-09-23"),
        ("version 23.09.22", None),
        ("2024-02-30", None),
        ("1887-05-17", None),
        ("version 1.2.2024.5", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, day: str | None) -> None:
    assert day_in(text) == day


def test_an_ambiguous_date_is_read_as_its_country_does() -> None:
    body = '<h1>Marsh</h1><p class="date">05/06/2024</p>' + TEXT

    assert said(body, lang="en-US").published == "2024-05-06"
    assert said(body, lang="fr").published == "2024-06-05"
    assert said(body, lang="en", url="https://marsh.example.co.uk/a").published == "2024-06-05"
    assert said(body + "<p>Spring tide on 25/12/2023</p>", lang="en").published == "2024-06-05"
    assert said(body + "<p>Spring tide on 12/25/2023</p>", lang="fr").published == "2024-05-06"


@pytest.mark.parametrize(
    ("head", "body", "source"),
    [
        (json_ld('{"@type": "Article", "datePublished": "2024-05-17", "dateModified": "2025-01-02"}'), "",
         "json-ld datePublished"),
        ('<meta name="PubDate" content="2024-05-17">', "", "meta pubdate"),
        ('<meta name="w-published-date" content="2024-05-17">', "", "meta w-published-date"),
        ("", '<span itemprop="datePublished" content="2024-05-17">last spring</span>', "itemprop datePublished"),
        ("", '<time datetime="2024-05-17">a year ago</time>', "time"),
        ("", TEXT * 20 + '<span class="entry-date">May 17, 2024</span>', "byline .entry-date"),
        ('<meta name="published" content="17 May 2024">', "", "meta published"),
        ("", "<p>17 May 2024</p>", "text at the title"),
        ("", "<p>Published: 17 May 2024 | Updated: 2 January 2025</p>", "text at the title"),
        ("", "<p>Registered: 2020-01-02</p><p>17 May 2024</p>", "text at the title"),
        ("", TEXT * 20 + "<relative-time datetime='2024-05-17'>a year ago</relative-time>", "time"),
        ("", TEXT * 20 + '<div class="footer-row"><p>Published: 17 May 2024</p></div>', "text with a label"),
        ("", TEXT * 20 + "<p>发布时间：</p><p>2024年5月17日</p>", "text with a label"),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_found_where_it_stands(head: str, body: str, source: str) -> None:
    found = said("<h1>How a marsh grows</h1>" + body + TEXT, "<title>How a marsh grows</title>" + head)

    assert (found.published, found.sources["published"]) == ("2024-05-17", source)


@pytest.mark.parametrize(
    ("stated", "shown", "published"),
    [
        ("2024-05-17", "May 2, 2023", "2023-05-02"),
        ("2024-05-17", "May 30, 2024", "2024-05-17"),
        ("2024-05-17T03:05:00Z", "May 16, 2024", "2024-05-16"),
        ("2024-05-17T03:05:00-08:00", "May 16, 2024", "2024-05-17T03:05:00-08:00"),
        ("2024-05-07", "05.07.2024", "2024-05-07"),
        ("05/07/2024", "05.07.2024", "2024-07-05"),
        ("2024-05-17", "Registered: May 2, 2023", "2024-05-17"),
        ("2024-05-17", "成文日期：2023年5月2日", "2024-05-17"),
    ],
)
def test_an_earlier_day_at_the_title_is_believed_more_than_the_one_a_program_states(
    stated: str, shown: str, published: str
) -> None:
    head = f'<meta property="article:published_time" content="{stated}">'

    assert said(f"<h1>How a marsh grows</h1><p>{shown}</p>" + TEXT, head).published == published


@pytest.mark.parametrize("label", ["成文日期：", "施行日期：", "截止时间：", "Deadline:", "Member since"])
def test_a_day_of_something_else_is_none_of_publication(label: str) -> None:
    assert said(f"<h1>How a marsh grows</h1><p>{label} 2024-05-17</p>" + TEXT).published is None
    assert said(f"<h1>How a marsh grows</h1><p>{label}</p><p>2024-05-17</p>" + TEXT).published is None


def test_a_byline_that_tells_of_a_change_gives_no_day_of_publication() -> None:
    body = TEXT * 20 + '<div class="author-info"><p>By Ines Halloran</p><p>Last updated May 17, 2024</p></div>'

    assert said("<h1>How a marsh grows</h1>" + body).published is None


def test_the_address_may_name_the_month() -> None:
    assert said(TEXT, url="https://t.example/2024/may/17/marsh.html").published == "2024-05-17"


def test_the_address_may_have_the_day() -> None:
    found = said(TEXT, url="https://t.example/2024/05/17/marsh.html")

    assert (found.published, found.sources["published"]) == ("2024-05-17", "address")


def test_a_day_of_change_is_none_of_publication_and_days_beside_the_article_say_nothing() -> None:
    beside = '<div class="related"><time datetime="2020-01-02">then</time></div>'
    found = said("<h1>How a marsh grows</h1><p>Updated: May 17, 2024</p>" + TEXT * 2 + beside)

    assert (found.published, found.modified) == (None, "2024-05-17")


def test_the_day_of_a_change_may_stand_behind_its_label() -> None:
    found = said("<h1>How a marsh grows</h1><p><b>Updated:</b> <i>May 17, 2024</i></p>" + TEXT)

    assert (found.published, found.modified) == (None, "2024-05-17")


# --- notices --------------------------------------------------------------------------------------------------------

TABLE = """<table><tr><td>索 引 号：</td><td>000014349/2019-00106</td><td>主题分类：</td><td>财政</td></tr>
<tr><td>发文机关：</td><td>潮水市人民政府办公室</td><td>成文日期：</td><td>2019年10月21日</td></tr>
<tr><td>标　　题：</td><td>潮水市湿地保护办法</td><td></td><td></td></tr>
<tr><td>发文字号：</td><td>潮政办发〔2019〕6号</td><td>发布日期：</td><td>2019年10月28日</td></tr></table>"""


@pytest.mark.parametrize(
    "facts",
    [
        TABLE,
        "<ul><li><b>索引号：</b>000014349/2019-00106</li><li><b>发布机构：</b>潮水市人民政府办公室</li>"
        "<li><b>文号：</b>潮政办发〔2019〕6号</li><li><b>生成日期：</b>2019-10-21</li>"
        "<li><b>公开日期：</b>2019-10-28</li></ul>",
        "<p>索引号：000014349/2019-00106 发布机构：潮水市人民政府办公室 文号：潮政办发〔2019〕6号 "
        "发布日期：2019-10-28</p>",
        "<dl><dt>【索引号】</dt><dd>000014349/2019-00106</dd><dt>【发文机构】</dt><dd>潮水市人民政府办公室</dd>"
        "<dt>【发文字号】</dt><dd>潮政办发〔2019〕6号</dd><dt>【发布时间】</dt><dd>2019-10-28</dd></dl>",
    ],
)
def test_a_notice_has_its_facts_above_the_text(facts: str) -> None:
    found = said(facts + HAN_TEXT, "<title>潮水市湿地保护办法</title>", lang="zh")

    assert (found.index_number, found.doc_number) == ("000014349/2019-00106", "潮政办发〔2019〕6号")
    assert (found.publisher, found.published) == ("潮水市人民政府办公室", "2019-10-28")
    assert found.sources["index_number"] == "notice 索引号"


def test_an_empty_fact_of_a_notice_is_absent() -> None:
    facts = "<table><tr><td>索引号</td><td>K1/2019</td><td>文号</td><td>无</td><td>发布机构</td><td></td></tr></table>"
    found = said(facts + HAN_TEXT)

    assert (found.index_number, found.doc_number, found.publisher) == ("K1/2019", None, None)


def test_a_text_that_speaks_of_such_facts_is_no_notice() -> None:
    found = said("<p>每件文书应当写明索引号、文号和发布机构。</p>" + HAN_TEXT)

    assert (found.index_number, found.doc_number, found.publisher) == (None, None, None)


def test_a_government_page_names_its_number_and_its_source_without_a_table() -> None:
    head = '<meta name="ArticleTitle" content="湿地保护办法"><meta name="ContentSource" content="市林业局">'
    found = said("<h1>湿地保护办法</h1><p>潮政发〔2019〕6号</p>" + HAN_TEXT, head)

    assert (found.doc_number, found.publisher) == ("潮政发〔2019〕6号", "市林业局")


def test_the_facts_of_a_notice_reach_the_file_and_come_back() -> None:
    page = f"<html><head><title>潮水市湿地保护办法</title></head><body>{TABLE}{HAN_TEXT}</body></html>"

    found = convert(page.encode("gb18030"), URL, "text/html", "gb2312")
    link = Link(id="3f9a2b4c10de", url=URL, title=found.title or "", added="2026-11-22T10:00:00Z").with_(
        doc_number=found.doc_number, index_number=found.index_number, publisher=found.publisher
    )
    facts = explain(page.encode("gb18030"), URL, "text/html", "gb2312").facts
    assert facts["publisher"] == (found.publisher, "notice 发文机关")
    assert found.doc_number == "潮政办发〔2019〕6号"
    assert frontmatter.loads(frontmatter.dumps(link)) == link


# --- description and language ---------------------------------------------------------------------------------------


def test_a_description_is_the_pages_own() -> None:
    assert said(TEXT, '<meta name="description" content="On mud.">').description == "On mud."
    assert said(TEXT, '<meta name="twitter:title" value="Mud">').title == "Mud"


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("关于湿地保护的若干规定" * 4, "en", "zh"),
        ("湿地のことをもっと知りたいひとのための案内です" * 2, None, "ja"),
        ("습지는 해마다 조금씩 자라납니다 그리고 물이 빠집니다", "en", "ko"),
        ("Der Schlick wächst jedes Jahr ein wenig", "de-AT", "de"),
        ("The mud grows a little each year", "zh-CN", None),
        ("The mud grows a little each year", "", None),
    ],
)
def test_the_script_of_the_text_tells_the_language(text: str, declared: str | None, language: str | None) -> None:
    assert language_of(text, declared) == language


def test_character_references_in_hexadecimal_stay_whole() -> None:
    found = said(TEXT, "<title>&#x5C0F;&#x3055;&#x2F;&#x41;</title>")

    assert found.title == "小さ/A"
