"""Documents of a usual size for the writing benches: pairs of path and bytes, the same in every run."""

from __future__ import annotations

import random

from store import frontmatter, layout
from store.link import Capture, Link, body_sha256

WORDS = "version link page history snapshot 版本 记录 政策 通知 发展 the of and to in that is for it as with on".split()


def documents(count: int) -> list[tuple[str, str, str, bytes]]:
    """(id, title, path, bytes) of `count` links with about 6 KB of text each."""
    chance = random.Random(7)
    made = []
    for number in range(count):
        url = f"https://host{number % 97}.example.org/articles/{number}"
        paragraphs = [" ".join(chance.choices(WORDS, k=60)) for _ in range(20)]
        body = "\n\n".join(paragraphs) + "\n"
        link = Link(
            id=layout.link_id(url, lambda _: False),
            url=url,
            title=f"Article {number}",
            tags=("bench",),
            added="2026-01-01T00:00:00Z",
            captured="2026-01-01T00:00:01Z",
            capture=Capture(200, "text/html", "utf-8", "pagelog 1", body_sha256(body)),
            body=body,
        )
        made.append((link.id, link.title, layout.page_path(url, link.id), frontmatter.dumps(link)))
    return made
