"""The whole way, through the real command: a link becomes a versioned Markdown snapshot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from local_site import Site
from pages import PROSE, article
from program import Pagelog

pytestmark = pytest.mark.usefixtures("site_allowed")


def add(pagelog: Pagelog, *words: str) -> dict[str, object]:
    return pagelog("add", *words, "--json").objects[0]


def document(pagelog: Pagelog, path: object) -> tuple[dict[str, object], str]:
    front, _, body = (pagelog.library / str(path)).read_text(encoding="utf-8")[4:].partition("\n---\n")
    return yaml.safe_load(front), body


def test_a_page_becomes_a_snapshot_with_its_article_and_nothing_else(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()), "-t", "sea,boats", "--note", "for the talk")

    meta, body = document(pagelog, row["path"])
    assert (row["result"], row["error"]) == ("added", None)
    assert (meta["title"], meta["tags"], meta["note"]) == ("The harbour log", ["sea", "boats"], "for the talk")
    assert all(sentence in body for sentence in PROSE)
    assert "Ten sheds" not in body
    assert "Copyright" not in body
    assert pagelog.commits() == ["add: The harbour log", "init: pagelog library"]
    pagelog.assert_whole()


def test_a_changed_page_is_a_new_version_and_an_unchanged_one_makes_no_commit(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    site.put("/log", article(inner="<p>In May the museum opened with two rooms and four hundred knots.</p>"))

    first = pagelog("refresh", "--all", "--json").objects[0]["result"]
    second = pagelog("refresh", "--all", "--json").objects[0]["result"]

    versions = pagelog("log", str(row["id"]), "--json").objects
    assert (first, second) == ("updated", "unchanged")
    assert [version["action"] for version in versions] == ["update", "add"]
    assert "four hundred knots" in pagelog("diff", str(row["id"])).out
    assert "four hundred knots" not in pagelog("show", str(row["id"]), "--at", "1").out
    assert pagelog.commits()[0].startswith("update: The harbour log (+")


@pytest.mark.slow
def test_a_b_a_is_three_versions(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    for inner in ("<p>Now there is another paragraph here.</p>", ""):
        site.put("/log", article(inner=inner))
        pagelog("refresh", str(row["id"]))

    assert len(pagelog("log", str(row["id"]), "--json").objects) == 3


def test_what_cannot_be_captured_is_pending_with_its_reason_and_tried_again(pagelog: Pagelog, site: Site) -> None:
    outcome = pagelog("add", site.url("/later"), "--json")
    row = outcome.objects[0]
    site.put("/later", article("It came"))
    again = pagelog("refresh", str(row["id"]), "--json").objects[0]

    assert (outcome.status, row["result"], row["error"]["name"]) == (1, "pending", "BadStatus")
    assert "404" in outcome.err
    assert (again["result"], again["title"]) == ("updated", "It came")


def test_a_failed_refresh_keeps_the_good_copy_and_says_broken(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    site.remove("/log")

    result = pagelog("refresh", str(row["id"]), "--json").objects[0]["result"]

    assert result == "failed"
    assert [found["id"] for found in pagelog("list", "is:broken", "--json").objects] == [row["id"]]
    assert PROSE[0] in pagelog("show", str(row["id"])).out


@pytest.mark.slow
def test_page_and_body_both_changed_is_held_until_the_user_decides(pagelog: Pagelog, site: Site) -> None:
    def page(hour: str) -> str:
        return article(inner=f"<p>The harbour office opens at {hour} and not a minute before.</p>")

    row = add(pagelog, site.put("/log", page("six")))
    file = pagelog.library / str(row["path"])
    file.write_text(file.read_text().replace("opens at six", "opens at seven"))
    site.put("/log", page("eight"))

    held = pagelog("refresh", str(row["id"]), "--json").objects[0]["result"]

    assert held == "held"
    assert "opens at seven" in file.read_text()
    assert "opens at eight" in pagelog("show", str(row["id"]), "--held").out
    assert "eight" in pagelog("diff", str(row["id"]), "--held").out
    assert pagelog("refresh", str(row["id"]), "--drop", "--json").objects[0]["result"] == "unchanged"
    assert pagelog("refresh", str(row["id"]), "--json").objects[0]["result"] == "unchanged"  # a dropped body stays so
    site.put("/log", page("nine"))
    assert pagelog("refresh", str(row["id"]), "--json").objects[0]["result"] == "held"
    assert pagelog("refresh", str(row["id"]), "--accept", "--json").objects[0]["result"] == "updated"
    assert "opens at nine" in file.read_text()
    assert "opens at seven" in pagelog("show", str(row["id"]), "--at", "2").out
    pagelog.assert_whole()


def test_an_edit_by_hand_shows_at_once_and_is_adopted_by_the_next_change(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    file = pagelog.library / str(row["path"])
    file.write_text(file.read_text().replace('title: "The harbour log"', 'title: "My own title"'))

    shown = pagelog("list", "--json").objects[0]["title"]
    pagelog("tag", "add", "sea", "--to", str(row["id"]))

    assert shown == "My own title"
    assert pagelog.commits()[:2] == ["tag: +sea", "edit: by hand"]
    assert document(pagelog, row["path"])[0]["title"] == "My own title"


@pytest.mark.slow
def test_a_file_moved_or_removed_with_git_keeps_its_link_or_goes(pagelog: Pagelog, site: Site) -> None:
    one, two = (add(pagelog, site.put(path, article(path))) for path in ("/one", "/two"))
    pagelog.git("mv", str(one["path"]), "pages/moved.md")
    pagelog.git("rm", "-q", str(two["path"]))
    pagelog.git("-c", "user.name=U", "-c", "user.email=u@example.org", "commit", "-qm", "my own order")

    rows = pagelog("list", "--json").objects

    assert [(row["id"], row["path"]) for row in rows] == [(one["id"], "pages/moved.md")]
    assert len(pagelog("log", str(one["id"]), "--json").objects) == 1


def test_a_file_moved_without_git_is_found_and_adopted(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    (pagelog.library / str(row["path"])).rename(pagelog.library / "pages" / "mine.md")

    shown = pagelog("show", str(row["id"])).out
    pagelog("tag", "add", "sea", "--to", str(row["id"]))

    assert PROSE[0] in shown
    assert [(found["path"], found["tags"]) for found in pagelog("list", "--json").objects] == [
        ("pages/mine.md", ["sea"])
    ]
    pagelog.assert_whole()


def test_tags_on_many_links_are_one_commit(pagelog: Pagelog, site: Site) -> None:
    pagelog("add", *(site.put(path, article(f"Page {path}")) for path in ("/1", "/2", "/3")))

    pagelog("tag", "add", "policy", "--to", "site:127.0.0.1")

    assert pagelog.commits()[0] == "tag: +policy (3 links)"
    assert "Pagelog-Group: " in pagelog.git("log", "-1", "--format=%B")
    assert pagelog("tag", "list", "--json").objects == [{"tag": "policy", "count": 3}]


def test_restore_brings_a_version_back_as_a_new_one(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    site.put("/log", article(inner="<p>A paragraph that should not have come.</p>"))
    pagelog("refresh", str(row["id"]))

    pagelog("restore", str(row["id"]), "1")

    assert "should not have come" not in pagelog("show", str(row["id"])).out
    assert pagelog.commits()[0] == "restore: The harbour log"
    assert pagelog("refresh", str(row["id"]), "--json").objects[0]["result"] == "unchanged"


def test_the_trash_keeps_a_link_out_of_sight_and_gives_it_back(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))

    pagelog("trash", str(row["id"]))
    hidden, trashed = pagelog("list", "--json").objects, pagelog("trash", "--list", "--json").objects
    pagelog("trash", "--restore", str(row["id"]))

    assert (hidden, [found["id"] for found in trashed]) == ([], [row["id"]])
    assert len(pagelog("list", "--json").objects) == 1


def test_title_note_status_star_and_address_can_be_edited(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))

    pagelog("edit", str(row["id"]), "--title", "Mine", "--note", "n", "--status", "read", "--star")
    pagelog("edit", str(row["id"]), "--url", "https://example.org/new")

    meta, _ = document(pagelog, row["path"])
    facts = (meta["title"], meta["page_title"], meta["note"], meta["status"], meta["starred"], meta["url"])
    assert facts == ("Mine", "The harbour log", "n", "read", True, "https://example.org/new")
    assert pagelog("show", "https://example.org/new").status == 0
    assert "https://example.org/new" in pagelog("diff", str(row["id"]), "--meta").out


def test_the_document_in_the_editor_becomes_an_edit_and_nonsense_is_kept_aside(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    good = Pagelog(pagelog.program, pagelog.library, {"EDITOR": "sed -i s/harbour/port/"})
    bad = Pagelog(pagelog.program, pagelog.library, {"EDITOR": "sed -i 1,3d"})

    edited = good("edit", str(row["id"]))
    refused = bad("edit", str(row["id"]))

    assert edited.status == 0
    assert "The port log" in (pagelog.library / str(row["path"])).read_text()
    assert refused.status == 1
    kept = next(Path(word.strip(".'\"`")) for word in refused.err.split() if "pagelog-edit-" in word)
    assert kept.exists()


def test_a_query_finds_words_in_title_and_body_chinese_by_any_part(pagelog: Pagelog, site: Site) -> None:
    add(
        pagelog,
        site.put("/zh", article("通知", "<p>自六月一日起，市图书馆开放夜间阅览室，读者凭证入馆。</p>", lang="zh")),
    )
    add(pagelog, site.put("/en", article()))

    def found(*words: str) -> list[object]:
        return [row["title"] for row in pagelog("list", *words, "--json").objects]

    assert found("阅览室") == ["通知"]
    assert found("harbour") == ["The harbour log"]
    assert found("ferry", "-title:通知") == ["The harbour log"]
    assert found("arbour") == []


def test_a_page_in_gb18030_declared_as_gb2312_is_chinese(pagelog: Pagelog, site: Site) -> None:
    text = article("关于夜间阅览室的通知", "<p>市图书馆及各区分馆开放夜间阅览室，瞭望塔镕。</p>").replace(
        "utf-8", "gb2312"
    )
    row = add(pagelog, site.put("/zh", text.encode("gb18030"), type="text/html"))

    meta, body = document(pagelog, row["path"])
    assert meta["title"] == "关于夜间阅览室的通知"
    assert meta["capture"]["charset"] == "gb18030"
    assert "瞭望塔镕" in body


def test_304_is_unchanged_and_asks_only_with_what_still_stands(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article(), etag='"v1"'))

    result = pagelog("refresh", str(row["id"]), "--json").objects[0]["result"]

    assert result == "unchanged"
    assert site.requests[-1].headers.get("if-none-match") == '"v1"'


def test_bad_input_is_a_sentence_and_a_status(pagelog: Pagelog, site: Site, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "file").write_text("x")
    outcomes = {
        "scheme": pagelog("add", "mailto:a@example.org"),
        "nothing": pagelog("show", "abcd"),
        "usage": pagelog("list", "--nonsense"),
        "query": pagelog("list", "was:x"),
        "no library": Pagelog(pagelog.program, tmp_path / "missing")("list"),
        "no such": Pagelog(pagelog.program, other)("add", site.url("/x")),
        "private": Pagelog(pagelog.program, pagelog.library)("add", "http://10.0.0.1/"),
    }

    statuses = {name: outcome.status for name, outcome in outcomes.items()}
    assert statuses == {
        "scheme": 1, "nothing": 1, "usage": 2, "query": 2, "no library": 3, "no such": 3, "private": 1,
    }  # fmt: skip
    assert all("Traceback" not in outcome.err + outcome.out and outcome.err.strip() for outcome in outcomes.values())


def test_a_newer_format_a_detached_head_and_a_foreign_branch_are_refused(pagelog: Pagelog, site: Site) -> None:
    add(pagelog, site.put("/log", article()))
    pagelog.git("checkout", "-q", "--detach")
    detached = pagelog("tag", "add", "x", "--to", "is:unread")
    reading = pagelog("list")
    pagelog.git("checkout", "-q", "main")
    (pagelog.library / "pagelog.toml").write_text("format = 2\n")
    newer = pagelog("list")

    assert (detached.status, reading.status, newer.status) == (3, 0, 3)


def test_a_deleted_catalogue_and_state_cost_nothing_but_time(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()), "-t", "sea")
    before = pagelog("list", "--json").out
    for file in (pagelog.library / ".git" / "pagelog").glob("*.sqlite3*"):
        file.unlink()

    assert pagelog("list", "--json").out == before
    assert len(pagelog("log", str(row["id"]), "--json").objects) == 1


def test_adding_the_same_page_twice_is_one_link_with_both_tags(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/log", article())
    first = pagelog("add", url, url + "#part", "-t", "a", "--json").objects
    again = add(pagelog, url + "?utm_source=x", "-t", "b")

    assert [row["result"] for row in first] == ["added", "unchanged"]
    assert again["id"] == first[0]["id"]
    assert pagelog("list", "--json").objects[0]["tags"] == ["a", "b"]


@pytest.mark.slow
def test_original_bytes_are_kept_outside_the_history(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))

    assert (pagelog.library / ".git" / "pagelog" / "originals" / str(row["id"])).stat().st_size > 100
    assert pagelog.git("status", "--porcelain") == ""


def test_ctrl_c_keeps_what_is_done_and_counts_the_rest(pagelog: Pagelog, site: Site) -> None:
    site.put("/fast", article())
    urls = [site.url("/fast"), *(site.put(f"/slow{n}", article(f"Slow {n}"), delay=30) for n in range(3))]
    process = pagelog.start("add", *urls, "--json", stdout=subprocess.PIPE)
    assert process.stdout is not None
    line = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)

    assert b'"added"' in line
    assert process.returncode == 130
    assert b"3 not kept" in errors
    pagelog.assert_whole()
    assert len(pagelog("list", "--json").objects) == 1


def test_nothing_in_the_current_folder_is_ever_run(pagelog: Pagelog, site: Site, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    for name in ("store", "tui"):
        (trap / name).mkdir(parents=True)
        (trap / name / "__init__.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    for name in ("lxml.py", "html2text.py", "numpy.py", "json.py"):
        (trap / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")

    outcome = pagelog("add", site.put("/log", article()), cwd=trap)

    assert outcome.status == 0
    assert not (tmp_path / "ran").exists()


def test_check_finds_nothing_in_a_sound_library_and_names_what_is_wrong(pagelog: Pagelog, site: Site) -> None:
    row = add(pagelog, site.put("/log", article()))
    sound = pagelog("check", "--json")
    (pagelog.library / str(row["path"])).write_text("---\nid: [\n---\nbody\n")
    wrong = pagelog("check", "--json")

    assert (sound.status, sound.out) == (0, "")
    assert (wrong.status, [found["name"] for found in wrong.objects]) == (1, ["edited-by-hand", "damaged"])
    assert pagelog("list", "--json").objects[0]["state"] == "damaged"
    assert "body" in pagelog("show", str(row["id"])).out


def test_help_and_list_load_only_what_they_need(pagelog: Pagelog, site: Site) -> None:
    add(pagelog, site.put("/log", article()))
    script = "import sys; from tui.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"

    def loaded(*words: str) -> set[str]:
        command = [sys.executable, "-c", script, "--library", str(pagelog.library), *words]
        env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # it loads sqlite3
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=True)
        return set(done.stderr.split())

    heavy = {"httpx", "httpcore", "lxml", "html2text", "numpy", "textual", "yaml"}
    assert not loaded("list") & heavy
    assert not loaded("--help") & (heavy | {"git", "sqlite3", "rich"})
