"""docs/commands/ is what the commands say of themselves, docs/keys.md what the table of keys says."""

from __future__ import annotations

import manual


def test_the_manual_is_up_to_date() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in manual.FOLDER.glob("*.md")}

    assert written == manual.pages(), "run ./run docs"


def test_the_page_of_keys_is_up_to_date() -> None:
    assert manual.KEYS.read_text(encoding="utf-8") == manual.key_page(), "run ./run docs"
