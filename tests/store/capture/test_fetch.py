"""A page comes whole, in time, from where it may, or not at all."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator

import pytest

from local_site import Site
from store.capture.fetch import Cancelled, Fetcher, FetchSettings, NotModified, Page, Validators
from store.errors import (
    AddressRefused,
    BadEncoding,
    BadStatus,
    ConnectionFailed,
    EmptyBody,
    FetchError,
    HostNotFound,
    IncompleteBody,
    NotAWebPage,
    ProtocolBroken,
    ProxyFailed,
    RedirectRefused,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    TryLater,
    UnsupportedEncoding,
)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"


class Raw:
    """A server that answers every connection with just these bytes."""

    def __init__(self, *answers: bytes, pause: float = 0.0) -> None:
        self.answers = list(answers)
        self.connections = 0
        self._pause = pause
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            answer = self.answers[min(self.connections, len(self.answers) - 1)]
            self.connections += 1
            threading.Thread(target=self._answer, args=(connection, answer), daemon=True).start()

    def _answer(self, connection: socket.socket, answer: bytes) -> None:
        with connection:
            try:
                connection.recv(65536)
                for start in range(0, len(answer), 1 if self._pause else 65536):
                    connection.sendall(answer[start : start + (1 if self._pause else 65536)])
                    time.sleep(self._pause)
            except OSError:
                pass


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(FetchSettings(allow_private=("127.0.0.0/8",), total_seconds=1.5, backoff=0.05, wire_limit=100_000,
                                 decoded_limit=200_000))  # fmt: skip
    yield made
    made.close()


def fetched(fetcher: Fetcher, answer: bytes, *more: bytes, pause: float = 0.0) -> Page | NotModified:
    server = Raw(answer, *more, pause=pause)
    try:
        return fetcher.fetch(server.url)
    finally:
        server.close()


def test_a_page_comes_with_its_type_charset_and_validators(fetcher: Fetcher, site: Site) -> None:
    url = site.put("/a", "<p>é", type="Text/HTML; Charset='UTF-8'", etag='"v1"')

    page = fetcher.fetch(url)

    assert isinstance(page, Page)
    assert (page.type, page.charset, page.validators.etag) == ("text/html", "utf-8", '"v1"')
    assert isinstance(fetcher.fetch(url, validators=page.validators), NotModified)


def test_gzip_deflate_raw_deflate_and_odd_names_are_decoded(fetcher: Fetcher) -> None:
    raw = zlib.compressobj(wbits=-15)
    bodies = {
        b"gzip": gzip.compress(b"page"), b"x-gzip": gzip.compress(b"page"), b"deflate": zlib.compress(b"page"),
        b"Deflate": raw.compress(b"page") + raw.flush(), b"UTF-8": b"page", b"none": b"page", b"identity": b"page",
    }  # fmt: skip
    for name, body in bodies.items():
        page = fetched(fetcher, HEAD + b"Content-Encoding: %s\r\n\r\n%s" % (name, body))
        assert isinstance(page, Page)
        assert page.body == b"page", name


BOMB = gzip.compress(bytes(1 << 20))
REFUSED = {
    "a bomb": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + BOMB, TooLarge),
    "two layers": (HEAD + b"Content-Encoding: gzip, gzip\r\n\r\nx", UnsupportedEncoding),
    "brotli unasked": (HEAD + b"Content-Encoding: br\r\n\r\nx", UnsupportedEncoding),
    "a truncated gzip": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"page" * 99)[:-9], IncompleteBody),
    "no gzip at all": (HEAD + b"Content-Encoding: gzip\r\n\r\n<html>", BadEncoding),
    "too large, declared": (HEAD + b"Content-Length: 999999\r\n\r\nx", TooLarge),
    "too large, sent": (HEAD + b"\r\n" + b"x" * 150_000, TooLarge),
    "a short body": (HEAD + b"Content-Length: 99\r\n\r\nx", IncompleteBody),
    "a cut chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n", IncompleteBody),
    "a bad chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nabcd\r\n", ProtocolBroken),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", ProtocolBroken),
    "no http": (b"SSH-2.0-OpenSSH \x1b[31m\r\n", ProtocolBroken),
    "a huge header": (HEAD + b"X: " + b"x" * 300_000 + b"\r\n\r\nx", FetchError),
    "nothing": (HEAD + b"Content-Length: 0\r\n\r\n", EmptyBody),
    "204": (b"HTTP/1.1 204 No Content\r\n\r\n", BadStatus),
    "an unasked 304": (b"HTTP/1.1 304 Not Modified\r\n\r\n", BadStatus),
    "404 with escapes": (b"HTTP/1.1 404 \x1b[2J\r\nContent-Length: 0\r\n\r\n", FetchError),
    "a picture": (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx", NotAWebPage),
    "silence": (b"", ConnectionFailed),
    "a wait too long": (b"HTTP/1.1 429 x\r\nRetry-After: 999999\r\nContent-Length: 0\r\n\r\n", TryLater),
    "busy for ever": (b"HTTP/1.1 503 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", TryLater),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_whole_page_is_named(fetcher: Fetcher, name: str) -> None:
    answer, error = REFUSED[name]

    with pytest.raises(error) as caught:
        fetched(fetcher, answer)

    assert "\x1b" not in str(caught.value)


def test_a_byte_now_and_then_is_ended_by_the_total_time(fetcher: Fetcher) -> None:
    begun = time.monotonic()

    with pytest.raises(TimedOut):
        fetched(fetcher, HEAD + b"\r\n" + b"x" * 100, pause=0.05)

    assert time.monotonic() - begun < 5


def test_a_cut_connection_and_a_busy_server_are_tried_again(fetcher: Fetcher) -> None:
    good = HEAD + b"\r\npage"
    busy = b"HTTP/1.1 429 x\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    assert isinstance(fetched(fetcher, b"", b"", good), Page)
    assert isinstance(fetched(fetcher, busy, busy, good), Page)


@pytest.mark.parametrize(
    ("location", "error"),
    [("file:///etc/passwd", RedirectRefused), ("data:text/html,x", RedirectRefused), ("javascript:x", RedirectRefused),
     ("", RedirectRefused), ("http://example.com\\@127.0.0.1/", RedirectRefused),
     ("http://0177.0.0.1/", RedirectRefused), ("http://2130706433/", RedirectRefused),
     ("http://10.0.0.1/", AddressRefused), ("http://[::1]/", AddressRefused),
     ("http://169.254.169.254/", AddressRefused), ("//[64:ff9b::7f00:1]/", AddressRefused),
     ("/loop", TooManyRedirects)],
)  # fmt: skip
def test_a_redirect_goes_nowhere_it_may_not(
    fetcher: Fetcher, site: Site, location: str, error: type[Exception]
) -> None:
    url = site.redirect("/loop", location)

    with pytest.raises(error):
        fetcher.fetch(url)


def test_cookies_live_from_hop_to_hop_and_no_longer(fetcher: Fetcher, site: Site) -> None:
    site.put("/set", "", status=302, headers={"Location": "/page", "Set-Cookie": "a=1; Path=/"})
    url = site.put("/page", "page")

    fetcher.fetch(site.url("/set"))
    fetcher.fetch(url)

    cookies = [request.headers.get("cookie") for request in site.requests]
    assert cookies == [None, "a=1", None]


def test_no_secret_travels_along(fetcher: Fetcher, site: Site) -> None:
    site.put("/page", "page")
    site.redirect("/go", f"http://user:hunter2@127.0.0.1:{site.port}/page")

    page = fetcher.fetch(site.url("/go"))

    assert isinstance(page, Page)
    assert "hunter2" not in page.final_url
    assert not {"authorization", "referer"} & set(site.requests[-1].headers)
    assert site.requests[-1].headers["user-agent"].endswith("pagelog")


def test_a_private_address_needs_the_users_word(site: Site) -> None:
    fetcher = Fetcher(FetchSettings(total_seconds=3))
    other = Raw(HEAD + b"\r\npage")
    url = site.put("/a", "page")
    site.redirect("/b", other.url)

    with pytest.raises(AddressRefused):
        fetcher.fetch(url)
    assert isinstance(fetcher.fetch(url, allow_typed=True), Page)
    with pytest.raises(AddressRefused):
        fetcher.fetch(site.url("/b"), allow_typed=True)
    assert other.connections == 0
    fetcher.close()
    other.close()


def test_the_user_who_gives_up_is_obeyed(fetcher: Fetcher, site: Site) -> None:
    url = site.put("/slow", "page", delay=5)
    cancelled = threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    begun = time.monotonic()

    with pytest.raises(Cancelled):
        fetcher.fetch(url, cancelled=cancelled)

    assert time.monotonic() - begun < 1.4


def test_a_proxy_is_used_and_never_for_a_private_target(site: Site) -> None:
    site.put("http://public.example/", "by proxy")
    fetcher = Fetcher(FetchSettings(http_proxy=site.origin, no_proxy="excepted.example", total_seconds=3))

    with pytest.raises(AddressRefused):
        fetcher.fetch("http://10.0.0.1/")
    try:
        page = fetcher.fetch("http://public.invalid/")
        assert isinstance(page, Page)
    except BadStatus:
        pass
    assert site.requests[-1].path.startswith("http://public.invalid")
    with pytest.raises(HostNotFound):
        fetcher.fetch("http://excepted.example/")
    fetcher.close()
    dead = Fetcher(FetchSettings(proxy="127.0.0.1:9", total_seconds=3, backoff=0.01))
    with pytest.raises(ProxyFailed):
        dead.fetch("http://public.invalid/")
    dead.close()


def test_a_host_gets_few_requests_with_pauses(site: Site) -> None:
    fetcher = Fetcher(FetchSettings(allow_private=("127.0.0.0/8",), host_delay=0.2))
    begun = time.monotonic()
    for _ in range(3):
        fetcher.fetch(site.put("/a", "page"))

    assert time.monotonic() - begun < 0.6  # none for what allow_private names
    fetcher.close()


def test_an_odd_validator_is_not_kept(fetcher: Fetcher) -> None:
    page = fetched(fetcher, HEAD + b'ETag: "\x1b[31m"\r\nLast-Modified: \xff\r\n\r\npage')

    assert isinstance(page, Page)
    assert page.validators == Validators()
