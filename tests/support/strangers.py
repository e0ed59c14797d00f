"""Libraries that were not made on this machine, and those that the user knows."""

from __future__ import annotations

import json
from pathlib import Path

from store.admission import opening
from store.admission.trust import Trust
from store.link import Queued
from store.repo.places import Places
from store.state import State

CLONED = """[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = true
\tignorecase = true
\tprecomposeunicode = true
[remote "origin"]
\turl = git@example.org:uma/links.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch "main"]
\tremote = origin
\tmerge = refs/heads/main
"""

ORDERS = [
    "[include]\n\tpath = /tmp/evil\n",
    '[includeIf "gitdir:/"]\n\tpath = /tmp/evil\n',
    '[filter "x"]\n\tclean = /tmp/evil\n\tsmudge = /tmp/evil\n\tprocess = /tmp/evil\n',
    '[filter "x"]\n\trequired\n',
    "[core]\n\tfsmonitor = /tmp/evil\n",
    "[core]\n\tfsmonitor = true\n",
    "[core]\n\thooksPath = /tmp\n",
    "[core]\n\tsshCommand = /tmp/evil\n",
    "[core]\n\tgitProxy = /tmp/evil\n",
    "[core]\n\taskPass = /tmp/evil\n",
    "[core]\n\teditor = /tmp/evil\n",
    "[core]\n\tpager = /tmp/evil\n",
    "[core]\n\talternateRefsCommand = /tmp/evil\n",
    "[core]\n\tattributesFile = /tmp/evil\n",
    "[core]\n\texcludesFile = /dev/zero\n",
    "[core]\n\tworktree = /home\n",
    "[core]\n\tbare = true\n",
    "[core]\n\tbare\n",
    "[core]\n\tprotectNTFS = false\n",
    "[core]\n\trepositoryformatversion = 2\n",
    "[core]\n\tsharedRepository = world\n",
    '[remote "o"]\n\tuploadpack = /tmp/evil\n',
    '[remote "o"]\n\treceivepack = /tmp/evil\n',
    '[remote "o"]\n\tvcs = evil\n',
    '[remote "o"]\n\tproxy = http://evil\n',
    '[remote "o"]\n\turl = ext::sh -c evil\n',
    '[remote "o"]\n\turl = evil://host/x\n',
    '[remote "o"]\n\turl = -oProxyCommand=evil:x\n',
    '[remote "o"]\n\turl = ssh://-oProxyCommand=evil/x\n',
    '[remote "o"]\n\turl = git@-oProxyCommand=evil:x\n',
    '[remote "o"]\n\tfetch = +refs/heads/*:refs/heads/*\n',
    '[remote "o"]\n\tfetch = +refs/x/*:refs/pagelog/*\n',
    '[remote "--exec=evil"]\n\turl = x\n',
    '[remote "o"]\n\tpromisor = true\n',
    '[branch "main"]\n\tremote = ext::sh -c evil\n',
    '[url "ext::sh -c evil #"]\n\tinsteadOf = https://example.org/\n',
    "[credential]\n\thelper = !evil\n",
    '[credential "https://example.org"]\n\thelper = /tmp/evil\n',
    '[protocol "ext"]\n\tallow = always\n',
    "[http]\n\tproxy = http://evil\n",
    "[http]\n\tsslVerify = false\n",
    "[extensions]\n\tpartialClone = o\n",
    "[gc]\n\trecentObjectsHook = /tmp/evil\n",
    '[diff "x"]\n\ttextconv = /tmp/evil\n',
    "[diff]\n\texternal = /tmp/evil\n",
    '[merge "x"]\n\tdriver = /tmp/evil\n',
    "[alias]\n\tx = !evil\n",
    "[gpg]\n\tprogram = /tmp/evil\n",
    "[uploadpack]\n\tpackObjectsHook = /tmp/evil\n",
    "[core] fsmonitor = /tmp/evil\n",
    "[core]fsmonitor = /tmp/evil\n",
    "[core]\n\tfilemode = tr\\\nue\n",
    "[user]\n\tname = x\\\n[core]\n\teditor = y\n",
    "[Core]\n\tFSMonitor=/tmp/evil\n",
    "[remote.o]\n\tuploadPack = /tmp/evil\n",
    '[remote\t"o"]\n\tuploadPack = "/tmp/evil"\n',
    "\xef\xbb\xbf[core]\n\tpager = /tmp/evil\n",
]


def admit(path: Path, data: Path) -> Trust:
    trust = Trust(data)
    opening.find_or_make(path, make=False, trust=trust)
    return trust


def make(path: Path, data: Path) -> Path:
    opening.find_or_make(path, make=True, trust=Trust(data))
    return path


def give(path: Path, data: Path) -> str:
    return Trust(data).give(opening.find(path))


def configure(path: Path, text: str) -> None:
    with (path / ".git" / "config").open("a", encoding="latin-1", newline="") as file:
        file.write(text)


def with_records(path: Path, *urls: str) -> Path:
    """`.git/pagelog` as a library brings it along: a queue, and a journal."""
    own = path / ".git" / "pagelog"
    own.mkdir()
    state = State.open(str(own / "state.sqlite3"))
    state.enqueue(queued(url) for url in urls)
    state.close()
    (own / "journal").write_text("{}")
    return own


def queued(url: str) -> Queued:
    return Queued(0, url, "0" * 12, url, (), None, "2026-01-01T00:00:00Z")


def queue_of(path: Path) -> list[str]:
    state = State.open(str(path / ".git" / "pagelog" / "state.sqlite3"))
    try:
        return [entry.url for entry in state.queued()]
    finally:
        state.close()


def places(path: Path) -> Places:
    return opening.find(path)


def with_file(path: Path) -> Path:
    own = path / ".git" / "pagelog" / "catalogue.sqlite3"
    own.touch()
    return own


def rewrite(data: Path, **facts: str | int) -> None:
    """What is remembered of the only library, changed."""
    path = data / "trust.json"
    (known,) = json.loads(path.read_text())["libraries"]
    path.write_text(json.dumps({"libraries": [{**known, **facts}]}))
