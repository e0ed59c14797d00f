"""docs/commands/ is what the commands say of themselves."""

from __future__ import annotations

import manual


def test_the_manual_is_up_to_date() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in manual.FOLDER.glob("*.md")}

    assert written == manual.pages(), "run ./run docs"
