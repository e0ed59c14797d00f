"""A page that programs cannot fetch still gets in: as the user's browser saved it, through the real command."""

from __future__ import annotations

import base64
import plistlib
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_site import Site
from pages import LATER, PROSE, article
from program import Pagelog
from store.capture.fetch import Page
from store.capture.saved import file_limit, saved_page
from store.errors import BadSavedFile, EmptyBody, PagelogError, TooLarge

URL = "https://www.example.org/notice"
LIMIT = 1 << 20
PIXEL = "data:image/png;base64," + base64.b64encode(b"\x89PNG" + bytes(range(256)) * 3).decode()
SINGLE_FILE = f"""<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://www.example.org/notice/read?page=2#top
 saved date: Thu Nov 26 2026 10:00:00 GMT+0100
--><meta charset=utf-8>
<style>body{{background:url({PIXEL})}}</style>
"""


def mhtml(*parts: tuple[str, bytes], boundary: str = "----MultipartBoundary--x----", location: str = URL) -> bytes:
    """An archive as Chrome writes it, from headers and encoded bodies."""
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {location}\r\nSubject: =?utf-8?Q?The=20log?=\r\n"
        "Date: Thu, 26 Nov 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="{boundary}"\r\n\r\n\r\n'
    )
    inner = b"".join(f"--{boundary}\r\n{headers}\r\n\r\n".encode() + body + b"\r\n" for headers, body in parts)
    return head.encode() + inner + f"--{boundary}--\r\n".encode()


def quoted(html: str, location: str = URL) -> tuple[str, bytes]:
    headers = f"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {location}"
    return headers, quopri.encodestring(html.encode()).replace(b"\n", b"\r\n")


def picture() -> tuple[str, bytes]:
    return "Content-Type: image/png\r\nContent-Transfer-Encoding: base64", base64.encodebytes(b"\x89PNG" * 500)


def saved(file: bytes, limit: int = LIMIT) -> Page:
    return saved_page(file, URL, limit)


def add(pagelog: Pagelog, file: Path, *words: str, url: str = URL) -> dict[str, object]:
    found: dict[str, object] = pagelog("add", url, "--html", str(file), "--json", *words).objects[0]
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "saved page.html"
    made.write_text(article())
    return made


# --- through the command --------------------------------------------------------------------------------------------


def test_a_page_that_only_browsers_get_comes_in_from_a_file(
    pagelog: Pagelog, site: Site, site_allowed: None, file: Path
) -> None:
    url = site.put("/notice", "<script>$_ts=window['$_ts'];</script>", status=412)
    refused = pagelog("add", url, "-t", "policy", "--json")
    asked = len(site.requests)

    row = add(pagelog, file, "-t", "sea", "--note", "from the browser", url=url)

    assert refused.objects[0]["result"] == "pending"
    assert refused.objects[0]["error"]["name"] == "BrowserWanted"
    assert "--html" in refused.err
    assert (row["result"], row["title"], len(site.requests)) == ("updated", "The harbour log", asked)
    link = pagelog.link("The harbour log")
    assert (link.tags, link.note) == (("policy", "sea"), "from the browser")
    assert all(sentence in link.body for sentence in PROSE)
    assert link.capture is not None
    assert (link.capture.status, link.capture.type, link.capture.charset) == (None, "text/html", "utf-8")
    assert pagelog("list", "is:pending", "--json").objects == []
    pagelog.assert_whole()


@pytest.mark.slow
def test_a_second_file_is_a_new_version_and_the_same_one_changes_nothing(pagelog: Pagelog, file: Path) -> None:
    first = add(pagelog, file)
    again = add(pagelog, file)
    file.write_text(article(inner=LATER))
    changed = add(pagelog, file)

    assert [row["result"] for row in (first, again, changed)] == ["added", "unchanged", "updated"]
    assert len(pagelog("log", str(first["id"]), "--json").objects) == 2
    assert "ninety boats" in pagelog("diff", str(first["id"])).out


def test_standard_input_is_read_too(pagelog: Pagelog) -> None:
    outcome = pagelog("add", URL, "--html", "-", stdin=article())

    assert (outcome.status, outcome.out.split()[0]) == (0, "added")


@pytest.mark.slow
def test_an_edit_by_hand_is_not_written_over_by_a_file(pagelog: Pagelog, file: Path) -> None:
    row = add(pagelog, file)
    document = pagelog.library / str(row["path"])
    document.write_text(document.read_text() + "\nA line of my own.\n")
    file.write_text(article(inner=LATER))

    assert add(pagelog, file)["result"] == "updated"
    assert "ninety boats" in document.read_text()
    assert "A line of my own." in document.read_text()


@pytest.mark.slow
def test_a_bad_file_says_nothing_of_a_good_link(pagelog: Pagelog, file: Path) -> None:
    row = add(pagelog, file)
    file.write_text("<html><body><p></p></body></html>")

    failed = add(pagelog, file)

    assert (failed["result"], failed["error"]["name"]) == ("failed", "BadSavedFile")  # type: ignore[index]
    assert pagelog("list", "is:broken", "--json").objects == []
    assert PROSE[0] in pagelog("show", str(row["id"])).out


def test_a_file_that_is_no_page_leaves_a_pending_link(pagelog: Pagelog, file: Path) -> None:
    file.write_bytes(b"%PDF-1.7 and so on")

    row = add(pagelog, file)

    assert (row["result"], row["error"]["name"]) == ("pending", "NotAWebPage")  # type: ignore[index]


def test_an_archive_is_one_page_with_the_address_it_was_at(pagelog: Pagelog, file: Path) -> None:
    file.write_bytes(mhtml(quoted(article(), location=URL + "/1"), picture(), location=URL + "/1"))

    row = add(pagelog, file)
    link = pagelog.link("The harbour log")

    assert row["result"] == "added"
    assert link.body.count(PROSE[0]) == 1
    assert (link.url, link.final_url) == (URL, URL + "/1")


@pytest.mark.parametrize(
    "words", [("--html", "x.html"), (URL, URL + "2", "--html", "x.html"), (URL, "--html", "x.html", "--later"),
              (URL, "--html", "x.html", "--from", "y"), (URL, "--html", "no such file"), (URL, "--html", "."),
              (URL, "--html", "empty.html")],
)  # fmt: skip
def test_what_makes_no_sense_is_usage_and_makes_no_library(
    pagelog: Pagelog, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "x.html").write_text(article())
    (tmp_path / "empty.html").write_text("\n")

    outcome = pagelog("add", *words, cwd=tmp_path)

    assert outcome.status == 2
    assert not pagelog.library.exists()


# --- what is in the file --------------------------------------------------------------------------------------------


def test_singlefile_tells_the_address_and_loses_what_it_inlined() -> None:
    page = saved((SINGLE_FILE + f'<p>x<img src="{PIXEL}" data-sf-original-src="/p.png"></p>').encode())

    assert page.final_url == "https://www.example.org/notice/read?page=2"
    assert b"base64" not in page.body
    assert b'<img src="data:," data-src="/p.png">' in page.body


def test_a_browser_s_own_page_tells_its_address_and_loses_the_files_beside_it() -> None:
    page = saved(
        b"<!-- saved from url=(0030)https://www.example.org/notice -->"
        b'<p>x<img src="./The log_files/a.png" alt="a"><a href="/b">b</a></p>'
    )

    assert page.final_url == URL
    assert b"_files" not in page.body
    assert b'href="/b"' in page.body


@pytest.mark.parametrize("told", ["file:///home/me/a.html", "about:blank", "https://", "javascript:x"])
def test_an_address_that_is_none_is_not_believed(told: str) -> None:
    assert saved(f"<!--\n Page saved with SingleFile\n url: {told}\n--><p>x".encode()).final_url == URL
    assert saved(mhtml(quoted("<p>x", location=told), location=told)).final_url == URL


def test_an_archive_gives_its_main_page_and_not_its_frames() -> None:
    frame = quoted("<p>An advertisement</p>", location="https://ads.example/1")
    page = saved(mhtml(picture(), frame, quoted("<p>a = b; 汉字</p>"), picture()))

    assert page.body.strip().decode() == "<p>a = b; 汉字</p>"
    assert (page.final_url, page.type, page.status) == (URL, "text/html", None)


def test_an_archive_in_another_charset_and_in_base64_is_read() -> None:
    body = base64.encodebytes("<p>绍兴市推进长三角区域一体化</p>".encode("gb18030"))
    headers = 'Content-Type: text/html; charset="GB2312"\r\nContent-Transfer-Encoding: base64'

    page = saved(mhtml((headers, body)))

    assert (page.charset, page.body.decode("gb18030")) == ("gb2312", "<p>绍兴市推进长三角区域一体化</p>")


def test_an_archive_in_an_archive_and_one_without_a_frame_around_it() -> None:
    inner = mhtml(quoted("<p>inside</p>"), boundary="inner").split(b"\r\n\r\n\r\n", 1)[1]
    nested = mhtml(('Content-Type: multipart/alternative; boundary="inner"', inner))
    plain = (
        b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Location: " + URL.encode() + b"\r\n\r\n<p>alone</p>"
    )

    assert saved(nested).body.strip() == b"<p>inside</p>"
    assert saved(plain).body == b"<p>alone</p>"


def test_an_archive_cut_off_at_its_end_is_not_half_a_page() -> None:
    whole = mhtml(quoted("<p>inside</p>" * 50), picture())

    with pytest.raises(BadSavedFile) as cut:
        saved(whole[: len(whole) // 4])

    assert cut.value.reason == "cut"
    assert saved(whole[:-200]).body.count(b"inside") == 50  # nothing is missing but of the picture


def test_an_archive_without_a_page_is_said_to_be_one_and_nothing_is_empty() -> None:
    with pytest.raises(BadSavedFile, match="no page"):
        saved(mhtml(picture()))
    with pytest.raises(EmptyBody):
        saved(mhtml(quoted("  ")))


def test_limits_hold_for_the_file_and_for_the_page_in_it() -> None:
    inlined = f'<p>x</p><img src="{PIXEL}">'.encode() * 3_000  # three megabytes, nearly all of it a picture

    assert len(saved(inlined).body) < LIMIT
    with pytest.raises(TooLarge) as page:
        saved(b"x" * (LIMIT + 1))
    with pytest.raises(TooLarge) as file:
        saved(b"x" * (file_limit(LIMIT) + 1))
    assert [error.value.facts["measure"] for error in (page, file)] == ["decoded", "saved"]


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_what_safari_saves_is_read(form: plistlib.PlistFormat) -> None:
    main = {
        "WebResourceData": "<p>绍兴</p>".encode("gb18030"), "WebResourceURL": URL + "/1",
        "WebResourceTextEncodingName": "gb2312", "WebResourceMIMEType": "text/html",
    }  # fmt: skip
    page = saved(plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=form))

    assert (page.final_url, page.charset, page.body.decode("gb18030")) == (URL + "/1", "gb2312", "<p>绍兴</p>")


@pytest.mark.parametrize("held", [{}, [], {"WebMainResource": 1}, {"WebMainResource": {"WebResourceData": "text"}}])
@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_property_list_of_something_else_is_no_page(held: object, form: plistlib.PlistFormat) -> None:
    with pytest.raises(BadSavedFile):
        saved(plistlib.dumps(held, fmt=form))


FRAME = "<html><head><title>frame</title></head><body>" + "<p>The text stands in the frame.</p>" * 5 + "</body></html>"


def framed(src: str, advert: str = "") -> bytes:
    shell = "<html><head><title>Shell</title></head><body><h1>Head</h1>"
    page = f"{shell}<iframe src='{src}'></iframe>{advert}<p>Foot</p></body></html>"
    by_id = (
        "Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Location: https://www.example.org/f"
    )
    advertised = "Content-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>"
    return mhtml(quoted(page), (by_id, FRAME.encode()), (advertised, b"<p>Buy this.</p>"))


@pytest.mark.parametrize("src", ["cid:frame-1@mhtml.blink", "/f", "https://www.example.org/f"])
def test_a_text_that_stands_in_a_frame_stands_where_the_frame_was(src: str) -> None:
    page = saved(framed(src, '<iframe src="cid:frame-2@mhtml.blink"></iframe>')).body.decode()

    assert "<title>Shell</title>" in page
    assert page.index("Head") < page.index("stands in the frame") < page.index("Foot")
    assert "<title>frame" not in page
    assert "Buy this" not in page


def test_an_advert_in_a_frame_stays_outside() -> None:
    page = mhtml(
        quoted("<p>The page itself has a text.</p><iframe src='cid:a@b'></iframe>"),
        ("Content-Type: text/html\r\nContent-ID: <a@b>", b"<p>Buy this.</p>"),
    )

    assert b"Buy" not in saved(page).body


def test_a_frameset_is_the_page_of_its_largest_frame() -> None:
    page = "<frameset cols='20%,*'><frame src='cid:menu@x'><frame src='cid:text@x'></frameset>"
    parts = [("Content-Type: text/html\r\nContent-ID: <menu@x>", b"<p>Menu</p>")]
    parts.append(("Content-Type: text/html\r\nContent-ID: <text@x>", FRAME.encode()))

    assert saved(mhtml(quoted(page), *parts)).body.decode() == FRAME


def test_frames_in_each_other_come_to_an_end() -> None:
    one = "<p>one</p><iframe src='cid:two@x'></iframe><iframe src='cid:two@x'></iframe>"
    two = b"<p>the second one</p><iframe src='cid:two@x'></iframe>"

    body = saved(mhtml(quoted(one), ("Content-Type: text/html\r\nContent-ID: <two@x>", two))).body

    assert body.count(b"second") == 1


def test_safari_frames_are_found_by_their_address() -> None:
    def resource(where: str, body: str) -> dict[str, object]:
        return {"WebResourceData": body.encode(), "WebResourceURL": where, "WebResourceTextEncodingName": "UTF-8"}

    archive = {
        "WebMainResource": resource(URL, "<h1>Shell</h1><iframe src='/f'></iframe>"),
        "WebSubframeArchives": [{"WebMainResource": resource("https://www.example.org/f", FRAME)}],
    }

    assert b"stands in the frame" in saved(plistlib.dumps(archive)).body


def test_a_mark_before_an_archive_is_no_part_of_it() -> None:
    page = saved(b"\xef\xbb\xbf" + mhtml(quoted("<p>inside</p>")))

    assert page.body.strip() == b"<p>inside</p>"


def test_a_text_about_headers_is_a_page() -> None:
    page = b"Subject: how to write\r\n\r\n<p>MIME-Version: 1.0</p>"

    assert saved(page).body == page


@given(
    st.binary(max_size=300)
    | st.binary(max_size=100).map(lambda data: b"bplist00" + data)
    | st.text(st.sampled_from("<plistdckey>/"), max_size=99).map(
        lambda text: b"<?xml version='1.0'?><plist>" + text.encode()
    )
    | st.text(st.sampled_from('-\r\n: x=";<>'), max_size=200).map(
        lambda text: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + text.encode()
    )
)
def test_any_file_is_a_page_or_a_named_error(file: bytes) -> None:
    try:
        page = saved(file)
    except PagelogError:
        return

    assert page.final_url.startswith("http")
    assert page.body.strip()
