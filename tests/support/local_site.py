"""A small real web server on 127.0.0.1 whose pages can be exchanged while it runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. With `etag` or `modified` a request that names the same validator is answered 304."""

    body: bytes
    status: int = 200
    type: str | None = "text/html; charset=utf-8"
    etag: str | None = None
    modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived, header names in lower case, and the status it was answered with."""

    method: str
    path: str
    headers: Mapping[str, str]
    status: int


class Site:
    """`site.put("/a", html)` gives its address, `site.requests` what was asked for.

    A path never put answers 404. Every request has a thread of its own, so a slow page holds up no other.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Request] = []
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.site = self
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self.server.server_port

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return self.origin + path

    def put(self, path: str, body: str | bytes, **answer: object) -> str:
        """Serve `body` at `path` from now on and give its address; `answer` are the other fields of Page."""
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(content, **answer)  # type: ignore[arg-type]
        return self.url(path)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Send visitors of `path` to `target`, given verbatim."""
        return self.put(path, "", status=status, headers={"Location": target})

    def remove(self, path: str) -> None:
        """Answer 404 from now on."""
        self.pages.pop(path, None)

    def hits(self, path: str) -> int:
        """How often `path` was asked for."""
        return sum(request.path == path for request in list(self.requests))


class Server(ThreadingHTTPServer):
    """Knows its site; a test that kills its client in mid-answer is no reason for a traceback."""

    daemon_threads = True
    request_queue_size = 128
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: the client went away."""


class Handler(BaseHTTPRequestHandler):
    """Answers from the site's pages; query strings belong to the path when such a page was put."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """One page, or 304, or 404."""
        site = self.server.site
        page = (
            site.pages.get(self.path) or site.pages.get(urlsplit(self.path).path) or Page(b"<h1>404</h1>", status=404)
        )
        if page.delay:
            threading.Event().wait(page.delay)
        status = 304 if self.is_fresh(page) else page.status
        headers = {name.lower(): value for name, value in self.headers.items()}
        site.requests.append(Request(self.command, self.path, headers, status))
        self.answer(page, status)

    def is_fresh(self, page: Page) -> bool:
        """The client named the validator this page still has."""
        if page.etag is not None and "If-None-Match" in self.headers:
            return self.headers["If-None-Match"] == page.etag
        return page.modified is not None and self.headers.get("If-Modified-Since") == page.modified

    def answer(self, page: Page, status: int) -> None:
        """Status line, headers, and the body where one belongs."""
        body = b"" if status in {204, 304} else page.body
        self.send_response(status)
        named = {"Content-Type": page.type, "ETag": page.etag, "Last-Modified": page.modified, **page.headers}
        for name, value in named.items():
            if value is not None:
                self.send_header(name, value)
        if status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: a test reads `site.requests`."""
