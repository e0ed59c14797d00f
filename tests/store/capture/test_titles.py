"""The title is the article's: not the site's, not its column's, also where no heading says it."""

from __future__ import annotations

import pytest

from store.capture.metadata import Metadata, read_metadata
from store.capture.tree import parse

URL = "https://www.example.gov.cn/art/notice_12.html"
NOTICE = "关于做好公共图书馆服务的通知"
HAN = "<p>为做好公共图书馆服务工作，现将有关事项通知如下：各馆应当按时开放，认真贯彻执行本办法，不得无故闭馆。</p>" * 2
MUD = "<p>The marsh rises with the mud that every flood leaves behind, a little each year, as they say.</p>" * 2
USELESS = ["某某市人民政府门户网站", "详情", "通知公告", "首页_某某市人民政府门户网站", "某某市图书馆学会"]


def said(title: str, body: str, head: str = "", url: str = URL) -> Metadata:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_metadata(parse(page, url), url)


@pytest.mark.parametrize("title", USELESS)
@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<h1>{NOTICE}</h1>", ""),
        ("<h1>某某市人民政府门户网站</h1>", f'<meta name="ArticleTitle" content="{NOTICE}">'),
        (f'<div class="nav"><a href="/">首页</a></div><div class="bt">{NOTICE}</div><p>来源：办公室</p>', ""),
        (f'<p style="text-align:center"><span>{NOTICE}</span></p>', ""),
        (f'<p align="center"><font size="5">{NOTICE}</font></p>', ""),
        (f'<p><span style="font-size:22px">{NOTICE}</span></p>', ""),
    ],
)
def test_the_name_of_a_site_or_a_column_gives_way_to_the_title_of_the_notice(title: str, body: str, head: str) -> None:
    assert said(title, body + HAN, head).title == NOTICE


@pytest.mark.parametrize("title", ["某某市人民政府门户网站", "详情", "通知公告"])
def test_such_a_name_stays_where_there_is_nothing_else(title: str) -> None:
    assert said(title, HAN).title == title


def test_a_centred_line_is_no_title_beside_one_that_says_something() -> None:
    assert said("图书馆服务办法", f'<p align="center">{NOTICE}</p>{HAN}').title == "图书馆服务办法"


def test_a_centred_date_or_source_is_no_title() -> None:
    lines = '<p align="center">2024年5月17日</p><p align="center">来源：新华网</p>'

    assert said("详情", lines + HAN).title == "详情"


@pytest.mark.parametrize(
    ("title", "body", "own", "site"),
    [
        (
            "雄安新区 - 维基百科，自由的百科全书",
            f"<h1>雄安新区[编辑]</h1>{HAN}",
            "雄安新区",
            "维基百科，自由的百科全书",
        ),
        ("雄安新区 - 维基百科，自由的百科全书", HAN, "雄安新区", "维基百科，自由的百科全书"),
        ("年报 - 某某市人民政府门户网站", HAN, "年报", "某某市人民政府门户网站"),
        ("年报_要闻_潮水网", HAN, "年报", "潮水网"),
        ("Marsh - Wikipedia", f"<h1>Marsh[edit]</h1>{MUD}", "Marsh", "Wikipedia"),
        ("Marsh – Example Blog", MUD, "Marsh", "Example Blog"),
        ("How we made the official website", MUD, "How we made the official website", None),
        ("关于开通市政府门户网站的通知", HAN, "关于开通市政府门户网站的通知", None),
    ],
)
def test_a_part_that_names_a_site_is_cut_and_named(title: str, body: str, own: str, site: str | None) -> None:
    found = said(title, body, url="https://mirror.example/page/1")

    assert (found.title, found.site) == (own, site)


def test_the_only_heading_counts_where_the_text_speaks_of_it_and_never_of_the_title() -> None:
    body = "<h1>Why the marsh rises with the mud</h1>" + MUD

    assert said("Silver Quay Holdings", body).title == "Why the marsh rises with the mud"
    assert said("Flood leaves mud behind", body).title == "Flood leaves mud behind"


def test_a_heading_that_leads_to_the_front_page_is_no_title() -> None:
    body = "<h1><a href='/'>The marsh and the mud</a></h1>" + MUD

    assert said("Silver Quay Holdings", body).title == "Silver Quay Holdings"
