"""Pages of the shared corpus on a small server, their bytes as they came and no validators."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from local_site import Site


def chosen(shared: Path, count: int = 200, chinese: int = 60) -> list[dict[str, str]]:
    """Rows of the index: all of the government sites and other Chinese pages first, then evenly spread others."""
    rows = [
        json.loads(line) for line in (shared / "corpus" / "index.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    government = [row for row in rows if row["corpus"] == "govcn"]
    others = [row for row in rows if row["lang"] == "zh" and row["corpus"] != "govcn"]
    latin = [row for row in rows if row["lang"] != "zh"]
    first = (government + others)[:chinese]
    left = count - len(first)
    return first + latin[:: max(1, len(latin) // left)][:left]


def serve(site: Site, shared: Path, rows: list[dict[str, str]]) -> list[str]:
    """The addresses of these pages."""
    return [
        site.put(
            f"/{row['corpus']}/{row['id']}",
            gzip.decompress((shared / "corpus" / row["file"]).read_bytes()),
            type="text/html",
        )
        for row in rows
    ]
