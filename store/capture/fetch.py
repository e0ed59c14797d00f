"""Fetches one page, bounded in everything: time, size, redirects, addresses. httpx does the HTTP.

- http and https only, at every hop; sockets go where `reach` allows (`sockets`), at every hop.
- One clock over names, connections, headers, bodies and redirects (`budget`); it stands still while we wait politely.
- Wire and decoded size are both capped; a short body, cut chunks, a truncated gzip are errors, never a short page.
- Only 200 with a body is a page. 429 and 503 are waited for as asked, up to a limit; a cut connection is tried again.
- A page without a text that sends a browser on at once (`forwarding`) is a redirect like others, with the same checks.
- Cookies live for one capture. No .netrc, no Referer, no credentials from an address.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from store.address import to_fetch
from store.capture import challenge
from store.capture.budget import Budget, Cancelled
from store.capture.decode import Decoder
from store.capture.forwarding import sent_on
from store.capture.headers import content_type, sound_date, sound_etag
from store.capture.limits import FetchSettings
from store.capture.manners import Manners, asked_wait
from store.capture.proxies import ProxyChoice, without_password
from store.capture.reach import Reach
from store.capture.secure import Secure
from store.capture.sockets import Backend, judged, resolve
from store.errors import (
    AddressError,
    BadStatus,
    BrowserWanted,
    ConnectionFailed,
    EmptyBody,
    FetchError,
    HeadersTooLarge,
    HostNotFound,
    IncompleteBody,
    NotAWebPage,
    PagelogError,
    ProtocolBroken,
    ProxyFailed,
    RedirectRefused,
    TLSFailed,
    TooLarge,
    TooManyRedirects,
    TryLater,
)
from store.text import one_line

__all__ = ["Cancelled", "FetchSettings", "Fetcher", "NotModified", "Page", "Validators"]

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_GLIMPSE = 65_536  # bytes of a refusal that are looked at
_MOST_COOKIES = 50
_MOST_COOKIE_BYTES = 8_192
_KEPT_IDLE = 5.0  # seconds
_NO_PAGES = re.compile(r"(?:image|audio|video|font)/.*|application/(?:pdf|zip|gzip|x-tar|x-7z-compressed|vnd\.rar)")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again with: an ETag, a Last-Modified, as it wrote them."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A whole answer. `type` and `charset` as declared, cleaned, lower case; `body` without its gzip or deflate.

    `status` is None for a file that the user's browser saved.
    """

    final_url: str
    status: int | None
    type: str | None
    charset: str | None
    body: bytes
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the validators were given."""

    final_url: str


class _Cut(Exception):
    """The connection ended without an answer."""


class Fetcher:
    """Fetches pages, from many threads at once. Close it."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._reach = Reach.parse(settings.allow_private)
        self._proxies = ProxyChoice(settings)
        self._manners = Manners(settings.per_host, settings.host_delay)
        self.secure = Secure(settings)
        self._pools: dict[tuple[str | None, bool], httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close what is kept open."""
        for pool in self._pools.values():
            pool.close()

    def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        allow_typed: bool = False,
        cancelled: threading.Event | None = None,
    ) -> Page | NotModified:
        """The page at a normalised URL. Raises FetchError, NotAWebPage, Cancelled.

        `allow_typed`: this URL's own host and port may be private, no redirect beyond.
        """
        with Budget(url, self._settings, cancelled) as budget:
            reach = self._reach
            if allow_typed:
                host, port = _host_and_port(url)
                reach = reach.with_typed(host, port)
            transport = _Transport(self, reach, budget, own=allow_typed)
            with httpx.Client(transport=transport, trust_env=False, headers=_headers(self._settings)) as client:
                return _Capture(self._settings, self._manners, reach, budget, client).run(url, validators)

    def pool(self, proxy: str | None, reach: Reach, *, own: bool, legacy: bool) -> httpcore.ConnectionPool:
        """The connections of all captures, or `own` ones where the user's word holds for one capture only."""
        if own:
            return self._new_pool(proxy, reach, legacy)
        with self._lock:
            if (proxy, legacy) not in self._pools:
                self._pools[proxy, legacy] = self._new_pool(proxy, reach, legacy)
            return self._pools[proxy, legacy]

    def proxy_for(self, url: str) -> str | None:
        """The user's proxy for this address, if any."""
        return self._proxies.choose(url)

    def _new_pool(self, proxy: str | None, reach: Reach, legacy: bool) -> httpcore.ConnectionPool:
        terms = self.secure.terms(legacy=legacy)
        kept: dict[str, Any] = {"ssl_context": terms, "keepalive_expiry": _KEPT_IDLE, "retries": 0}
        if proxy is None:
            return httpcore.ConnectionPool(network_backend=Backend(reach), **kept)
        return httpcore.HTTPProxy(
            proxy_url=proxy, network_backend=Backend(reach, _host_and_port(proxy)), **kept, proxy_headers=None
        )


class _Transport(httpx.BaseTransport):
    """From httpx to our own connections; behind a proxy the target is judged here, its socket shows only the proxy."""

    def __init__(self, fetcher: Fetcher, reach: Reach, budget: Budget, *, own: bool) -> None:
        self._fetcher = fetcher
        self._reach = reach
        self._budget = budget
        self._own = own
        self._mine: list[httpcore.ConnectionPool] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url, secure = request.url, self._fetcher.secure
        host, port = _host_and_port(str(url))
        proxy = self._fetcher.proxy_for(str(url))
        if proxy is not None:
            self._judge_beyond_proxy(host, port)
        pool = self._fetcher.pool(proxy, self._reach, own=self._own, legacy=secure.is_legacy(host, port))
        if self._own:
            self._mine.append(pool)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        try:
            answer = pool.handle_request(httpcore.Request("GET", target, headers=request.headers.raw))
        except httpcore.ProxyError as error:
            raise ProxyFailed(self._budget.url, proxy or "", one_line(str(error), 100)) from error
        except TLSFailed as failed:
            raise secure.named(failed, host, port) from failed.__context__
        except PagelogError as error:
            if proxy is not None and isinstance(error, (ConnectionFailed, HostNotFound)):
                raise ProxyFailed(self._budget.url, without_password(proxy), error.name) from error
            raise
        # httpx would build the next request of a redirect at once, and stumble over what we only want to read
        where = [value for key, value in answer.headers if key.lower() == b"location"]
        headers = [(key, value) for key, value in answer.headers if key.lower() != b"location"]
        return httpx.Response(answer.status, headers=headers, stream=_Body(answer), extensions={"location": where})

    def close(self) -> None:
        for pool in self._mine:
            pool.close()

    def _judge_beyond_proxy(self, host: str, port: int) -> None:
        try:
            addresses = resolve(host, port, self._budget)
        except HostNotFound:
            return  # the proxy may know it; its answer cannot be seen from here
        judged(self._reach, host, port, addresses, self._budget)


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Capture:
    """One fetch: its tries, its hops, its cookies."""

    def __init__(
        self, settings: FetchSettings, manners: Manners, reach: Reach, budget: Budget, client: httpx.Client
    ) -> None:
        self._settings = settings
        self._manners = manners
        self._reach = reach
        self._budget = budget
        self._client = client
        self._greeted: set[str] = set()  # hosts we have waited our turn for

    def run(self, url: str, validators: Validators | None) -> Page | NotModified:
        """Try, and try again what may pass: a cut connection, a server that asks to wait."""
        tries = 0
        while True:
            try:
                return self._hops(url, validators)
            except _Cut:
                if tries >= self._settings.retries:
                    raise ConnectionFailed(url, _host_and_port(url)[0], "cut") from None
                wait = self._settings.backoff * 2**tries
            except TryLater as busy:
                wait = self._settings.backoff * 2**tries if busy.seconds is None else float(busy.seconds)
                if tries >= self._settings.retries or wait > self._settings.retry_wait_limit:
                    raise
            tries += 1
            self._budget.rest(wait)

    def _hops(self, url: str, validators: Validators | None) -> Page | NotModified:
        self._client.cookies.clear()
        was_page = False
        for _ in range(self._settings.redirect_limit + 1):
            answer = self._one(url, validators)
            further = sent_on(answer.body, answer.charset) if isinstance(answer, Page) else None
            if further is not None:
                answer = self._target(url, [further.encode("utf-8", "replace")])
                validators, was_page = None, True  # an answer to them may be about this page, and not about the next
            if not isinstance(answer, str):
                return replace(answer, validators=Validators()) if was_page and isinstance(answer, Page) else answer
            url = answer
        raise TooManyRedirects(self._budget.url, self._settings.redirect_limit)

    def _one(self, url: str, validators: Validators | None) -> Page | NotModified | str:
        """The page, or the address it redirects to."""
        host, port = _host_and_port(url)
        if host in self._greeted or self._reach.vouches(host, port):
            return self._ask(url, validators)
        with self._manners.turn(host, self._budget):
            self._greeted.add(host)
            return self._ask(url, validators)

    def _ask(self, url: str, validators: Validators | None) -> Page | NotModified | str:
        self._budget.wait_for("answer")
        try:
            with self._client.stream("GET", url, headers=_conditions(validators)) as response:
                return self._receive(url, response, conditional=validators is not None)
        except httpx.InvalidURL:
            raise RedirectRefused(self._budget.url, one_line(url, 200), "target") from None
        except (httpcore.RemoteProtocolError, httpcore.LocalProtocolError) as error:
            raise self._broken(error) from error
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            if self._budget.waiting_for == "body":
                raise IncompleteBody(self._budget.url) from error
            raise _Cut from error

    def _broken(self, error: Exception) -> Exception:
        words = str(error)
        if self._budget.waiting_for == "body" and self._budget.ended:
            return IncompleteBody(self._budget.url)
        if "too long" in words or "too large" in words or "Receive buffer" in words:
            return HeadersTooLarge(self._budget.url)
        if self._budget.ended and not self._budget.answered:
            return _Cut()
        return ProtocolBroken(self._budget.url, type(error).__name__)

    def _receive(self, url: str, response: httpx.Response, *, conditional: bool) -> Page | NotModified | str:
        status = response.status_code
        if status in _REDIRECTS:
            self._bound_cookies()
            return self._target(url, response.extensions["location"])
        if status == 304 and conditional:
            return NotModified(url)
        if status != 200:
            raise self._refusal(status, response)
        return self._page(url, response)

    def _refusal(self, status: int, response: httpx.Response) -> FetchError:
        who = challenge.asked_by(status, response.headers, lambda: self._glimpse(response))
        if who is not None:
            return BrowserWanted(self._budget.url, status, who)
        if status not in _BUSY:
            return BadStatus(self._budget.url, status)
        wait = asked_wait(response.headers.get("retry-after"))
        return TryLater(self._budget.url, status, None if wait is None else int(wait) + (wait % 1 > 0))

    def _glimpse(self, response: httpx.Response) -> bytes:
        """The beginning of a body that is not kept; as far as it comes, its status is told in any case."""
        try:
            decoder = Decoder(self._budget.url, response.headers.get("content-encoding", ""), _GLIMPSE)
        except FetchError:
            return b""
        self._budget.wait_for("body")
        try:
            wire = 0
            for chunk in response.stream:  # type: ignore[union-attr]
                wire += len(chunk)
                decoder.feed(chunk)
                if wire > _GLIMPSE:
                    break
        except (FetchError, httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException):
            pass  # TooLarge among them: that was enough
        return decoder.so_far

    def _page(self, url: str, response: httpx.Response) -> Page:
        settings, asked = self._settings, self._budget.url
        type_, charset = content_type(response.headers.get("content-type", ""))
        if type_ and _NO_PAGES.fullmatch(type_):
            raise NotAWebPage(asked, type_)
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > settings.wire_limit:
            raise TooLarge(asked, settings.wire_limit, "declared")
        decoder = Decoder(asked, response.headers.get("content-encoding", ""), settings.decoded_limit)
        self._budget.wait_for("body")
        wire = 0
        for chunk in response.stream:  # type: ignore[union-attr]
            wire += len(chunk)
            if wire > settings.wire_limit:
                raise TooLarge(asked, settings.wire_limit, "wire")
            decoder.feed(chunk)
        body = decoder.finish()
        if not body.strip():
            raise EmptyBody(asked)
        validators = Validators(
            sound_etag(response.headers.get("etag")), sound_date(response.headers.get("last-modified"))
        )
        return Page(url, 200, type_, charset, body, validators)

    def _target(self, url: str, locations: list[bytes]) -> str:
        """Where a redirect leads, as a normalised address. Raises RedirectRefused."""
        asked = self._budget.url
        words = locations[0].decode("utf-8", "surrogateescape").strip() if locations else ""  # as browsers read it
        if not words:
            raise RedirectRefused(asked, "", "missing")
        target = one_line(words, 200)
        scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", words)
        if scheme and scheme[1].lower() not in ("http", "https"):
            raise RedirectRefused(asked, target, "scheme")
        if "\\" in words.partition("?")[0]:
            raise RedirectRefused(asked, target, "target")
        try:
            return to_fetch(urljoin(url, words))
        except (AddressError, ValueError):
            raise RedirectRefused(asked, target, "target") from None

    def _bound_cookies(self) -> None:
        """A flood of cookies is no session: it is forgotten."""
        cookies = list(self._client.cookies.jar)
        size = sum(len(cookie.name) + len(cookie.value or "") for cookie in cookies)
        if len(cookies) > _MOST_COOKIES or size > _MOST_COOKIE_BYTES:
            self._client.cookies.clear()


def _headers(settings: FetchSettings) -> dict[str, str]:
    return {key: value.decode() for key, value in settings.headers.items()}


def _conditions(validators: Validators | None) -> dict[str, str]:
    conditions = {}
    if validators is not None and validators.etag:
        conditions["If-None-Match"] = validators.etag
    if validators is not None and validators.last_modified:
        conditions["If-Modified-Since"] = validators.last_modified
    return conditions


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
