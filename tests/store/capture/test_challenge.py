"""A server that lets only browsers in is named as what it is, and an ordinary refusal stays one."""

from __future__ import annotations

import gzip

import pytest

from store.capture.challenge import SCRIPT, asked_by
from store.capture.fetch import Fetcher, FetchSettings
from store.errors import BadStatus, BrowserWanted, FetchError, TryLater

RUISHU = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="9DhefwqGPrzGxEp9hPaoag" content="x" r="m">'
    '<script type="text/javascript" r="m">$_ts=window[\'$_ts\'];if(!$_ts)$_ts={};$_ts.nsd=46912;</script>'
    '<script src="/OTLSPqrl.4b8ba1a.js" r="m"></script></head><body></body></html>'
)
JSL = "<script>document.cookie=('__jsl_clearance=1;path=/');location.href=location.pathname</script>"
MOMENT = "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
REFUSED = "<html><head><title>403</title></head><body><h1>Forbidden</h1><p>You may not see this page.</p></body></html>"


def by(status: int, body: str = "", **headers: str) -> str | None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return asked_by(status, named, lambda: body.encode())


@pytest.mark.parametrize(
    ("status", "body", "who"),
    [(412, RUISHU, "瑞数"), (202, RUISHU, "瑞数"), (521, JSL, "加速乐"), (403, MOMENT, "Cloudflare"),
     (503, MOMENT, "Cloudflare"),
     (412, "", SCRIPT), (412, "<h1>Precondition Failed</h1>", SCRIPT), (202, "<script>go()</script>", SCRIPT),
     (403, "<html><body><noscript>x</noscript><script>go()</script></body></html>", SCRIPT)],
)  # fmt: skip
def test_a_challenge_is_told_by_its_body(status: int, body: str, who: str) -> None:
    assert by(status, body) == who


@pytest.mark.parametrize(
    ("status", "body"),
    [(403, REFUSED), (404, "<script>go()</script>"), (503, "<script>go()</script>"),
     (202, "<p>Your order is in work.</p>"),
     (403, REFUSED + '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'), (500, RUISHU)],
)  # fmt: skip
def test_an_ordinary_refusal_is_none(status: int, body: str) -> None:
    assert by(status, body) is None


def test_headers_are_enough_and_the_body_is_not_asked_for_in_vain() -> None:
    def never() -> bytes:
        raise AssertionError

    assert asked_by(403, {"cf-mitigated": "challenge"}, never) == "Cloudflare"
    assert asked_by(202, {"x-amzn-waf-action": "challenge"}, never) == "AWS WAF"
    assert asked_by(404, {}, never) is None
    assert asked_by(403, {"content-type": "application/json"}, never) is None


def refused(site: object, body: str | bytes, **answer: object) -> FetchError:
    fetcher = Fetcher(FetchSettings(allow_private=("127.0.0.0/8",), total_seconds=2.0, retries=0))
    try:
        with pytest.raises(FetchError) as caught:
            fetcher.fetch(site.put("/a", body, **answer))  # type: ignore[attr-defined]
    finally:
        fetcher.close()
    return caught.value


def test_the_fetch_names_it(site: object) -> None:
    packed = refused(site, gzip.compress(RUISHU.encode()), status=412, headers={"Content-Encoding": "gzip"})
    plain = refused(site, RUISHU, status=202)

    assert (type(packed), packed.facts["by"], packed.facts["status"]) == (BrowserWanted, "瑞数", 412)
    assert (type(plain), plain.facts["status"]) == (BrowserWanted, 202)


def test_a_refusal_with_a_body_that_is_broken_or_large_keeps_its_status(site: object) -> None:
    broken = refused(site, b"no gzip", status=403, headers={"Content-Encoding": "gzip"})
    large = refused(site, REFUSED + "x" * 5_000_000, status=403)

    assert [(type(each), each.facts["status"]) for each in (broken, large)] == [(BadStatus, 403)] * 2


def test_a_busy_server_is_still_waited_for(site: object) -> None:
    assert type(refused(site, "<h1>Busy</h1>", status=503)) is TryLater
    assert type(refused(site, MOMENT, status=503)) is BrowserWanted
