"""`pagelog sync` and what stands at the other end, or who may come in: its sentence, its status, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from at_terminal import AtTerminal
from git_http import USER, GitHost
from machines import head, refused, script, tagged, tags
from opened import git
from program import Pagelog

pytestmark = pytest.mark.slow


def test_an_empty_remote_gets_everything(here: Pagelog, hub: Path) -> None:
    outcome = here("sync", "--remote", str(hub))

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == f"In step with {hub}: 2 commits pushed.\n"
    assert git(hub, "rev-parse", "main") == head(here) + "\n"


def test_without_a_remote_it_says_how_to_get_one(here: Pagelog) -> None:
    assert refused(here("sync"), "has no remote to sync with", "pagelog sync --remote URL")


def test_a_repository_of_something_else_is_left_alone(here: Pagelog, hub: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "code")
    (tmp_path / "code/main.c").write_text("int main;\n")
    git(tmp_path / "code", "add", ".")
    git(tmp_path / "code", "commit", "--quiet", "-m", "mine")
    git(tmp_path / "code", "push", "--quiet", str(hub), "main")
    before = head(here), git(hub, "rev-parse", "main")

    assert refused(here("sync", "--remote", str(hub)), "no pagelog library", "Nothing was changed.")
    assert (head(here), git(hub, "rev-parse", "main")) == before
    assert refused(here("clone", str(hub), str(tmp_path / "copy")), "no pagelog library")
    assert not (tmp_path / "copy").exists()


def test_a_rewritten_remote_stops_it_until_that_is_accepted(here: Pagelog, there: Pagelog, hub: Path) -> None:
    tagged(there, "secret")("sync")
    here("sync")
    git(hub, "update-ref", "refs/heads/main", "main~1")
    tagged(here, "mine", name="b")
    old = head(here)

    assert refused(here("sync"), "was rewritten", "--accept-rewrite", "refs/pagelog/before/", "Nothing was changed.")
    assert head(here) == old

    outcome = here("sync", "--accept-rewrite")

    assert outcome.status == 0
    assert (tags(here), tags(here, "b")) == ((), ("mine",))
    assert git(hub, "rev-parse", "main") == head(here) + "\n"
    kept = here.git("for-each-ref", "--format=%(objectname)", "refs/pagelog/before").strip()
    assert kept == old
    here.assert_whole()


def test_somebodys_folder_with_main_checked_out_takes_no_push(here: Pagelog, there: Pagelog) -> None:
    tagged(here, "x")

    assert refused(here("sync", "--remote", str(there.library)), "takes no push", "git clone --bare")
    assert tags(there) == ()
    there.assert_whole()


def test_a_remote_that_declines_says_why_and_what_came_from_it_stays(here: Pagelog, there: Pagelog, hub: Path) -> None:
    tagged(there, "theirs")("sync")
    script(hub / "hooks/pre-receive", "echo only on Sundays >&2; exit 1")
    tagged(here, "ours", name="b")

    assert refused(here("sync"), "did not take what was pushed", "hook declined")
    assert tags(here) == ("theirs",)
    (hub / "hooks/pre-receive").unlink()
    assert here("sync").status == 0
    assert git(hub, "rev-parse", "main") == head(here) + "\n"


@pytest.mark.parametrize(
    "url", ["ext::sh -c 'touch stolen'", "-u", "--upload-pack=touch stolen", "fd::7", "git://host/x", "javascript://x"]
)
def test_an_address_that_git_must_not_be_given(here: Pagelog, tmp_path: Path, url: str) -> None:
    assert refused(here("sync", f"--remote={url}", cwd=tmp_path), "Give https://")
    assert refused(here("clone", "--", url, str(tmp_path / "copy"), cwd=tmp_path), "Give https://")
    assert here.git("config", "--get-regexp", "remote", ok=False) == ""
    assert not list(tmp_path.rglob("stolen"))


def test_such_an_address_in_the_librarys_own_settings_runs_nothing(here: Pagelog, tmp_path: Path) -> None:
    here.git("remote", "add", "origin", f"ext::touch {tmp_path}/stolen")

    assert refused(here("sync"))
    assert not (tmp_path / "stolen").exists()


def test_a_password_in_an_address_is_neither_kept_nor_shown(here: Pagelog) -> None:
    outcome = here("sync", "--remote", "https://uma:hunter2@127.0.0.1/x.git")

    assert refused(outcome, "came with a password")
    assert "hunter2" not in outcome.err
    assert "hunter2" not in (here.library / ".git/config").read_text()


def test_a_path_is_meant_from_where_one_stands_and_kept_whole(here: Pagelog, hub: Path, tmp_path: Path) -> None:
    outcome = here("sync", "--remote", "hub.git", cwd=tmp_path)

    assert outcome.status == 0
    assert here.git("config", "remote.origin.url").strip() == str(hub)
    assert here("sync", cwd=Path("/")).status == 0


def test_a_relative_path_that_git_was_told_is_meant_from_the_library(here: Pagelog, hub: Path) -> None:
    here.git("remote", "add", "origin", "../hub.git")

    assert here("sync", cwd=Path("/")).status == 0
    assert git(hub, "rev-parse", "main") == head(here) + "\n"


def test_a_folder_that_is_no_repository(here: Pagelog, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert refused(here("sync", "--remote", str(tmp_path / "empty")), "no repository at", "git init --bare")
    assert here.git("config", "--get-regexp", "remote", ok=False) == ""


@pytest.fixture
def guarded(hub: Path) -> Iterator[GitHost]:
    """The hub behind a password."""
    with GitHost(hub.parent, password="open sesame") as host:
        yield host


@pytest.mark.parametrize("helper", ["", "!f() { echo username=uma; echo password=wrong; }; f"])
def test_without_the_password_it_says_so_and_asks_nobody(
    here: Pagelog, guarded: GitHost, home: Path, tmp_path: Path, helper: str
) -> None:
    (home / ".gitconfig").write_text(f'[credential]\n\thelper = "{helper}"\n' if helper else "")
    asked = script(tmp_path / "askpass", f"touch {tmp_path}/asked; echo secret")
    command = here.command("sync", "--remote", guarded.url("hub.git"))

    with AtTerminal(command, {**here.environment(), "SSH_ASKPASS": str(asked), "DISPLAY": ":9"}) as terminal:
        status = terminal.ends()

    assert status == 4
    assert "does not let you in" in terminal.drawn
    assert "git ls-remote" in terminal.drawn
    assert not (tmp_path / "asked").exists()


def test_the_users_password_helper_is_asked(here: Pagelog, guarded: GitHost, home: Path, hub: Path) -> None:
    helper = f"!f() {{ echo username={USER}; echo 'password=open sesame'; }}; f"
    (home / ".gitconfig").write_text(f'[credential]\n\thelper = "{helper}"\n')

    outcome = here("sync", "--remote", guarded.url("hub.git"))

    assert (outcome.status, outcome.err) == (0, "")
    assert git(hub, "rev-parse", "main") == head(here) + "\n"
    assert "sesame" not in (here.library / ".git/config").read_text() + outcome.out


def test_who_may_only_read_is_told_and_has_what_came(here: Pagelog, there: Pagelog, hub: Path) -> None:
    tagged(there, "theirs")("sync")
    tagged(here, "ours", name="b")
    with GitHost(hub.parent, forbidden="push") as host:
        outcome = here("sync", "--remote", host.url("hub.git"))

    assert refused(outcome, "may be read, and did not take what was pushed", "403", "merged already")
    assert tags(here) == ("theirs",)


def test_who_may_not_even_read_is_told_so(here: Pagelog, hub: Path) -> None:
    with GitHost(hub.parent, forbidden="all") as host:
        outcome = here("sync", "--remote", host.url("hub.git"))

    assert refused(outcome, "does not let you in", "403")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Host key verification failed.", "ssh does not know the host"),
        ("uma@host: Permission denied (publickey).", "does not let you in"),
        ("ssh: Could not resolve hostname host: Name or service not known", "No connection to"),
        ("ssh: connect to host host port 22: Connection refused", "No connection to"),
        ("kex_exchange_identification: Connection closed by remote host", "No connection to"),
    ],
)
def test_what_ssh_says_becomes_a_sentence(here: Pagelog, home: Path, tmp_path: Path, said: str, told: str) -> None:
    ssh = script(tmp_path / "ssh", f'echo "$@" >> {tmp_path}/words\necho "{said}" >&2\nexit 255')
    (home / ".gitconfig").write_text(f"[core]\n\tsshCommand = {ssh}\n")

    assert refused(here("sync", "--remote", "uma@host:library.git"), told)
    assert "BatchMode=yes" in (tmp_path / "words").read_text()


@pytest.mark.parametrize("name", ["GIT_SSH_COMMAND", "GIT_SSH"])
def test_the_ssh_of_the_environment_is_used(here: Pagelog, hub: Path, tmp_path: Path, name: str) -> None:
    ssh = script(tmp_path / "my-ssh", f'touch {tmp_path}/used\nfor last; do :; done\nexec sh -c "$last"')
    own = Pagelog(here.program, here.library, {name: str(ssh), "GIT_SSH_VARIANT": "simple"})

    assert own("sync", "--remote", f"uma@host:{hub}").status == 0
    assert (tmp_path / "used").exists()
    assert git(hub, "rev-parse", "main") == head(here) + "\n"


def test_a_remote_that_lost_its_main_is_filled_again(here: Pagelog, there: Pagelog, hub: Path) -> None:
    git(hub, "update-ref", "-d", "refs/heads/main")
    outcome = here("sync", "--json")

    assert outcome.objects[0]["pushed"] == 2
    assert git(hub, "rev-parse", "main") == head(here) + "\n"
    assert there("sync").status == 0


@pytest.mark.parametrize("name", [".gitattributes", "notes/aux.txt", "pages/aa/Twin.md"])
def test_what_others_would_refuse_is_not_pushed(here: Pagelog, hub: Path, name: str) -> None:
    here("sync", "--remote", str(hub))
    before = git(hub, "rev-parse", "main")
    file = here.library / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("* text=auto\n")
    if name.endswith("Twin.md"):
        (file.parent / "twin.md").write_text("* text=auto\n")
    git(here.library, "add", "--force", ".")
    git(here.library, "commit", "--quiet", "-m", "mine")

    for words in (["sync"], ["sync", "--dry-run"]):
        assert refused(here(*words), "Nothing was pushed", Path(name).name.lower().split(".md")[0], "git rm --cached")
    assert git(hub, "rev-parse", "main") == before

    git(here.library, "rm", "--quiet", "--cached", name)
    git(here.library, "commit", "--quiet", "-m", "not mine")
    file.unlink()
    assert here("sync").status == 0
    assert git(hub, "rev-parse", "main") == head(here) + "\n"
