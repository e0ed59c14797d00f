"""The pages of `pagelog demo`, and a small server for them on this machine."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

FOLDER = Path(__file__).parent
# path -> the files it shows, first and later; the second is what the page became
PAGES: dict[str, tuple[str, ...]] = {
    "/tides/salt-marsh.html": ("salt-marsh.html", "salt-marsh-later.html"),
    "/zhengce/2024-17.html": ("notice.html", "notice-later.html"),
    "/notes/ring-buffer.html": ("ring-buffer.html",),
    "/ferries/timetable.html": ("timetable.html",),
}
_GB18030 = ("notice.html", "notice-later.html")


class DemoSite:
    """Serves the pages on 127.0.0.1 while in `with`."""

    def __init__(self) -> None:
        self._later = False
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = site.page(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name is the base's
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.where = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def addresses(self) -> list[str]:
        """Every page's address."""
        return [f"http://{self.where}{path}" for path in PAGES]

    def time_passes(self) -> None:
        """Two pages become what they are next."""
        self._later = True

    def page(self, path: str) -> bytes:
        """The bytes of a page now; none for what is not here."""
        files = PAGES.get(path)
        if files is None:
            return b""
        name = files[-1 if self._later else 0]
        text = (FOLDER / name).read_text(encoding="utf-8")
        return text.encode("gb18030" if name in _GB18030 else "utf-8")
