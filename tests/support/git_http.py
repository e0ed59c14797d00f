"""Bare repositories behind a small web server on 127.0.0.1, as git hosts have them: `git http-backend`, and a door.

    with GitHost(folder, password="secret") as host:
        pagelog("sync", "--remote", host.url("hub.git"))

Rules: what a host may do wrong is one of its fields, and may be changed between two requests.
"""

from __future__ import annotations

import base64
import os
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

USER = "uma"
_PIECE = 512  # bytes of a slow answer at once


class GitHost:
    """The repositories of `folder`. Without `password` everybody may come in.

    `forbidden`: 403 for who writes ("push"), or for everybody ("all"). `pause`: seconds before each half kilobyte of
    an answer. `asked`: every request, its method and path.
    """

    def __init__(self, folder: Path, *, password: str | None = None, forbidden: str = "", pause: float = 0.0) -> None:
        self.folder, self.password, self.forbidden, self.pause = folder, password, forbidden, pause
        self.asked: list[str] = []
        self._server = _Server(("127.0.0.1", 0), _Door)
        self._server.host = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    def url(self, name: str, *, port: int | None = None, user: str = "") -> str:
        """The address of a repository, through another port where something stands before the host."""
        return f"http://{user}{'@' * bool(user)}127.0.0.1:{port or self.port}/{name}"

    def refusal(self, path: str, authorization: str) -> int:
        """The status for who may not; 0: come in."""
        if self.password is not None:
            known = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
            if authorization != f"Basic {known}":
                return 401
        writes = "receive-pack" in path
        return 403 if self.forbidden == "all" or (self.forbidden == "push" and writes) else 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    host: GitHost

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: the client went away."""


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self._body())

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _answer(self, body: bytes) -> None:
        host = self.server.host
        host.asked.append(f"{self.command} {self.path}")
        refused = host.refusal(self.path, self.headers.get("Authorization", ""))
        if refused:
            self.send_response(refused)
            if refused == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        headers, _, content = self._backend(body).partition(b"\r\n\r\n")
        told = dict(line.split(": ", 1) for line in headers.decode().split("\r\n"))
        self.send_response(int(told.pop("Status", "200").split()[0]))
        for name, value in {**told, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self._say(content)

    def _say(self, content: bytes) -> None:
        pause = self.server.host.pause
        if not pause:
            self.wfile.write(content)
            return
        for start in range(0, len(content), _PIECE):
            time.sleep(pause)
            self.wfile.write(content[start : start + _PIECE])
            self.wfile.flush()

    def _backend(self, body: bytes) -> bytes:
        parts = urlsplit(self.path)
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.server.host.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": self.command,
            "REMOTE_USER": USER,  # git takes a push only from somebody
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        return subprocess.run(["git", "http-backend"], env=environment, input=body, stdout=subprocess.PIPE).stdout

    def log_message(self, *_: object) -> None:
        """Nothing: a test reads `asked`."""
