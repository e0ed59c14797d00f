"""What people see: on a terminal, in a pipe, when something is odd."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import time
from pathlib import Path

import pytest

from local_site import Site
from pages import article
from program import Pagelog, run

pytestmark = pytest.mark.usefixtures("site_allowed")


def on_terminal(command: list[str], **env: str) -> str:
    """What a command draws on a terminal of 80 columns."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"COLUMNS": "80", "TERM": "xterm-256color", **env})
        os.execv(command[0], command)
    drawn, end = b"", time.monotonic() + 30
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.5)[0]:
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        drawn += part
    os.waitpid(child, 0)
    os.close(terminal)
    return drawn.decode(errors="replace").replace("\r\n", "\n")


@pytest.mark.slow
def test_the_demo_tells_the_whole_story(tmp_path: Path) -> None:
    outcome = run(
        [str(Path(sys.executable).with_name("pagelog")), "demo", "--into", str(tmp_path / "demo")], env=os.environ
    )

    assert outcome.status == 0
    assert "\nadd: How a salt marsh keeps its height\n" in outcome.out
    assert "\nupdate: How a salt marsh keeps its height (+" in outcome.out
    assert "\nupdate: 关于开放公共图书馆夜间阅览室的通知 (+" in outcome.out
    assert "节假日照常开放+}" in outcome.out
    assert str(tmp_path / "demo" / "pages") in outcome.out
    assert outcome.err == ""


def test_a_list_on_a_terminal_fits_it_and_chinese_counts_double(pagelog: Pagelog, site: Site) -> None:
    pagelog("add", site.put("/zh", article("关于开放公共图书馆夜间阅览室的通知" * 3, lang="zh")), "-t", "policy")

    drawn = on_terminal(pagelog.command("list"))

    line = re.sub(r"\x1b\[[0-9;]*m", "", drawn).splitlines()[0]
    columns = sum(2 if ord(character) > 0x2E80 else 1 for character in line)
    assert columns <= 80
    assert "…" in line


@pytest.mark.slow
def test_a_diff_on_a_terminal_marks_words_and_without_colour_brackets_them(pagelog: Pagelog, site: Site) -> None:
    pagelog("add", site.put("/a", article(inner="<p>The tower is red and tall.</p>")))
    site.put("/a", article(inner="<p>The tower is white and tall.</p>"))
    pagelog("refresh", "--all")

    coloured, plain = (
        on_terminal(pagelog.command("diff", site.url("/a"))),
        on_terminal(pagelog.command("diff", site.url("/a")), NO_COLOR="1"),
    )

    assert "\x1b[31;9mred\x1b[0m" in coloured
    assert "[-red-]{+white+}" in plain
    assert "\x1b" not in plain


def test_hostile_titles_reach_no_terminal_raw(pagelog: Pagelog, site: Site) -> None:
    title = "a&#27;]52;c;ZXZpbA==&#7;b &#x202e;gpj [/x] &#x9b;31m"
    site.put("/evil", f"<title>{title}</title><h1>{title}</h1>" + article("x"))
    pagelog("add", site.url("/evil"), "-t", "t", "--note", "n\x1b[2J")

    shown = [pagelog(*words) for words in (["list"], ["log", site.url("/evil")], ["show", site.url("/evil")])]

    for outcome in shown:
        assert not set(outcome.out + outcome.err) & set("\x1b\x07\x9b\u202e"), outcome
    assert not set(pagelog.git("log")) & set("\x1b\x07\x9b\u202e")


def test_an_empty_library_and_no_command_say_what_to_do(pagelog: Pagelog, home: Path) -> None:
    nothing = run([str(pagelog.program)], env=os.environ)
    empty = on_terminal([str(pagelog.program), "list"])

    assert (nothing.status, "pagelog add" in nothing.err) == (2, True)
    assert "pagelog add" in empty


def test_a_closed_pipe_is_silent(pagelog: Pagelog, site: Site) -> None:
    pagelog("add", *(site.put(f"/{number}", article(f"Page {number}")) for number in range(3)))

    outcome = run(["sh", "-c", f"{pagelog.program} --library {pagelog.library} list | head -1"], env=os.environ)

    assert (outcome.status, outcome.err) == (0, "")


@pytest.mark.slow
def test_an_original_is_opened_without_anything_that_acts(pagelog: Pagelog, site: Site, tmp_path: Path) -> None:
    head = "<script>alert(1)</script><meta http-equiv=refresh content='0;url=http://x/'>"
    page = article(
        head=head, inner="<p onclick='x()'>text<iframe src='http://x/'></iframe><a href='javascript:x'>y</a></p>"
    )
    pagelog("add", site.put("/a", page))
    opener = tmp_path / "opener"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path / "address"}\n')
    opener.chmod(0o755)
    browsing = Pagelog(pagelog.program, pagelog.library, {"BROWSER": str(opener)})

    assert browsing("open", site.url("/a"), "--original").status == 0
    end = time.monotonic() + 5
    while not (tmp_path / "address").exists() or not (tmp_path / "address").read_text():
        assert time.monotonic() < end
        time.sleep(0.02)
    safe = Path((tmp_path / "address").read_text().removeprefix("file://")).read_text()

    assert safe.index("<meta charset") < safe.index("default-src 'none'") < safe.index("<title>")
    for word in ("<script", "onclick", "<iframe", "javascript:", "refresh"):
        assert word not in safe
    assert "text" in safe


def test_without_a_display_the_address_is_printed(pagelog: Pagelog, site: Site) -> None:
    pagelog("add", site.put("/a", article()))

    outcome = Pagelog(pagelog.program, pagelog.library, {"DISPLAY": "", "WAYLAND_DISPLAY": ""})("open", site.url("/a"))

    assert outcome.out.strip() == site.url("/a")


def test_a_surprise_is_a_sentence_and_a_file(pagelog: Pagelog, home: Path) -> None:
    script = (
        "import sys; from tui import session; session.start = lambda *a: 1 / 0\n"
        "from tui.cli import run; sys.exit(run(['list']))"
    )
    outcome = run([sys.executable, "-c", script], env=os.environ)

    assert outcome.status == 1
    assert "Traceback" not in outcome.err
    kept = list((home / ".local/state/pagelog").glob("error-*.txt"))
    assert "ZeroDivisionError" in kept[0].read_text()


def test_show_json_has_every_key_and_the_text(pagelog: Pagelog, site: Site) -> None:
    row = pagelog("add", site.put("/a", article()), "--json").objects[0]
    file = pagelog.library / str(row["path"])
    file.write_text(file.read_text().replace('status: "unread"\n', 'status: "unread"\nrating: 5\n'))

    shown = pagelog("show", str(row["id"]), "--json").objects[0]

    assert shown["markdown"].startswith("# The harbour log\n")
    assert (shown["rating"], shown["note"], shown["tags"], shown["starred"]) == ("5", None, [], False)
    assert shown["capture"]["status"] == 200
    assert pagelog("show", str(row["id"]), "--raw").out == file.read_text()


def test_an_editor_that_fails_changes_nothing_and_says_where_the_text_is(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/a", article())
    pagelog("add", url)
    before = pagelog("show", url, "--raw").out

    def edited(editor: str) -> str:
        failing = Pagelog(pagelog.program, pagelog.library, {"EDITOR": editor})
        outcome = failing("edit", url)
        assert (outcome.status, pagelog("show", url, "--raw").out) == (1, before)
        return outcome.err

    assert "could be started" in edited("/nowhere/editor")
    assert "ended with an error" in edited("rm")
    assert "kept in" not in edited("false")
    kept = edited("sh -c 'echo mine >> $0; exit 1'").split("kept in ")[1].strip().removesuffix(".")
    assert Path(kept).read_text().endswith("mine\n")


def test_a_text_that_is_no_document_is_told_once_where_it_is_kept(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/a", article())
    pagelog("add", url)
    before = pagelog("show", url, "--raw").out
    spoiling = Pagelog(pagelog.program, pagelog.library, {"EDITOR": "sh -c 'echo mine > $0'"})

    outcome = spoiling("edit", url)

    assert (outcome.status, pagelog("show", url, "--raw").out) == (1, before)
    assert outcome.err.count("kept in") == 1
    assert Path(outcome.err.split("kept in ")[1].strip().removesuffix(".")).read_text() == "mine\n"


def test_a_slip_in_the_settings_is_told_with_the_key_it_resembles(pagelog: Pagelog, home: Path) -> None:
    (home / ".config" / "pagelog" / "config.toml").write_text("[fetch]\nallow_privat = []\n")

    assert "did you mean fetch.allow_private?" in pagelog("list").err


@pytest.mark.slow
def test_a_coloured_line_leaves_no_colour_open_behind_it(pagelog: Pagelog, site: Site) -> None:
    drawn = on_terminal(pagelog.command("add", "--allow-private", site.put("/a", article())))

    assert not [line for line in drawn.replace("\r", "").split("\n") if line.startswith("\x1b[0m")]


def test_without_a_terminal_the_app_is_no_command_but_its_usage_is_told(pagelog):
    outcome = pagelog()

    assert outcome.status == 2
    assert outcome.out == ""
    assert "Usage: pagelog" in outcome.err
    assert not pagelog.library.exists()
