"""What stands in a git folder that git would obey."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import LibraryError, Untrusted
from store.repo import configfile
from strangers import CLONED, ORDERS, admit, configure

HARMLESS = [
    '[user]\n\tname = "Uma # 1"\n\temail = uma@example.org ; mine\n',
    "[gc]\n\tauto = 0\n\tpruneExpire = 2.weeks.ago\n[pull]\n\trebase = merges\n[maintenance]\n\tauto = false\n",
    '# a note\n[remote "up.stream"]\n\turl = ssh://git@[::1]:22/~/x\n\tpushurl = ../other.git\n\ttagOpt = --no-tags\n',
    "[extensions]\n\tworktreeConfig\n\tobjectFormat = sha1\n\trefStorage = files\n",
    '[branch "a]b"]\n\trebase = false\n[CORE]\n\tBare = no\n\tautocrlf = input\r\n',
]


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
