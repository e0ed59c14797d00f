"""How a page became its article, and its text made anew by a newer pagelog: `explain` and `reextract`."""

from __future__ import annotations

import dataclasses
import json

import pytest

from known import data_folder
from local_site import Site
from pages import article
from program import Pagelog
from store import save
from store.admission.trust import Trust
from store.capture import worker
from store.capture.converted import ConvertSettings
from store.capture.fetch import FetchSettings
from store.capture.many import Settings
from store.keeping import captured
from store.library import Library
from store.link import EXTRACTOR

pytestmark = [pytest.mark.usefixtures("site_allowed"), pytest.mark.slow]

NEWS = "<p>The council of the harbour will meet on Friday, and the ferry may well run an hour late that day.</p>"
OLD = "Nobody on board"


@pytest.fixture
def older(pagelog: Pagelog, site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a link that an older pagelog captured; it lost a paragraph of the page."""
    url = site.put("/harbour", article(head='<meta name="author" content="Marta Lindqvist">'))
    settings = Settings(FetchSettings(allow_private=(f"127.0.0.1:{site.port}",)), ConvertSettings(), 2, 1)
    convert = worker.Workers.convert

    def as_it_was(self: worker.Workers, *page: object):
        found = convert(self, *page)  # type: ignore[arg-type]
        kept = [part for part in found.markdown.split("\n\n") if not part.startswith(OLD)]
        return dataclasses.replace(found, markdown="\n\n".join(kept))

    with (
        Library.open(pagelog.library, make=True, trust=Trust(data_folder())) as library,
        monkeypatch.context() as before,
    ):
        before.setattr(worker.Workers, "convert", as_it_was)
        before.setattr(captured, "EXTRACTOR", "pagelog 0")
        (added,) = save.save_many(library, [url], settings)
    return str(added.id)


def test_a_text_is_made_anew_as_a_version_that_is_no_change(pagelog: Pagelog, older: str) -> None:
    captured = pagelog("show", older, "--json").objects[0]["captured"]

    (anew,) = pagelog("reextract", older, "--json").objects
    (again,) = pagelog("reextract", "--all", "--json").objects

    shown = pagelog("show", older, "--json").objects[0]
    assert (anew["result"], again["result"]) == ("updated", "unchanged")
    assert pagelog.commits()[0] == "reextract: The harbour log"
    assert "Pagelog-Action: reextract" in pagelog.git("log", "-1", "--format=%B")
    assert OLD in shown["markdown"]
    assert (shown["captured"], shown["capture"]["extractor"]) == (captured, EXTRACTOR)
    assert pagelog("list", "is:changed").out == ""
    pagelog.assert_whole()


@pytest.mark.slow
def test_after_it_the_page_is_as_it_was(pagelog: Pagelog, older: str, site: Site) -> None:
    pagelog("reextract", older)
    (same,) = pagelog("refresh", older, "--force", "--json").objects
    site.put("/harbour", article(inner=NEWS))
    (newer,) = pagelog("refresh", older, "--json").objects

    assert (same["result"], newer["result"]) == ("unchanged", "updated")


@pytest.mark.slow
def test_an_edit_by_hand_goes_along(pagelog: Pagelog, older: str) -> None:
    document = next(pagelog.library.glob("pages/*/*.md"))
    document.write_text(document.read_text() + "\nMy own remark on all of this.\n")

    outcome = pagelog("reextract", older, "--json")

    assert outcome.objects[0]["result"] == "updated"
    assert OLD in document.read_text()
    assert "My own remark" in document.read_text()
    assert pagelog.commits()[:3] == ["edit: by hand, kept", "reextract: The harbour log", "edit: by hand"]
    pagelog.assert_whole()


@pytest.mark.slow
def test_without_the_bytes_all_stays(pagelog: Pagelog, older: str) -> None:
    head = pagelog.git("rev-parse", "HEAD")
    for original in (pagelog.library / ".git" / "pagelog" / "originals").iterdir():
        original.unlink()

    outcome = pagelog("reextract", older, "--json")

    assert outcome.status == 1
    assert outcome.objects[0]["result"] == "failed"
    assert pagelog.git("rev-parse", "HEAD") == head


def test_explain_shows_every_block_and_where_each_fact_was_read(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/harbour", article(head='<meta name="author" content="Marta Lindqvist">'))
    pagelog("add", url)
    site.remove("/harbour")

    (told,) = pagelog("explain", url, "--json").objects
    text = pagelog("explain", url).out

    kept = {block["text"]: block["kept"] for block in told["blocks"]}
    assert told["facts"]["author"] == {"value": "Marta Lindqvist", "source": "meta author"}
    assert kept["About us"] is False
    assert [kept[sentence] for sentence in kept if sentence.startswith(OLD)] == [True]
    assert "author: Marta Lindqvist  (meta author)" in text
    assert "- 0.0" in text
    assert "+ 1.0" in text


def test_explain_of_a_page_that_is_not_kept_fetches_it_and_writes_nothing(pagelog: Pagelog, site: Site) -> None:
    (told,) = pagelog("explain", site.put("/other", article("Another log")), "--json").objects

    assert (told["id"], told["fetched"], told["facts"]["title"]["value"]) == (None, True, "Another log")
    assert not pagelog.library.exists()


def test_a_text_that_is_missed_is_found_among_the_blocks(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/harbour", article())
    pagelog("add", url)

    (told,) = pagelog("explain", url, "--find", "ABOUT  us", "--json").objects
    dropped = pagelog("explain", url, "--find", "about us").out
    nowhere = pagelog("explain", url, "--find", "no such words").out

    assert [block["text"] for block in told["blocks"]] == ["About us"]
    assert "- 0.0" in dropped
    assert "pagelog edit" in dropped
    assert 'No block of the page holds "no such words"' in nowhere


def test_a_text_that_was_read_from_the_pages_data_is_said_to_be(pagelog: Pagelog, site: Site) -> None:
    body = json.dumps({"@type": "Article", "headline": "Log", "articleBody": OLD * 20})
    page = f'<script type="application/ld+json">{body}</script><div id=root></div><script src=a.js></script>'
    url = site.put("/built", f"<html><body>{page}</body></html>")

    (told,) = pagelog("explain", url, "--json").objects
    text = pagelog("explain", url).out

    assert (told["kind"], told["data"]) == ("html", "JSON-LD")
    assert all(block["kept"] for block in told["blocks"])
    assert "the articleBody of its JSON-LD" in text
    assert "no HTML" not in text


def test_what_is_no_html_is_said_to_be_kept_as_it_is(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/notes.txt", OLD, type="text/plain")

    assert "It is no HTML but plain text: kept as it is." in pagelog("explain", url).out


def test_what_cannot_be_explained_is_a_sentence(pagelog: Pagelog, site: Site) -> None:
    missing = pagelog("explain", site.url("/missing"))
    neither = pagelog("explain", "zzz")

    assert (missing.status, neither.status) == (1, 1)
    assert "404" in missing.err
    assert "zzz" in neither.err
    assert "Traceback" not in missing.err + neither.err
