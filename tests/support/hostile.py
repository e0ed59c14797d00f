"""The shared hostile web server, running: its addresses, what was asked of it, which endpoints there are."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Hostile:
    """`main` serves the endpoints; `alt` is another site; nobody may reach `canary`."""

    program: Path
    main: int
    alt: int
    canary: int

    def url(self, path: str) -> str:
        """The address of an endpoint."""
        return f"http://127.0.0.1:{self.main}{path}"

    def log(self) -> list[dict[str, Any]]:
        """The requests so far."""
        with urllib.request.urlopen(self.url("/_log.json")) as answer:
            return list(json.load(answer))

    def paths(self, groups: Collection[str]) -> list[str]:
        """The endpoints of these groups."""
        listed = subprocess.run([sys.executable, str(self.program), "--manifest"], capture_output=True, check=True)
        return [entry["path"] for entry in json.loads(listed.stdout) if entry["group"] in groups]

    def allow(self, home: Path, timeout: int) -> None:
        """The user's config lets both sites be captured, each page within so many seconds."""
        folder = home / ".config" / "pagelog"
        folder.mkdir(parents=True)
        sites = f'"127.0.0.1:{self.main}", "127.0.0.1:{self.alt}"'
        (folder / "config.toml").write_text(f"[fetch]\ntimeout = {timeout}\nallow_private = [{sites}]\n")


@contextmanager
def running(shared: Path, ready: Path) -> Iterator[Hostile]:
    """The server, until the block ends; `ready` is a file that it writes."""
    program = shared / "tools" / "hostile_server.py"
    process = subprocess.Popen([sys.executable, str(program), "--ready", str(ready), "--lifetime", "900"])
    try:
        end = time.monotonic() + 20
        while not ready.exists() or not ready.read_text():
            assert time.monotonic() < end, "the hostile server does not start"
            time.sleep(0.05)
        ports = json.loads(ready.read_text())
        yield Hostile(program, ports["main"], ports["alt"], ports["canary"])
    finally:
        process.kill()
        process.wait()
