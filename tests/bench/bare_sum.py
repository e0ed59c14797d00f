"""The bare sum: httpx, trafilatura and html2text on every address, one after the other; keeps nothing but the text."""

from __future__ import annotations

import sys
from pathlib import Path

import html2text
import httpx
import trafilatura


def main(listed: str, target: str) -> None:
    folder = Path(target)
    folder.mkdir()
    with httpx.Client() as client:
        for number, url in enumerate(Path(listed).read_text().split()):
            page = client.get(url).content
            tree = trafilatura.load_html(page)
            found = None if tree is None else trafilatura.extract(tree, url=url, output_format="html")
            (folder / f"{number}.md").write_text(html2text.HTML2Text(bodywidth=0).handle(found or ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
