"""Bad luck and bad will inside the library itself: each is survived, and nothing is written outside."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from local_site import Site
from pages import article
from program import Pagelog

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("site_allowed")]  # a minute of whole programs

PAYLOAD = "#!/bin/sh\ntouch {}\nexit 1\n"
# Runs the program and raises a signal right after the n-th call of a function of `os`.
DYING = """
import os, sys
name, count, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
real, calls = getattr(os, name), 0
def dying(*a, **k):
    global calls
    result = real(*a, **k)
    calls += 1
    if calls == count:
        os.kill(os.getpid(), number)
    return result
setattr(os, name, dying)
from tui.cli import run
sys.exit(run(sys.argv[4:]))
"""


@pytest.fixture
def row(pagelog: Pagelog, site: Site) -> dict[str, str]:
    """One link of a new library."""
    (row,) = pagelog("add", site.put("/page", article()), "--json").objects
    return row


def dying(pagelog: Pagelog, call: str, count: int, number: int, *words: str) -> None:
    command = [sys.executable, "-c", DYING, call, str(count), str(int(number)), "--library", str(pagelog.library)]
    subprocess.run([*command, *words], env=pagelog.environment(), capture_output=True, check=False)


def ids(pagelog: Pagelog, *query: str) -> list[str]:
    return [row["id"] for row in pagelog("list", *query, "--json").objects]


def test_a_moved_document_longer_than_one_look_keeps_its_link(pagelog: Pagelog, site: Site) -> None:
    long = "<p>" + "文字很多的一段。" * 400 + "</p>"
    urls = [site.put(f"/{n}", article("x" * n + "中文", inner=long * 9)) for n in range(3)]
    rows = pagelog("add", *urls, "--json").objects
    (pagelog.library / "pages" / "mine").mkdir()
    for row in rows:
        path = pagelog.library / row["path"]
        path.rename(pagelog.library / "pages" / "mine" / path.name)

    assert len(ids(pagelog)) == 3
    pagelog("refresh", "--all")
    assert len(ids(pagelog)) == 3
    pagelog.assert_whole()


def test_git_fetches_nothing_whatever_the_config_promises(
    pagelog: Pagelog, row: dict[str, str], tmp_path: Path
) -> None:
    ran, payload = tmp_path / "ran", tmp_path / "payload.sh"
    payload.write_text(PAYLOAD.format(ran))
    payload.chmod(0o755)
    for key, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "o",
        "remote.o.promisor": "true",
        "remote.o.url": f"file://{tmp_path}",
        "remote.o.uploadpack": str(payload),
        "core.fsmonitor": str(payload),
        "diff.external": str(payload),
        "core.pager": str(payload),
        "core.hooksPath": str(tmp_path),
    }.items():
        pagelog.git("config", key, value)
    blob = pagelog.git("rev-parse", f"HEAD:{row['path']}").strip()
    (pagelog.library / ".git" / "objects" / blob[:2] / blob[2:]).unlink(missing_ok=True)
    for name in (".git/pagelog/catalogue.sqlite3", ".git/pagelog/catalogue.sqlite3-wal"):
        (pagelog.library / name).unlink(missing_ok=True)

    for words in (["list"], ["log", row["id"]], ["check"], ["edit", row["id"], "--note", "x"]):
        assert "Traceback" not in pagelog(*words).err
    assert not ran.exists()


def armed(pagelog: Pagelog, tmp_path: Path) -> Path:
    """Orders in the git folder that run a program; the file that appears when one did."""
    ran, payload = tmp_path / "ran", tmp_path / "payload.sh"
    payload.write_text(PAYLOAD.format(ran))
    payload.chmod(0o755)
    for key in ("filter.x.clean", "filter.x.smudge", "core.fsmonitor", "core.sshCommand", "remote.o.uploadpack"):
        pagelog.git("config", key, str(payload))
    (pagelog.library / ".git" / "info" / "attributes").write_text("*.md filter=x\n")
    hooks = pagelog.library / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    shutil.copy(payload, hooks / "reference-transaction")
    return ran


def test_a_library_from_elsewhere_is_not_obeyed_until_it_is_trusted(
    pagelog: Pagelog, row: dict[str, str], tmp_path: Path
) -> None:
    other = Pagelog(pagelog.program, tmp_path / "evil \x1b[31mred")
    shutil.copytree(pagelog.library, other.library)
    ran = armed(other, tmp_path)
    ran.unlink(missing_ok=True)  # the user's own git obeyed while it was made
    before = sorted(path for path in (other.library / ".git").rglob("*"))

    for words in (["list"], ["show", row["id"]], ["check"], ["edit", row["id"], "--note", "x"], ["refresh", "--all"]):
        refused = other(*words)
        assert (refused.status, refused.out) == (3, "")
        assert "setting " in refused.err
        assert "filter.x.clean" in refused.err
        assert "pagelog --library" in refused.err
        assert "\x1b" not in refused.err
    assert sorted(path for path in (other.library / ".git").rglob("*")) == before
    assert not ran.exists()

    trusted = other("trust")
    assert trusted.status == 0
    assert {line.split()[0] for line in trusted.out.splitlines()} == {"setting", "hook", "file"}
    assert "reference-transaction" in trusted.out
    assert not ran.exists()
    assert ids(other) == [row["id"]]


def test_a_copied_library_works_at_once_and_gets_its_own_records_back(
    pagelog: Pagelog, row: dict[str, str], site: Site, tmp_path: Path
) -> None:
    site.put("/page", article(inner="<p>Something that nobody has read so far.</p>"))
    pagelog("refresh", row["id"])
    other = Pagelog(pagelog.program, tmp_path / "copy")
    shutil.copytree(pagelog.library, other.library)

    first = other("list", "--json")
    assert (first.status, [found["id"] for found in first.objects]) == (0, [row["id"]])
    assert "pagelog.untrusted-1" in first.err
    assert f"pagelog --library {other.library} trust" in first.err
    assert other("list").err == ""
    assert ids(other, "is:changed") == []

    trusted = other("trust")
    assert (trusted.status, trusted.out) == (0, "")
    assert "are back" in trusted.err
    assert ids(other, "is:changed") == [row["id"]]
    other.assert_whole()


def test_trust_needs_a_library(pagelog: Pagelog, tmp_path: Path) -> None:
    assert pagelog("trust").status == 3
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "letter.txt").touch()
    assert pagelog("trust").status == 3
    assert not (tmp_path / "library" / ".git").exists()


def test_two_programs_that_make_one_library_do_not_take_it_for_a_stranger_s(pagelog: Pagelog, site: Site) -> None:
    urls = [site.put(f"/{number}", article(f"Page {number}")) for number in range(4)]
    running = [pagelog.start("add", url, "--json") for url in urls]
    told = [process.communicate(timeout=120) for process in running]

    assert [process.returncode for process in running] == [0] * 4, told
    assert not list((pagelog.library / ".git").glob("pagelog.*"))
    assert len(ids(pagelog)) == 4


def test_only_a_web_address_is_given_to_the_browser(pagelog: Pagelog, row: dict[str, str], tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    browser = tmp_path / "browser"
    browser.write_text(PAYLOAD.format(ran))
    browser.chmod(0o755)
    document = pagelog.library / row["path"]
    good = document.read_text()
    for url in ("--launcher=x", "file:///etc/passwd", "javascript:alert(1)"):
        document.write_text(good.replace(row["url"], url))
        opened = Pagelog(pagelog.program, pagelog.library, {"BROWSER": str(browser)})("open", row["id"])
        assert opened.status == 1
        assert "Traceback" not in opened.err
    assert not ran.exists()


def test_a_damaged_state_costs_comfort_and_no_command(pagelog: Pagelog, site: Site, row: dict[str, str]) -> None:
    state = pagelog.library / ".git" / "pagelog" / "state.sqlite3"
    state.write_bytes(state.read_bytes()[:4096] + os.urandom(40_000))
    for side in ("-wal", "-shm"):
        Path(f"{state}{side}").unlink(missing_ok=True)

    assert ids(pagelog) == [row["id"]]
    (fresh,) = pagelog("add", site.put("/fresh", article("Fresh")), "--json").objects
    assert fresh["result"] == "added"
    assert pagelog("edit", row["id"], "--note", "x").status == 0
    pagelog.assert_whole()


@pytest.mark.parametrize("moved", [True, False], ids=["moved", "copied"])
def test_a_library_moved_or_copied_after_a_crash_repairs_itself_and_touches_no_other(
    pagelog: Pagelog, row: dict[str, str], tmp_path: Path, moved: bool
) -> None:
    dying(pagelog, "rename", 2, signal.SIGKILL, "edit", row["id"], "--note", "hello")
    other = Pagelog(pagelog.program, tmp_path / "other")
    (shutil.move if moved else shutil.copytree)(pagelog.library, other.library)
    before = None if moved else (pagelog.library / row["path"]).read_bytes()

    assert other("edit", row["id"], "--note", "two").status == 0
    other.assert_whole()
    assert [*other.library.rglob(".pagelog-*")] == []
    if before is not None:
        assert (pagelog.library / row["path"]).read_bytes() == before


def test_an_interrupt_at_any_link_leaves_no_lock(pagelog: Pagelog, row: dict[str, str]) -> None:
    for count in (1, 2, 3):
        dying(pagelog, "link", count, signal.SIGINT, "edit", row["id"], "--note", f"note {count}")
        assert not (pagelog.library / ".git" / "index.lock").exists()
    assert pagelog("edit", row["id"], "--note", "last").status == 0
    pagelog.assert_whole()


def test_one_bad_address_fails_alone(pagelog: Pagelog, site: Site, row: dict[str, str]) -> None:
    (other,) = pagelog("add", site.put("/other", article("Other")), "--json").objects
    document = pagelog.library / row["path"]
    for url in ("mailto:x@y", "http://[::1", "not a url", "http://127.0.0.1:99999999/"):
        document.write_text(document.read_text().replace(row["url"], url))
        row["url"] = url
        results = {found["id"]: found["result"] for found in pagelog("refresh", "--all", "--json").objects}
        assert results == {row["id"]: "failed", other["id"]: "unchanged"}


def test_nothing_is_written_through_a_link_among_the_pages(
    pagelog: Pagelog, site: Site, row: dict[str, str], tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = (pagelog.library / row["path"]).parent
    shutil.move(folder, tmp_path / "away")
    folder.symlink_to(outside)

    added = pagelog("add", site.url("/page"), "--json")

    assert added.status == 3
    assert "Traceback" not in added.err
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "zero"])
def test_what_is_no_file_is_listed_as_damaged_and_stops_nobody(
    pagelog: Pagelog, site: Site, row: dict[str, str], tmp_path: Path, kind: str
) -> None:
    (other,) = pagelog("add", site.put("/other", article("Other")), "--json").objects
    secret = tmp_path / "secret.md"
    secret.write_text("a secret")
    path = pagelog.library / row["path"]
    path.unlink()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(secret)
        case _:
            path.symlink_to("/dev/zero")

    listed = {found["id"]: found["state"] for found in pagelog("list", "--json", timeout=20).objects}
    assert listed == {row["id"]: "damaged", other["id"]: "ok"}
    for words in (["show", row["id"]], ["check"], ["refresh", other["id"]], ["list", "secret"]):
        outcome = pagelog(*words, timeout=20)
        assert "Traceback" not in outcome.err
        assert "a secret" not in outcome.out
        assert "unexpected" not in outcome.err


def test_an_exclude_file_of_any_bytes_is_left_to_its_owner(pagelog: Pagelog, row: dict[str, str]) -> None:
    exclude = pagelog.library / ".git" / "info" / "exclude"
    exclude.write_bytes(b"caf\xe9\n")

    assert pagelog("edit", row["id"], "--note", "x").status == 0
    assert exclude.read_bytes() == b"caf\xe9\n.pagelog-*\n"


@pytest.mark.parametrize("name", ["A.MD", ".hid.md", "a.markdown", "a\nb.md"])
def test_a_document_under_a_name_we_do_not_accept_is_no_deletion(
    pagelog: Pagelog, site: Site, row: dict[str, str], name: str
) -> None:
    pagelog("add", site.put("/other", article("Other")))
    path = pagelog.library / row["path"]
    path.rename(path.with_name(name))
    commits = pagelog.commits()
    pagelog("refresh", "--all")

    assert pagelog.commits() == commits
    assert "misnamed" in [found["name"] for found in pagelog("check", "--json").objects]


@pytest.mark.parametrize("journal", ["[" * 200_000, json.dumps({"entries": [{"path": 7}]}), "null", "{}"])
def test_a_journal_that_nobody_wrote_is_ignored(pagelog: Pagelog, row: dict[str, str], journal: str) -> None:
    (pagelog.library / ".git" / "pagelog" / "journal").write_text(journal)

    assert pagelog("edit", row["id"], "--note", "x").status == 0
    pagelog.assert_whole()


def test_adding_goes_on_beside_a_collector_that_keeps_nothing(
    pagelog: Pagelog, site: Site, row: dict[str, str]
) -> None:
    collecting = "while :; do git gc -q --prune=now; done"
    collector = subprocess.Popen(
        ["sh", "-c", collecting], cwd=pagelog.library, stdout=-3, stderr=-3, start_new_session=True
    )
    try:
        outcomes = [pagelog("add", site.put(f"/{number}", article(f"Page {number}")), "--json") for number in range(25)]
    finally:
        os.killpg(collector.pid, signal.SIGKILL)
        collector.wait()

    added = {found["id"] for outcome in outcomes for found in outcome.objects if found["result"] == "added"}
    assert len(added) == 25, [outcome.err for outcome in outcomes if outcome.status]
    assert added <= set(ids(pagelog))


def test_a_lost_commit_is_named_by_check(pagelog: Pagelog, row: dict[str, str]) -> None:
    (pagelog.library / ".git" / "refs" / "heads" / "main").write_text("1" * 40 + "\n")

    checked = pagelog("check", "--json")

    assert checked.status == 1
    assert "commit-lost" in [found["name"] for found in checked.objects]
    said = pagelog("edit", row["id"], "--note", "x").err
    assert "is damaged" in said
    assert "check` names what is wrong" in said
