"""A library that was not made here is not obeyed, and one that is the user's own is never mistaken for another's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.admission import opening
from store.admission.acquaintance import Acquaintances, look
from store.admission.orders import orders
from store.admission.trust import Trust
from store.errors import LibraryError, NotALibrary, NotWritable, Untrusted
from store.link import Queued
from store.repo import configfile
from store.repo.places import Places
from store.state import State

CLONED = """[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = true
\tignorecase = true
\tprecomposeunicode = true
[remote "origin"]
\turl = git@example.org:uma/links.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch "main"]
\tremote = origin
\tmerge = refs/heads/main
"""
HARMLESS = [
    '[user]\n\tname = "Uma # 1"\n\temail = uma@example.org ; mine\n',
    "[gc]\n\tauto = 0\n\tpruneExpire = 2.weeks.ago\n[pull]\n\trebase = merges\n[maintenance]\n\tauto = false\n",
    '# a note\n[remote "up.stream"]\n\turl = ssh://git@[::1]:22/~/x\n\tpushurl = ../other.git\n\ttagOpt = --no-tags\n',
    "[extensions]\n\tworktreeConfig\n\tobjectFormat = sha1\n\trefStorage = files\n",
    '[branch "a]b"]\n\trebase = false\n[CORE]\n\tBare = no\n\tautocrlf = input\r\n',
]
ORDERS = [
    "[include]\n\tpath = /tmp/evil\n",
    '[includeIf "gitdir:/"]\n\tpath = /tmp/evil\n',
    '[filter "x"]\n\tclean = /tmp/evil\n\tsmudge = /tmp/evil\n\tprocess = /tmp/evil\n',
    '[filter "x"]\n\trequired\n',
    "[core]\n\tfsmonitor = /tmp/evil\n",
    "[core]\n\tfsmonitor = true\n",
    "[core]\n\thooksPath = /tmp\n",
    "[core]\n\tsshCommand = /tmp/evil\n",
    "[core]\n\tgitProxy = /tmp/evil\n",
    "[core]\n\taskPass = /tmp/evil\n",
    "[core]\n\teditor = /tmp/evil\n",
    "[core]\n\tpager = /tmp/evil\n",
    "[core]\n\talternateRefsCommand = /tmp/evil\n",
    "[core]\n\tattributesFile = /tmp/evil\n",
    "[core]\n\texcludesFile = /dev/zero\n",
    "[core]\n\tworktree = /home\n",
    "[core]\n\tbare = true\n",
    "[core]\n\tbare\n",
    "[core]\n\tprotectNTFS = false\n",
    "[core]\n\trepositoryformatversion = 2\n",
    "[core]\n\tsharedRepository = world\n",
    '[remote "o"]\n\tuploadpack = /tmp/evil\n',
    '[remote "o"]\n\treceivepack = /tmp/evil\n',
    '[remote "o"]\n\tvcs = evil\n',
    '[remote "o"]\n\tproxy = http://evil\n',
    '[remote "o"]\n\turl = ext::sh -c evil\n',
    '[remote "o"]\n\turl = evil://host/x\n',
    '[remote "o"]\n\turl = -oProxyCommand=evil:x\n',
    '[remote "o"]\n\turl = ssh://-oProxyCommand=evil/x\n',
    '[remote "o"]\n\turl = git@-oProxyCommand=evil:x\n',
    '[remote "o"]\n\tfetch = +refs/heads/*:refs/heads/*\n',
    '[remote "o"]\n\tfetch = +refs/x/*:refs/pagelog/*\n',
    '[remote "--exec=evil"]\n\turl = x\n',
    '[remote "o"]\n\tpromisor = true\n',
    '[branch "main"]\n\tremote = ext::sh -c evil\n',
    '[url "ext::sh -c evil #"]\n\tinsteadOf = https://example.org/\n',
    "[credential]\n\thelper = !evil\n",
    '[credential "https://example.org"]\n\thelper = /tmp/evil\n',
    '[protocol "ext"]\n\tallow = always\n',
    "[http]\n\tproxy = http://evil\n",
    "[http]\n\tsslVerify = false\n",
    "[extensions]\n\tpartialClone = o\n",
    "[gc]\n\trecentObjectsHook = /tmp/evil\n",
    '[diff "x"]\n\ttextconv = /tmp/evil\n',
    "[diff]\n\texternal = /tmp/evil\n",
    '[merge "x"]\n\tdriver = /tmp/evil\n',
    "[alias]\n\tx = !evil\n",
    "[gpg]\n\tprogram = /tmp/evil\n",
    "[uploadpack]\n\tpackObjectsHook = /tmp/evil\n",
    "[core] fsmonitor = /tmp/evil\n",
    "[core]fsmonitor = /tmp/evil\n",
    "[core]\n\tfilemode = tr\\\nue\n",
    "[user]\n\tname = x\\\n[core]\n\teditor = y\n",
    "[Core]\n\tFSMonitor=/tmp/evil\n",
    "[remote.o]\n\tuploadPack = /tmp/evil\n",
    '[remote\t"o"]\n\tuploadPack = "/tmp/evil"\n',
    "\xef\xbb\xbf[core]\n\tpager = /tmp/evil\n",
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new library that nobody was told of."""
    path = tmp_path_factory.mktemp("strange") / "library"
    opening.find_or_make(path, make=True)
    return path


@pytest.fixture
def strange(tmp_path: Path, template: Path) -> Path:
    """A library that came from elsewhere."""
    path = tmp_path / "strange"
    shutil.copytree(template, path)
    shutil.rmtree(path / ".git" / "pagelog")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The user's data folder, not there yet."""
    return tmp_path / "data" / "pagelog"


def admit(path: Path, data: Path) -> Trust:
    trust = Trust(data)
    opening.find_or_make(path, make=False, trust=trust)
    return trust


def make(path: Path, data: Path) -> Path:
    opening.find_or_make(path, make=True, trust=Trust(data))
    return path


def give(path: Path, data: Path) -> str:
    return Trust(data).give(opening.find(path))


def configure(path: Path, text: str) -> None:
    with (path / ".git" / "config").open("a", encoding="latin-1", newline="") as file:
        file.write(text)


def with_records(path: Path, *urls: str) -> Path:
    """`.git/pagelog` as a library brings it along: a queue, and a journal."""
    own = path / ".git" / "pagelog"
    own.mkdir()
    state = State.open(str(own / "state.sqlite3"))
    state.enqueue(queued(url) for url in urls)
    state.close()
    (own / "journal").write_text("{}")
    return own


def queued(url: str) -> Queued:
    return Queued(0, url, "0" * 12, url, (), None, "2026-01-01T00:00:00Z")


def queue_of(path: Path) -> list[str]:
    state = State.open(str(path / ".git" / "pagelog" / "state.sqlite3"))
    try:
        return [entry.url for entry in state.queued()]
    finally:
        state.close()


# --- what is obeyed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HARMLESS, ids=range(len(HARMLESS)))
def test_what_git_itself_writes_into_a_config_is_harmless(strange: Path, data: Path, text: str) -> None:
    (strange / ".git" / "config").write_text(CLONED + text, newline="")

    admit(strange, data)


@pytest.mark.parametrize("text", ORDERS, ids=range(len(ORDERS)))
def test_a_setting_that_may_run_or_lead_somewhere_is_refused(strange: Path, data: Path, text: str) -> None:
    configure(strange, text)

    with pytest.raises(Untrusted):
        admit(strange, data)
    assert not (strange / ".git" / "pagelog").exists()


def test_a_refusal_names_every_order(strange: Path, data: Path) -> None:
    configure(strange, "[core]\n\tpager = less\n[alias]\n\tx = y\n")
    hook = strange / ".git" / "hooks" / "post-commit"
    hook.parent.mkdir()
    hook.touch(0o755)

    with pytest.raises(Untrusted) as refused:
        admit(strange, data)
    assert refused.value.found == "setting core.pager, alias.x; hook post-commit"


def test_samples_and_files_that_are_no_programs_are_no_hooks(strange: Path, data: Path) -> None:
    hooks = strange / ".git" / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit.sample").touch(0o755)
    (hooks / "post-merge").touch(0o644)

    admit(strange, data)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("config.worktree", "[core]\n\tpager = x\n"),
        ("info/attributes", "*.md filter=x\n"),
        ("info/grafts", "0" * 40),
        ("objects/info/alternates", "/home/somebody/.git/objects\n"),
    ],
)
def test_other_files_that_git_reads_are_refused(strange: Path, data: Path, name: str, text: str) -> None:
    path = strange / ".git" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("# only a note\n")
    admit(strange, data)
    path.write_text(text)

    with pytest.raises(Untrusted):
        admit(strange, data)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "endless"])
def test_a_config_that_is_no_file_is_refused(strange: Path, data: Path, tmp_path: Path, kind: str) -> None:
    config = strange / ".git" / "config"
    config.rename(tmp_path / "config")
    match kind:
        case "link":
            config.symlink_to(tmp_path / "config")
        case "folder":
            config.mkdir()
        case "pipe":
            os.mkfifo(config)
        case _:
            config.write_bytes(b"#" * (1 << 21))

    with pytest.raises(LibraryError):
        admit(strange, data)


_TEXT = st.text(st.sampled_from('ab.-"\\#;=[] \t\r\n'), max_size=12)
_LINES = st.sampled_from(["[a]", '[a "b"]', '[A.b "c"]', "x = 1", "\ty", "z=", "# c", "", '[a "b\\"c"]'])


@settings(max_examples=60)
@given(st.lists(st.one_of(_LINES, _TEXT, st.builds("k = {}".format, _TEXT)), max_size=6))
def test_what_our_reader_understands_git_reads_alike(lines: list[str]) -> None:
    text = "\n".join(lines)
    ours = [(found.key, found.value) for found in configfile.settings(text.encode())]

    if all(key for key, _ in ours):
        done = subprocess.run(
            ["git", "config", "--file", "-", "--list", "-z", "--no-includes"], input=text.encode(), capture_output=True
        )
        pairs = [entry.partition("\n") for entry in done.stdout.decode().split("\0")[:-1]]
        theirs = [(key, value if newline else None) for key, newline, value in pairs]
        assert done.returncode or ours == theirs


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_settings_that_are_no_file_are_not_waited_for(strange: Path, data: Path, kind: str) -> None:
    path = strange / "pagelog.toml"
    path.unlink()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to("/dev/zero")
        case _:
            path.mkdir()

    with pytest.raises(LibraryError):
        admit(strange, data)


# --- who is known ---------------------------------------------------------------------------------------------------


def test_a_library_made_here_is_its_owner_s_to_configure(tmp_path: Path, data: Path) -> None:
    library = make(tmp_path / "library", data)
    configure(library, ORDERS[0])

    assert admit(library, data).set_aside == ""


def test_trust_lasts(strange: Path, data: Path) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)

    assert admit(strange, data).set_aside == ""


def test_a_harmless_library_is_looked_through_again_every_time(strange: Path, data: Path) -> None:
    admit(strange, data)
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(strange, data)


def test_what_is_known_is_the_user_s_own_secret(strange: Path, data: Path) -> None:
    admit(strange, data)

    (known,) = json.loads((data / "trust.json").read_text())["libraries"]
    git = (strange / ".git").stat()
    assert (known["path"], known["device"], known["inode"]) == (str(strange / ".git"), git.st_dev, git.st_ino)
    assert (data / "trust.json").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_copy_of_a_trusted_library_is_not_trusted(strange: Path, data: Path, tmp_path: Path) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)
    shutil.copytree(strange, tmp_path / "copy")

    with pytest.raises(Untrusted):
        admit(tmp_path / "copy", data)


def test_a_trusted_library_may_be_moved(strange: Path, data: Path, tmp_path: Path) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)
    strange.rename(tmp_path / "moved")
    admit(tmp_path / "moved", data)

    (known,) = json.loads((data / "trust.json").read_text())["libraries"]
    assert known["path"] == str(tmp_path / "moved" / ".git")


def test_a_disk_may_get_another_number(strange: Path, data: Path) -> None:
    give(strange, data)
    rewrite(data, device=1)
    own = with_file(strange)

    assert admit(strange, data).set_aside == ""
    assert own.exists()


@pytest.mark.parametrize("facts", [{"inode": 1}, {"mark": "0" * 32}, {"path": "/x", "device": 1}])
def test_another_folder_at_the_same_place_is_not_known(strange: Path, data: Path, facts: dict[str, str | int]) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)
    rewrite(data, **facts)

    with pytest.raises(Untrusted):
        admit(strange, data)


def test_a_library_without_its_records_is_looked_through_again(strange: Path, tmp_path: Path, data: Path) -> None:
    library = make(tmp_path / "library", data)
    shutil.rmtree(library / ".git" / "pagelog")
    admit(library, data)
    configure(library, ORDERS[0])
    admit(library, data)
    shutil.rmtree(library / ".git" / "pagelog")

    with pytest.raises(Untrusted):
        admit(library, data)


@pytest.mark.parametrize("text", ["", "null", "[1]", '{"libraries": [{"path": 1}]}', "[" * 100_000])
def test_a_register_that_nobody_wrote_knows_nobody(strange: Path, data: Path, text: str) -> None:
    data.mkdir(parents=True)
    (data / "trust.json").write_text(text)
    admit(strange, data)
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(strange, data)


def test_where_nothing_can_be_remembered_nothing_is_set_aside(strange: Path, tmp_path: Path) -> None:
    own = with_records(strange, "https://example.org/")
    (tmp_path / "file").touch()

    with pytest.raises(NotWritable):
        admit(strange, tmp_path / "file")
    assert own.exists()


def test_only_so_many_libraries_are_remembered(strange: Path, data: Path) -> None:
    known = Acquaintances(data)
    here = look(opening.find(strange))
    with known.changing():
        for number in range(3):
            known.remember(replace(here, path=f"/{number}", inode=number, mark=str(number)))
        known.remember(replace(here, path="/1", inode=9, mark="9"))

    paths = [entry["path"] for entry in json.loads((data / "trust.json").read_text())["libraries"]]
    assert paths == ["/0", "/2", "/1"]


def test_any_other_repository_is_left_as_it_is(tmp_path: Path, data: Path) -> None:
    repository = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", repository], check=True)
    (repository / "a").touch()
    for command in (["add", "a"], ["commit", "-qm", "a"]):
        user = ["-c", "user.name=Uma", "-c", "user.email=uma@example.org"]
        subprocess.run(["git", "-C", repository, *user, *command], check=True)
    configure(repository, ORDERS[0])

    with pytest.raises(NotALibrary):
        admit(repository, data)
    assert not (repository / ".git" / "pagelog").exists()
    assert not data.exists()


@pytest.mark.parametrize("how", ["config", "hook", "headless"])
def test_a_repository_without_commits_is_looked_through_before_it_becomes_a_library(
    tmp_path: Path, data: Path, how: str
) -> None:
    top = tmp_path / "left"
    subprocess.run(["git", "init", "-q", "--template=", top], check=True)
    if how == "hook":
        (top / ".git" / "hooks").mkdir()
        (top / ".git" / "hooks" / "post-commit").touch(0o755)
    else:
        configure(top, ORDERS[0])
    if how == "headless":
        (top / ".git" / "HEAD").unlink()

    with pytest.raises(Untrusted):
        make(top, data)


def test_what_was_refused_before_it_had_a_commit_may_be_trusted_too(tmp_path: Path, data: Path) -> None:
    top = tmp_path / "top"
    subprocess.run(["git", "init", "-q", "--separate-git-dir", tmp_path / "apart", top], check=True)
    with pytest.raises(Untrusted):
        make(top, data)
    give(top, data)

    make(top, data)
    assert admit(top, data).set_aside == ""


# --- where the git folder stands ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["file", "link", "commondir"])
def test_a_folder_that_points_at_another_library_is_no_part_of_it(tmp_path: Path, data: Path, how: str) -> None:
    library = make(tmp_path / "library", data)
    evil = tmp_path / "evil"
    evil.mkdir()
    shutil.copy(library / "pagelog.toml", evil)
    match how:
        case "file":
            (evil / ".git").write_text(f"gitdir: {library / '.git'}\n")
        case "link":
            (evil / ".git").symlink_to(library / ".git")
        case _:
            (evil / ".git").mkdir()
            shutil.copy(library / ".git" / "HEAD", evil / ".git")
            (evil / ".git" / "commondir").write_text(f"{library / '.git'}\n")
            (evil / ".git" / "gitdir").write_text(f"{evil / '.git'}\n")

    with pytest.raises(Untrusted) as refused:
        admit(evil, data)
    assert "place .git ->" in refused.value.found
    admit(library, data)


def test_a_worktree_and_a_separate_git_folder_of_a_library_made_here_are_its_own(tmp_path: Path, data: Path) -> None:
    library = make(tmp_path / "library", data)
    git = ["git", "-C", str(library)]
    subprocess.run([*git, "worktree", "add", "-q", "--detach", tmp_path / "tree"], check=True)
    subprocess.run([*git, "init", "-q", "--separate-git-dir", tmp_path / "apart"], check=True)
    configure_apart = tmp_path / "apart" / "config"
    configure_apart.write_text(configure_apart.read_text() + ORDERS[0])
    subprocess.run([*git, "worktree", "repair", tmp_path / "tree"], check=True, capture_output=True)

    assert admit(library, data).set_aside == ""
    assert admit(tmp_path / "tree", data).set_aside == ""


def test_a_worktree_of_an_unknown_library_is_looked_through_with_it(strange: Path, data: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "-C", strange, "worktree", "add", "-q", "--detach", tmp_path / "tree"], check=True)
    admit(tmp_path / "tree", data)
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(tmp_path / "tree", data)


def test_core_worktree_may_name_this_work_tree_only(strange: Path, data: Path) -> None:
    configure(strange, "[core]\n\tworktree = ..\n")
    admit(strange, data)
    configure(strange, "[core]\n\tworktree = ../..\n")

    assert [order.text for order in orders(places(strange))] == ["core.worktree = ../.."]


# --- its records ----------------------------------------------------------------------------------------------------


def test_the_records_of_an_unknown_library_are_set_aside_unread(strange: Path, data: Path) -> None:
    own = with_records(strange, "https://example.org/")
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    trust = admit(strange, data)

    aside = Path(trust.set_aside)
    assert aside == strange / ".git" / "pagelog.untrusted-1"
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == before
    assert [path.name for path in own.iterdir()] == ["mark"]
    assert admit(strange, data).set_aside == ""


def test_records_that_lead_elsewhere_are_set_aside_too(strange: Path, data: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (strange / ".git" / "pagelog").symlink_to(victim)
    admit(strange, data)

    assert list(victim.iterdir()) == []
    assert (strange / ".git" / "pagelog").is_dir()


def test_trust_brings_records_back_and_loses_nothing_that_was_queued_since(strange: Path, data: Path) -> None:
    with_records(strange, "https://example.org/old")
    aside = admit(strange, data).set_aside
    state = State.open(str(strange / ".git" / "pagelog" / "state.sqlite3"))
    state.enqueue([queued("https://example.org/new")])
    state.close()

    assert give(strange, data) == aside
    assert queue_of(strange) == ["https://example.org/old", "https://example.org/new"]
    assert (strange / ".git" / "pagelog" / "journal").exists()
    assert give(strange, data) == ""
    assert admit(strange, data).set_aside == ""


def test_two_users_of_one_library_agree_by_trusting_it(strange: Path, data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with_records(strange, "https://example.org/")
    admit(strange, data)
    give(strange, data)
    admit(strange, other)
    give(strange, other)

    assert admit(strange, data).set_aside == ""
    assert admit(strange, other).set_aside == ""
    assert queue_of(strange) == ["https://example.org/"]


def test_what_was_set_aside_is_found_after_the_new_records_were_deleted(strange: Path, data: Path) -> None:
    with_records(strange, "https://example.org/")
    aside = admit(strange, data).set_aside
    shutil.rmtree(strange / ".git" / "pagelog")
    admit(strange, data)

    assert give(strange, data) == aside
    assert queue_of(strange) == ["https://example.org/"]


def test_trust_given_at_once_leaves_the_records_where_they_are(strange: Path, data: Path) -> None:
    configure(strange, ORDERS[0])
    with_records(strange, "https://example.org/")
    give(strange, data)

    assert admit(strange, data).set_aside == ""
    assert queue_of(strange) == ["https://example.org/"]


def test_a_refusal_sets_nothing_aside(strange: Path, data: Path) -> None:
    own = with_records(strange, "https://example.org/")
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(strange, data)
    assert own.exists()
    assert not data.exists()


def places(path: Path) -> Places:
    return opening.find(path)


def with_file(path: Path) -> Path:
    own = path / ".git" / "pagelog" / "catalogue.sqlite3"
    own.touch()
    return own


def rewrite(data: Path, **facts: str | int) -> None:
    """What is remembered of the only library, changed."""
    path = data / "trust.json"
    (known,) = json.loads(path.read_text())["libraries"]
    path.write_text(json.dumps({"libraries": [{**known, **facts}]}))
