"""What the head of a Chinese notice or the end of a news page says: facts where we have a place, else it stays."""

from __future__ import annotations

import pytest

from store import frontmatter
from store.capture.convert import convert
from store.capture.converted import Converted
from store.capture.metadata import Metadata, credits_in, read_metadata
from store.capture.tree import parse
from store.link import Link

URL = "https://www.example.gov.cn/art/notice_12.html"
TITLE = "关于做好公共图书馆服务的通知"
PARAGRAPH = "为做好公共图书馆服务工作，现将有关事项通知如下：各馆应当按时开放，认真贯彻执行本办法，不得无故闭馆。"
TEXT = "".join(f"<p>{ordinal}、{PARAGRAPH}</p>" for ordinal in "一二三四五")
ROWS = (
    "<tr><td>索 引 号：</td><td>000014349/1996-00072</td><td>主题分类：</td><td>科技、教育\\教育</td></tr>"
    "<tr><td>发文机关：</td><td>国务院办公厅</td><td>成文日期：</td><td>1996年07月17日</td></tr>"
    "<tr><td>发文字号：</td><td>国办发〔1996〕32号</td><td>发布日期：</td><td>2018年12月02日</td></tr>"
)


def converted(above: str = "", below: str = "") -> Converted:
    page = (
        f"<html lang='zh'><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{above}{TEXT}{below}</body></html>"
    )
    return convert(page.encode(), URL, "text/html", "utf-8")


def said(body: str, head: str = "", lang: str = "zh") -> Metadata:
    return read_metadata(parse(f"<html lang='{lang}'><head>{head}</head><body>{body}</body></html>", URL), URL)


# --- the table ------------------------------------------------------------------------------------------------------


def test_the_day_of_writing_and_the_subject_are_facts_of_their_own() -> None:
    found = converted(f"<table>{ROWS}</table>")

    assert (found.issued, found.subject, found.published) == ("1996-07-17", "科技、教育\\教育", "2018-12-02")


@pytest.mark.parametrize(
    ("row", "subject"),
    [
        ("<td>主题词：</td><td>体育 机场 批复</td>", "体育 机场 批复"),
        ("<td>主题词：</td><td>关于做好公共图书馆</td>", None),
        ("<td>主题分类：</td><td><a href='/1'>科技</a><a href='/2'>教育</a></td>", "科技教育"),
        ("<td>主题分类：</td><td></td>", None),
    ],
)
def test_words_of_the_subject_count_where_no_class_is_named(row: str, subject: str | None) -> None:
    table = f"<h1>{TITLE}</h1><table><tr><td>索引号：</td><td>K/12</td>{row}</tr></table>"

    assert said(table + TEXT, f"<title>{TITLE}</title>").subject == subject


def test_both_reach_the_file_behind_the_other_facts_and_old_files_are_as_before() -> None:
    link = Link(id="012345670123", url=URL, title=TITLE, added="x", publisher="国务院", body="B\n")
    new = link.with_(issued="1996-07-17", subject="科技、教育\\教育")

    data = frontmatter.dumps(new)

    lines = data.decode().split("\n")
    at = lines.index('publisher: "国务院"')
    assert lines[at + 1 : at + 4] == ['issued: "1996-07-17"', 'subject: "科技、教育\\\\教育"', 'status: "unread"']
    assert frontmatter.loads(data) == new
    assert frontmatter.loads(frontmatter.dumps(link)) == link


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>有效性：</td><td>已废止</td></tr>",
        "<tr><td>公文种类：</td><td>批复</td></tr>",
        "<tr><td>备 注：</td><td>代替旧办法</td></tr>",
        "<tr><td>主题词：</td><td>体育 机场 批复</td></tr>",
        "<tr><td>发布机构：</td><td>某某市图书馆</td></tr>",
    ],
)
def test_a_table_with_a_row_that_is_no_fact_of_ours_stays_in_the_text(row: str) -> None:
    markdown = converted(f"<table>{ROWS}{row}</table>").markdown

    value = row.split("<td>")[2].partition("<")[0]
    assert value in markdown
    assert "国办发〔1996〕32号" in markdown


def test_rows_of_how_the_page_is_handled_are_no_reason_to_keep_it() -> None:
    plain = converted(f"<table>{ROWS}</table>").markdown
    handled = converted(f"<table>{ROWS}<tr><td>公开方式：</td><td>主动公开</td></tr></table>").markdown

    assert ("国办发〔1996〕32号" in plain) == ("国办发〔1996〕32号" in handled)


# --- whom it names as its source ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "head", "publisher"),
    [
        (f"<h1>{TITLE}</h1><p>2024-05-17 来源：新华网 作者：李雷</p>{TEXT}", "", "新华网"),
        (f"<h1>{TITLE}</h1><div><span>来源：</span><a href='/x'>光明日报</a></div>{TEXT}", "", "光明日报"),
        (f"<h1>{TITLE}</h1>{TEXT}<p>（本文来源于：潮水日报）</p>", "", "潮水日报"),
        (f"<h1>{TITLE}</h1>{TEXT}<p>本文转自潮水日报。</p>", "", "潮水日报"),
        (f"<h1>{TITLE}</h1>{TEXT}", '<meta name="ContentSource" content="市林业局">', "市林业局"),
        (f"<h1>{TITLE}</h1>{TEXT}", '<meta name="source" content="来源：人民网-文化频道">', "人民网-文化频道"),
        (f"<h1>{TITLE}</h1><p>来源：本站原创</p>{TEXT}", "", None),
        (f"<h1>{TITLE}</h1>{TEXT}<p>图片来源：视觉中国</p>", "", None),
        (f"<h1>{TITLE}</h1>{TEXT * 3}<ul><li>来源：甲报</li><li>来源：乙报</li></ul>", "", None),
    ],
)
def test_a_chinese_page_is_published_by_whom_it_names_as_its_source(
    body: str, head: str, publisher: str | None
) -> None:
    assert said(body, head, lang="en").publisher == publisher


def test_what_a_notice_says_of_its_publisher_comes_first() -> None:
    body = f"<h1>{TITLE}</h1><table>{ROWS}</table><p>来源：新华网</p>{TEXT}"

    assert said(body).publisher == "国务院办公厅"


# --- who edited it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "credit", ["（编辑：文静）", "责编：张三", "责任编辑：李雷 韩梅梅", "编辑：张三　审核：李四", "【责任编辑 王小明】"]
)
def test_who_edited_it_is_neither_text_nor_author(credit: str) -> None:
    found = converted(below=f"<p>{credit}</p>")

    assert credit.strip("（）【】") not in found.markdown
    assert "五、" in found.markdown
    assert found.author is None


def test_an_author_beside_an_editor_stays() -> None:
    assert said(f"<h1>{TITLE}</h1><p>作者：李雷 编辑：韩梅梅</p>{TEXT}").author == "李雷"


@pytest.mark.parametrize(
    "texts",
    [
        [PARAGRAPH * 3, "导演：李雷", "编辑：韩梅梅", "主演：王小明"],
        ["编辑：韩梅梅", PARAGRAPH * 3],
        [
            PARAGRAPH * 3,
            "责任编辑：李雷说，他每天要看完二十篇稿子，才能回家，这样的日子已经过了三十年，从来没有变过，也不觉得累。",
        ],
    ],
)
def test_an_editor_in_the_text_is_text(texts: list[str]) -> None:
    assert credits_in(enumerate(texts)) == []
