"""What the hostile server's pages say: every endpoint about charsets, parsing, titles, bodies and state, at one go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hostile import Hostile
from program import Pagelog
from store import frontmatter

pytestmark = [pytest.mark.slow, pytest.mark.shared]

GROUPS = {"charset", "parser", "title", "body", "state"}
TIMEOUT = 20  # seconds for one page
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
CHINESE = ("/charset-wrong", "/charset-gbk", "/charset-undeclared")

# Why a page may be pending; all others must be captured.
REFUSED = {
    "/type-pdf": "NotAWebPage", "/type-binary": "NotAWebPage", "/asset": "NotAWebPage", "/charset-utf16": "NoArticle",
    "/thin": "NoArticle", "/deep-div": "ConversionTooBig", "/deep-list": "ConversionTooBig",
    "/deep-quote": "ConversionTooBig", "/deep-table": "ConversionTooBig", "/deep-inline": "ConversionTooBig",
    "/misnest": "ConversionTooBig", "/wide-siblings": "ConversionTooBig", "/giant-table": "ConversionTooBig",
    "/many-links": "ConversionTooBig", "/many-attrs": "ConversionTooBig", "/unclosed-tag": "ConversionTooBig",
    "/long-attr": "TooLarge", "/cookie-need": "BadStatus", "/cookie-cross": "AddressRefused",
    "/cookie-flood": "HeadersTooLarge", "/429-huge": "TryLater", "/429-garbage": "TryLater", "/503": "TryLater",
    "/500-body": "BadStatus", "/auth": "BadStatus",
}  # fmt: skip


@pytest.fixture(autouse=True)
def allowed(hostile: Hostile, home: Path) -> None:
    """The endpoints may be captured; what they lead to may not."""
    folder = home / ".config" / "pagelog"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f'[fetch]\ntimeout = {TIMEOUT}\nallow_private = ["127.0.0.1:{hostile.main}"]\n')


def test_no_page_harms_the_library_the_terminal_or_the_next_page(pagelog: Pagelog, hostile: Hostile) -> None:
    paths = hostile.paths(GROUPS)

    outcome = pagelog("add", "--from", "-", "--json", stdin="\n".join(map(hostile.url, paths)), timeout=600)

    came = {str(row["url"]).removeprefix(hostile.url("")): row["error"] for row in outcome.objects}
    names = {path: error["name"] for path, error in came.items() if error is not None}
    assert {path: name for path, name in names.items() if REFUSED.get(path) != name} == {}
    assert "Traceback" not in outcome.err
    assert CONTROLS.search(pagelog("list").out) is None
    assert [entry for entry in hostile.log() if entry["listener"] == "canary"] == []
    pagelog.assert_whole()


def test_documents_are_clean_and_chinese_is_chinese(pagelog: Pagelog, hostile: Hostile) -> None:
    pagelog("add", "--from", "-", stdin="\n".join(map(hostile.url, hostile.paths(GROUPS))), timeout=600)

    files = [path for path in pagelog.library.rglob("*") if path.is_file() and ".git" not in path.parts]
    links = {}
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert CONTROLS.search(text) is None, path
        if path.suffix == ".md":
            assert len(path.name.encode()) <= 255
            link = frontmatter.loads(path.read_bytes())
            links[link.url.removeprefix(hostile.url(""))] = link
            assert "\n" not in link.title
    assert {path.parts[len(pagelog.library.parts)] for path in files} <= {"pages", "pagelog.toml", "README.md"}
    assert [path for path in CHINESE if not re.search("[\u4e00-\u9fff]{4}", links[path].body)] == []
