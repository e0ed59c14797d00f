"""Three hundred real pages from a server that says something new at every look, and fifty that really changed."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from itertools import cycle
from pathlib import Path

import pytest

import corpus
from local_site import Site
from noise import noisy
from program import Pagelog
from real_edits import KINDS, Edit, edited
from store import frontmatter

PAGES = 300
EDITS = PAGES // 6

pytestmark = [pytest.mark.slow, pytest.mark.shared, pytest.mark.usefixtures("site_allowed")]


class Looks:
    """The pages of a server that adds noise: `look()` gives every page anew."""

    def __init__(self, site: Site, shared: Path, rows: list[dict[str, str]]) -> None:
        self.site = site
        self.seed = 0
        self.pages: dict[str, bytes] = {}
        self.chinese: set[str] = set()
        for row in rows:
            path = f"/{row['corpus']}/{row['id']}"
            self.pages[path] = gzip.decompress((shared / "corpus" / row["file"]).read_bytes())
            if row["lang"] == "zh":
                self.chinese.add(path)

    def look(self) -> list[str]:
        """Serve every page with other noise; the addresses."""
        self.seed += 1
        return [
            self.site.put(path, noisy(page, self.seed, chinese=path in self.chinese), type="text/html")
            for path, page in self.pages.items()
        ]


def bodies(pagelog: Pagelog) -> dict[str, str]:
    """URL -> body as the library has it."""
    links = [frontmatter.loads(path.read_bytes()) for path in pagelog.library.glob("pages/*/*.md")]
    return {link.url: link.body for link in links}


def without_session(body: str) -> str:
    """A link that moved stands there as it came, with the session of the day."""
    return re.sub(r"[?&]sid=\w+", "", body)


def real_edits(looks: Looks, kept: dict[str, str]) -> dict[str, Edit]:
    """As many pages with one edit each, the kinds in turn, put into the pages of the server."""
    made: dict[str, Edit] = {}
    kinds = cycle(KINDS)
    kind = next(kinds)
    for path, page in looks.pages.items():
        url = looks.site.url(path)
        edit = edited(kind, page, kept.get(url, ""))
        if edit is not None and len(made) < EDITS:
            looks.pages[path] = edit.page
            made[url] = edit
            kind = next(kinds)
    return made


def test_noise_makes_no_commit_and_every_real_edit_one_version_that_shows_it_alone(
    pagelog: Pagelog, site: Site, shared: Path
) -> None:
    looks = Looks(site, shared, corpus.chosen(shared, PAGES, PAGES * 3 // 10))
    added = pagelog("add", "--from", "-", "--json", stdin="\n".join(looks.look()), timeout=3600).objects
    commits = len(pagelog.commits())
    good = {row["url"] for row in added if row["result"] == "added"}

    told: list[tuple[str, str]] = []
    for _ in range(2):
        looks.look()
        rows = pagelog("refresh", "--all", "--json", timeout=3600).objects
        told += [(row["url"], row["result"]) for row in rows if row["url"] in good]

    print(f"{len(good)} pages, {Counter(result for _, result in told)}")
    assert [each for each in told if each[1] != "unchanged"] == []
    assert len(pagelog.commits()) == commits

    before = bodies(pagelog)
    edits = real_edits(looks, {url: body for url, body in before.items() if url in good})
    looks.look()
    rows = pagelog("refresh", "--all", "--json", timeout=3600).objects
    after = bodies(pagelog)

    print(f"{len(edits)} edits, {Counter(edit.kind for edit in edits.values())}")
    assert len(edits) == EDITS
    assert {row["url"] for row in rows if row["result"] == "updated"} == set(edits)
    wrong = [
        json.dumps([url, edit.kind, edit.old, edit.new])
        for url, edit in edits.items()
        if without_session(after[url]) != without_session(before[url].replace(edit.old, edit.new))
    ]
    assert wrong == []
    pagelog.assert_whole()
