"""Kills in the middle, another pagelog, the user's own git: nothing that was printed is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import time

import pytest

from local_site import Site
from pages import article
from program import Pagelog

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("site_allowed")]


def test_two_processes_adding_at_once_lose_nothing(pagelog: Pagelog, site: Site) -> None:
    urls = [site.put(f"/{n}", article(f"Page {n}")) for n in range(60)]
    running = [pagelog.start("add", *urls[start::2], "--json") for start in (0, 1)]
    acknowledged = [line for process in running for line in process.communicate(timeout=120)[0].splitlines()]

    assert len(acknowledged) == 60
    assert len(pagelog("list", "--json").objects) == 60
    pagelog.assert_whole()


def test_every_line_printed_survives_sixty_random_kills(pagelog: Pagelog, site: Site) -> None:
    """Every round all pages are new, so that every round writes; what a killed one had printed is in HEAD."""
    chance = random.Random(60)
    acknowledged = 0
    for number in range(60):
        urls = [site.put(f"/{n}", article(f"Page {n}", f"<p>This is round {number} of it.</p>")) for n in range(80)]
        process = pagelog.start("add", *urls, "--json")
        time.sleep(chance.uniform(0.4, 2.4))
        (os.killpg if number % 2 else os.kill)(process.pid, signal.SIGKILL)
        lines = process.communicate()[0].split(b"\n")[:-1]
        for row in map(json.loads, lines):
            acknowledged += 1
            assert row["result"] in {"added", "updated"}
            assert f"round {number} of" in pagelog.git("show", f"HEAD:{row['path']}")
    results = {row["result"] for row in pagelog("add", *urls, "--json").objects}  # without help

    assert acknowledged > 100
    assert results <= {"added", "updated", "unchanged"}
    assert len(pagelog("list", "--json").objects) == 80
    assert "damaged" not in pagelog("check", "--json").out
    pagelog.assert_whole()


def test_the_users_own_commits_beside_us_lose_nothing(pagelog: Pagelog, site: Site) -> None:
    pagelog("add", site.put("/first", article("First")))
    urls = [site.put(f"/{n}", article(f"Page {n}"), delay=0.01) for n in range(120)]
    process = pagelog.start("add", *urls, "--json", "--jobs", "2")
    mine = []
    while process.poll() is None:
        name = f"mine-{len(mine)}.txt"
        (pagelog.library / name).write_text(f"line of {name}\n")
        pagelog.git("add", name, ok=False)  # refused while a lock is held for a moment: the next round takes it
        pagelog.git("-c", "user.name=Uma", "-c", "user.email=uma@example.org", "commit", "-qm", name, ok=False)
        mine.append(name)
    added = [row["path"] for row in map(json.loads, process.communicate()[0].splitlines())]
    pagelog("tag", "add", "all", "--to", "title:Page")  # adopts what one of the user's commits may have left out
    pagelog.git("add", *mine)
    pagelog.git("-c", "user.name=Uma", "-c", "user.email=uma@example.org", "commit", "--allow-empty", "-qm", "last")

    kept = pagelog.git("ls-tree", "-r", "--name-only", "-z", "HEAD").split("\0")
    assert len(added) == 120
    assert len(mine) > 5
    assert {*added, *mine} <= set(kept)
    pagelog.assert_whole()
