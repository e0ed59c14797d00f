"""FORMAT.md and the program say the same."""

from __future__ import annotations

import re
from pathlib import Path

import writing
from store import frontmatter, layout
from store.address import normalise
from store.frontmatter.form import KEYS

TEXT = (Path(__file__).resolve().parents[2] / "store" / "FORMAT.md").read_text(encoding="utf-8")


def test_the_example_is_what_the_program_writes() -> None:
    example = TEXT.split("```markdown\n")[1].split("```")[0].encode()

    link = frontmatter.loads(example)

    assert frontmatter.dumps(link) == example
    assert layout.link_id(link.url) == link.id
    assert normalise(link.url) == link.url
    assert not link.edited


def test_the_table_names_every_key_in_its_order() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", TEXT, re.M)) == KEYS


def test_the_root_commit_has_the_name_that_is_told(tmp_path: Path) -> None:
    write, _ = writing.writer(tmp_path / "library")

    assert write.write(lambda view: [], None).head in TEXT
