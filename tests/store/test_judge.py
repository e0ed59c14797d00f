"""The table of captures: each row a test."""

from __future__ import annotations

from store.capture.judge import Known, Verdict, judge
from store.errors import BothChanged
from store.link import Capture, Link, body_sha256

OLD, NEW = "old\n", "new\n"
LINK = Link(
    id="0" * 12, url="https://example.org/", title="T", added="x", captured="1", body=OLD,
    capture=Capture(sha256=body_sha256(OLD)),
)  # fmt: skip
KNOWN = Known(LINK, body_sha256(OLD))


def verdict(known: Known | None, body: str, title: str | None = "T") -> Verdict:
    return judge(known, body, body_sha256(body), title).verdict


def test_the_first_capture_is_taken() -> None:
    assert verdict(None, NEW) is Verdict.FIRST
    assert verdict(Known(LINK.with_(body="", captured=None)), NEW) is Verdict.FIRST


def test_the_same_body_is_unchanged_and_a_new_title_alone_a_version() -> None:
    assert verdict(KNOWN, OLD) is Verdict.SAME
    assert verdict(KNOWN, OLD, "U") is Verdict.NEW_TITLE
    assert verdict(KNOWN, OLD, None) is Verdict.SAME
    mine = Known(LINK.with_(title="Mine"), body_sha256(OLD), title_edited=True)
    assert verdict(mine, OLD, "U") is Verdict.SAME


def test_a_good_new_body_replaces_also_a_restored_one() -> None:
    restored = LINK.with_(body="older\n", capture=Capture(sha256=body_sha256("older\n")))

    assert verdict(KNOWN, NEW) is Verdict.NEW_BODY
    assert verdict(Known(restored, body_sha256(OLD)), NEW) is Verdict.NEW_BODY
    assert verdict(Known(restored, body_sha256(OLD)), OLD) is Verdict.SAME


def test_an_edited_body_is_never_overwritten() -> None:
    edited = Known(LINK.with_(body="mine\n"), body_sha256(OLD))

    assert verdict(edited, OLD) is Verdict.SAME
    judgement = judge(edited, NEW, body_sha256(NEW), "T")
    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.HELD, BothChanged)


def test_a_dropped_body_is_never_new_again() -> None:
    assert verdict(Known(LINK, body_sha256(OLD), dropped=frozenset({body_sha256(NEW)})), NEW) is Verdict.SAME


def test_a_newer_extractor_is_not_a_newer_page() -> None:
    assert verdict(Known(LINK, body_sha256(OLD), old_page_anew=NEW), NEW) is Verdict.SAME
