"""Pictures in a row, files, the lists under headings: what belongs to an article though it says little or nothing."""

from __future__ import annotations

import re

import pytest

from pages import PROSE, article
from store.capture.convert import convert

URL = "https://example.org/notes/page.html"
PICTURES = {
    "paragraphs": "<p><img src=/p{}.jpg></p>",
    "figures": "<figure><img src=/p{}.jpg alt=one></figure>",
    "a gallery": "<div><a href=/large/{}.jpg><img src=/p{}.jpg></a></div>",
    "sections": '<section><section><img data-src="/p{}.jpg"></section></section>',
}


def kept(inner: str, last: str = PROSE[1]) -> str:
    return convert(article(inner=f"{inner}<p>{last}</p>" if last else inner).encode(), URL, None, None).markdown


def numbers(markdown: str) -> list[str]:
    return re.findall(r"\(https://example\.org/p(\d+)\.jpg\)", markdown)


@pytest.mark.parametrize("last", [PROSE[1], ""], ids=["between text", "at the end"])
@pytest.mark.parametrize("around", PICTURES.values(), ids=PICTURES)
def test_a_run_of_pictures_is_kept_whole(around: str, last: str) -> None:
    markdown = kept("".join(around.replace("{}", str(number)) for number in range(12)), last)

    assert numbers(markdown) == [str(number) for number in range(12)]


def test_a_row_of_small_pictures_that_lead_elsewhere_is_none() -> None:
    icons = "".join(f"<div><a href=https://other.example/{n}><img src=/p{n}.jpg width=24></a></div>" for n in range(8))
    row = "<div>" + "".join(f"<a href=https://other.example/{n}><img src=/p{n}.jpg width=24></a>" for n in range(8))

    assert len(numbers(kept(icons))) <= 2
    assert numbers(kept(f"{row}</div>")) == []


@pytest.mark.parametrize(
    "name", ["a.pdf", "b.doc", "c.xlsx", "d.zip", "e.wps", "f.ofd", "g.tar.gz", "h.docx?download=1"]
)
def test_files_under_a_kept_heading_and_behind_kept_text_are_content(name: str) -> None:
    listed = kept(f"<h2>Downloads</h2><ul><li><a href=/f/{name}>The tides</a></li></ul>", "")
    attached = kept(f"<p>附件：</p><p><a href=/f/{name}>申请表</a></p>", "")

    assert f"[The tides](https://example.org/f/{name})" in listed
    assert f"[申请表](https://example.org/f/{name})" in attached


def test_the_list_that_a_heading_announces_stays() -> None:
    items = "".join(f"<li><a href=/case/{number}>Ruling {number} of the court</a></li>" for number in range(4))

    markdown = kept(f"<h2>Documents of the case</h2><ul>{items}</ul>", "")

    assert "## Documents of the case" in markdown
    assert markdown.count("/case/") == 4


def test_no_last_heading_is_left_alone() -> None:
    items = "".join(f"<li><a href=/news/{number}>Other news {number}</a></li>" for number in range(6))

    markdown = kept(f"<h2>You may also like</h2><ul>{items}</ul>", "")

    assert ("You may also like" in markdown) == ("/news/0" in markdown)
