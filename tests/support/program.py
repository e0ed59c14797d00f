"""The real command in a process of its own, and what came of it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store import frontmatter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from store.link import Link


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process left: its exit status and what it said."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON Lines on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Pagelog:
    """`pagelog("add", url, "--json")` runs it on `library`; `pagelog.git("log")` is the user's own git in there."""

    program: Path
    library: Path
    env: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, stdin: str = "", cwd: Path | None = None, timeout: float = 120) -> Outcome:
        """Run to the end; it reads `stdin`, no terminal anywhere."""
        return run(self.command(*arguments), stdin=stdin, cwd=cwd, env=self.environment(), timeout=timeout)

    def start(self, *arguments: str, cwd: Path | None = None, **pipes: Any) -> subprocess.Popen[bytes]:
        """Start it in a process group of its own, so that a test may kill all of it; binary pipes."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes}
        command = self.command(*arguments)
        return subprocess.Popen(command, cwd=cwd, env=self.environment(), start_new_session=True, **pipes)

    def command(self, *arguments: str) -> list[str]:
        """The words to run."""
        return [str(self.program), "--library", str(self.library), *arguments]

    def environment(self) -> dict[str, str]:
        """What the process gets: the isolated environment of the test and `env` over it."""
        return {**os.environ, **self.env}

    def git(self, *arguments: str, ok: bool = True, **env: str) -> str:
        """git as the user runs it in the library, its stdout; `ok=False` where a refusal is fine."""
        outcome = run(["git", "-C", str(self.library), *arguments], env={**os.environ, **env})
        if ok and outcome.status != 0:
            raise AssertionError(f"git {' '.join(arguments)}: {outcome.err}")
        return outcome.out

    def commits(self) -> list[str]:
        """Subjects from HEAD backwards."""
        return self.git("log", "--format=%s").splitlines()

    def link(self, title: str) -> Link:
        """The link with this title, read from its document."""
        for path in self.library.glob("pages/*/*.md"):
            found = frontmatter.loads(path.read_bytes())
            if found.title == title:
                return found
        raise AssertionError(f"no document with the title {title!r}")

    def assert_whole(self) -> None:
        """git finds nothing wrong, the work tree is HEAD's, and no lock is left."""
        self.git("fsck", "--strict", "--no-dangling")
        assert self.git("status", "--porcelain") == ""
        assert [path.name for path in (self.library / ".git").rglob("*.lock")] == []


def run(
    command: list[str],
    *,
    stdin: str = "",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 120,
) -> Outcome:
    """Run a process to its end and read it as UTF-8, undecodable bytes kept visible."""
    done = subprocess.run(
        command,
        input=stdin.encode(),
        cwd=cwd,
        env=None if env is None else dict(env),
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Outcome(
        done.returncode, done.stdout.decode(errors="backslashreplace"), done.stderr.decode(errors="backslashreplace")
    )
