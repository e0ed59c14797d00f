"""`undo`, `redo`, `activity`, and `sync` in JSON: what is printed where, and the exit statuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from at_terminal import AtTerminal
from opened import git, id_of, path_of
from program import Pagelog, run
from store import frontmatter

pytestmark = pytest.mark.slow

A, B, C = (id_of(name) for name in "abc")


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    return tmp_path / "hub.git"


@pytest.fixture
def elsewhere(kept_here: Pagelog, hub: Path, tmp_path: Path) -> Pagelog:
    """A second machine, in step with the first."""
    assert kept_here("sync", "--remote", str(hub)).status == 0
    assert kept_here("clone", str(hub), str(tmp_path / "elsewhere")).status == 0
    return Pagelog(kept_here.program, tmp_path / "elsewhere")


def tags(pagelog: Pagelog, name: str = "a") -> tuple[str, ...]:
    return frontmatter.loads((pagelog.library / path_of(name)).read_bytes()).tags


def forget(pagelog: Pagelog) -> None:
    """What was done here is not remembered any more."""
    for path in (pagelog.library / ".git/pagelog").glob("state.sqlite3*"):
        path.unlink()


def test_undo_and_redo_say_what_they_did_on_stderr(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A, "--to", B)
    undone = kept_here("undo")
    after_undo = tags(kept_here)
    redone = kept_here("redo")

    assert (undone.status, undone.out) == (0, "")
    assert undone.err == "Taken back: tag: +x (2 links).\n"
    assert redone.err == "Put back: tag: +x (2 links).\n"
    assert (after_undo, tags(kept_here)) == ((), ("x",))


def test_undo_takes_several_a_commit_or_a_group(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A, "--to", B)
    kept_here("tag", "add", "y", "--to", A)
    listed = kept_here("activity", "--json").objects

    assert kept_here("undo", "2").err.count("Taken back:") == 2
    assert kept_here("redo", "2").status == 0
    assert kept_here("undo", listed[1]["group"]).status == 0
    assert (tags(kept_here), tags(kept_here, "b")) == (("y",), ())
    assert kept_here("undo", listed[0]["commit"][:7]).status == 0
    assert tags(kept_here) == ()


def test_what_was_changed_since_stays_and_is_named(kept_here: Pagelog) -> None:
    kept_here("edit", A, "--title", "First")
    kept_here("edit", A, "--title", "Second")
    first = kept_here("activity", "--json").objects[1]["commit"]
    outcome = kept_here("undo", first)

    assert outcome.status == 0
    assert f"{A}: title was changed since and stays (“Second”)." in outcome.err
    assert kept_here.link("Second").id == A


def test_nothing_to_undo_or_redo_is_status_1(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A)
    kept_here("undo", "2")
    assert kept_here("undo", "3").status == 1
    outcomes = [kept_here("undo"), kept_here("redo", "3"), kept_here("redo")]
    kept_here("undo")
    kept_here("tag", "add", "y", "--to", B)
    outcomes.append(kept_here("redo"))

    assert [outcome.status for outcome in outcomes] == [1, 0, 1, 1]
    for outcome in (outcomes[0], outcomes[2], outcomes[3]):
        assert outcome.out == ""
        assert outcome.err.startswith("pagelog: ")


@pytest.mark.parametrize("name", ["abcdef123456", "nonsense", "0", "-1"])
def test_a_name_that_means_nothing_is_no_undo(kept_here: Pagelog, name: str) -> None:
    before = kept_here.commits()

    assert kept_here("undo", "--", name).status == (2 if name == "0" else 1)
    assert kept_here.commits() == before


def test_the_first_commit_and_one_by_hand_are_not_undone(kept_here: Pagelog) -> None:
    kept_here.git("-c", "user.name=U", "-c", "user.email=u@example.org", "commit", "-q", "--allow-empty", "-m", "mine")
    by_hand, *_, first = kept_here("activity", "--json").objects

    assert kept_here("undo", by_hand["commit"]).status == 1
    assert kept_here("undo", first["commit"]).status == 1


def test_without_a_memory_it_names_the_newest_and_does_nothing(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A)
    newest = kept_here.git("rev-parse", "HEAD").strip()
    forget(kept_here)
    outcome = kept_here("undo")

    assert outcome.status == 1
    assert newest[:12] in outcome.err
    assert "pagelog undo" in outcome.err
    assert tags(kept_here) == ("x",)


@pytest.mark.parametrize(("answer", "status", "left"), [("y\n", 0, ()), ("n\n", 1, ("x",))])
def test_without_a_memory_it_asks_on_a_terminal(
    kept_here: Pagelog, answer: str, status: int, left: tuple[str, ...]
) -> None:
    kept_here("tag", "add", "x", "--to", A)
    forget(kept_here)
    with AtTerminal(kept_here.command("undo"), kept_here.environment()) as terminal:
        terminal.shows("Nothing was done here. Take back")
        terminal.types(answer)
        ended = terminal.ends()

    assert ended == status, terminal.drawn
    assert "tag: +x?" in terminal.drawn
    assert tags(kept_here) == left


def test_a_number_larger_than_what_was_done_takes_nothing_back(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A)
    before = kept_here.commits()

    refused = kept_here("undo", "8395")

    assert (refused.status, refused.out) == (1, "")
    assert "2 can be taken back, not 8395" in refused.err
    assert "at least 7 digits" in refused.err
    assert kept_here.commits() == before


def test_activity_in_json_and_in_text(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A, "--to", B)
    kept_here("undo")
    undo, tag, *_ = kept_here("activity", "--json").objects
    text = kept_here("activity", "--limit", "2").out.splitlines()

    assert list(tag) == ["commit", "date", "action", "summary", "links", "undone", "group", "told"]
    assert (tag["action"], tag["summary"], tag["links"], tag["undone"]) == ("tag", "tag: +x (2 links)", 2, True)
    assert (undo["action"], undo["links"], undo["undone"], undo["group"]) == ("undo", 2, False, None)
    assert tag["date"].endswith("Z")
    assert len(text) == 2
    assert text[1].endswith("tag: +x (2 links)  taken back")
    assert text[1].startswith(tag["group"])


def test_activity_where_no_library_is_lists_nothing(pagelog: Pagelog) -> None:
    named = pagelog("activity", "--json")
    default = run([str(pagelog.program), "activity", "--json"], env=pagelog.environment())

    assert (named.status, named.out) == (3, "")
    assert (default.status, default.out) == (0, "")


def test_sync_in_json_counts_what_went_which_way(kept_here: Pagelog, elsewhere: Pagelog, hub: Path) -> None:
    kept_here("tag", "add", "here", "--to", A, "--to", B)
    elsewhere("edit", A, "--title", "There")
    kept_here("edit", A, "--title", "Here")
    sent = kept_here("sync", "--json").objects
    joined = elsewhere("sync", "--json")

    assert [(one["fetched"], one["merged"], one["pushed"]) for one in sent] == [(0, 0, 2)]
    assert joined.status == 0
    assert [(one["fetched"], one["merged"], one["pushed"]) for one in joined.objects] == [(2, 1, 2)]
    assert joined.objects[0]["url"] == str(hub)
    assert len(joined.objects[0]["told"]) == 1
    assert "title" in joined.err


def test_a_dry_run_prints_each_link_that_would_come_go_or_merge(kept_here: Pagelog, elsewhere: Pagelog) -> None:
    kept_here("tag", "add", "here", "--to", A, "--to", B)
    elsewhere("tag", "add", "there", "--to", A, "--to", C)
    kept_here("sync")
    before = elsewhere.git("rev-parse", "HEAD")
    planned = elsewhere("sync", "--dry-run", "--json")
    text = elsewhere("sync", "--dry-run")

    assert planned.status == 0
    assert {(one["what"], one["id"]) for one in planned.objects} == {("comes", B), ("goes", C), ("merges", A)}
    assert all(one["planned"] for one in planned.objects)
    assert sorted(line.split()[0] for line in text.out.splitlines()) == ["comes", "goes", "merges"]
    assert "Nothing was changed." in text.err
    assert elsewhere.git("rev-parse", "HEAD") == before


def test_the_remote_is_status_4_also_in_json(kept_here: Pagelog, tmp_path: Path) -> None:
    outcomes: list[Callable[[], int]] = [
        lambda: kept_here("sync", "--json").status,
        lambda: kept_here("sync", "--dry-run").status,
        lambda: kept_here("sync", "--json", "--remote", str(tmp_path / "nowhere.git")).status,
        lambda: kept_here("clone", str(tmp_path / "nowhere.git"), str(tmp_path / "copy")).status,
    ]

    assert [outcome() for outcome in outcomes] == [4, 4, 4, 4]
    assert not (tmp_path / "copy").exists()


def test_another_machines_action_is_undone_by_its_commit_alone(kept_here: Pagelog, elsewhere: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A)
    kept_here("sync")
    elsewhere("sync")
    commit = elsewhere("activity", "--json").objects[0]["commit"]

    assert elsewhere("undo").status == 1
    assert elsewhere("undo", commit).status == 0
    assert tags(elsewhere) == ()


def test_what_was_done_by_hand_is_taken_back_by_its_commit(kept_here: Pagelog) -> None:
    file = kept_here.library / path_of("a")
    text = file.read_bytes()
    file.unlink()
    kept_here("tag", "add", "x", "--to", B)
    kept_here.git("-c", "user.name=U", "-c", "user.email=u@example.org", "commit", "-qam", "away with it")
    by_hand = next(done for done in kept_here("activity", "--json").objects if done["summary"] == "away with it")
    outcome = kept_here("undo", by_hand["commit"])

    assert (outcome.status, file.read_bytes()) == (0, text), outcome
    assert kept_here("redo").status == 0
    assert not file.exists()


def test_an_undo_is_taken_back_by_its_commit_whatever_was_done_since(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A)
    kept_here("undo")
    undone = kept_here.git("rev-parse", "HEAD").strip()
    kept_here("tag", "add", "y", "--to", B)

    assert kept_here("redo").status == 1
    assert "Put back: tag: +x" in kept_here("undo", undone).err
    assert tags(kept_here) == ("x",)
    again = kept_here("undo", undone)
    assert (again.status, "taken back already" in again.err) == (1, True)


@pytest.mark.parametrize("done", ["amend", "made anew"])
def test_an_action_that_git_has_rewritten_lets_nothing_else_be_taken_back_for_it(kept_here: Pagelog, done: str) -> None:
    kept_here.git("config", "user.name", "U")
    kept_here.git("config", "user.email", "u@example.org")
    kept_here("tag", "add", "precious", "--to", A)
    kept_here("tag", "add", "x", "--to", B)
    if done == "amend":
        kept_here.git("commit", "--quiet", "--amend", "-m", "other words")
    else:
        kept_here.git("reset", "--quiet", "--soft", "HEAD~1")
        kept_here.git("commit", "--quiet", "-m", "made anew")
    outcome = kept_here("undo")

    assert outcome.status == 1
    assert "not in the history any more" in outcome.err
    assert tags(kept_here) == ("precious",)
    assert tags(kept_here, "b") == ("x",)
    kept_here("tag", "add", "new", "--to", B)
    assert kept_here("undo").status == 0


def test_after_a_redo_there_is_nothing_more_to_put_back(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", A)
    kept_here("undo")
    kept_here("tag", "add", "y", "--to", A)
    kept_here("undo")
    kept_here("redo")

    assert "nothing is undone" in kept_here("redo").err or "something else was done here" in kept_here("redo").err
