"""A fetched tree is looked through before it touches a file, and nothing that is not plain gets past."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from store.errors import BadSettings, DamagedRepository, GitFailed, LibraryError, NewerFormat, UnsafeTree
from store.repo import places
from store.repo.run import Git
from store.syncing.pulled import Bounds, check_tree
from tui.wording import words

PAGE = "pages/3f/example.org~page~3f9a2b4c10de.md"
FILE, PROGRAM, LINK, SUBMODULE, FOLDER = "100644", "100755", "120000", "160000", "40000"


@dataclass(frozen=True, slots=True)
class Repository:
    """Makes objects that no honest git would make."""

    top: Path

    def object(self, kind: str, data: bytes) -> str:
        """An object of these bytes, whatever they are."""
        command = ["hash-object", "-t", kind, "--literally", "-w", "--stdin"]
        done = subprocess.run(["git", "-C", self.top, *command], input=data, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def tree(self, *entries: tuple[str, bytes, str]) -> str:
        """A tree of (mode, name, object), in the order given."""
        return self.object(
            "tree", b"".join(f"{mode} ".encode() + n + b"\0" + bytes.fromhex(o) for mode, n, o in entries)
        )

    def holding(self, path: str | bytes, mode: str = FILE, found: str = "") -> str:
        """A library's tree that holds this path besides its settings."""
        *folders, last = (path.encode() if isinstance(path, str) else path).split(b"/")
        entry = (mode, last, found or self.object("blob", b"text\n"))
        for name in reversed(folders):
            entry = (FOLDER, name, self.tree(entry))
        return self.tree(entry, self.settings())

    def settings(self, text: bytes = b"format = 1\n") -> tuple[str, bytes, str]:
        """The entry of pagelog.toml."""
        return FILE, b"pagelog.toml", self.object("blob", text)

    def imported(self, files: dict[str, bytes]) -> str:
        """A commit of many files."""
        stream = b"commit refs/heads/many\ncommitter a <a@b> 0 +0000\ndata 0\n"
        for path, data in {"pagelog.toml": b"format = 1\n", **files}.items():
            stream += b'M 100644 inline "%s"\ndata %d\n%s\n' % (path.encode(), len(data), data)
        subprocess.run(["git", "-C", self.top, "fast-import", "--quiet"], input=stream, check=True)
        return "refs/heads/many"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    top = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", top], check=True)
    return Repository(top)


@pytest.fixture(scope="module")
def git(repository: Repository) -> Git:
    found = places.find(str(repository.top))
    assert found is not None
    return Git(found)


@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        "pages/3f/例子.测试~绍兴市推进长三角~3f9a2b4c10de.md",
        "pages/mine/My own notes, 2026 (1).md",
        "pages/a/👩‍🔬 and می‌خواهم.md",
        "views/unread.toml",
        "assets/ab/abcd.png",
        ".gitignore",
        ".gitkeep",
        ".github/workflows/a.yml",
        "pages/.gitignore",
        ".obsidian/plugins/x/main.js",
        "notes/What is this?.md",
        "notes/Cafe\u0301.md",
        "notes/ends with a dot.",
        "git",
        "console.md",
        "a/" * 31 + "a",
        "a" * 255,
    ],
)
def test_plain_names_pass(repository: Repository, git: Git, path: str) -> None:
    check_tree(git, repository.holding(path))


def test_a_program_outside_our_folders_passes(repository: Repository, git: Git) -> None:
    check_tree(git, repository.holding("tools/backup", PROGRAM))


ANYWHERE = [
    ".git",
    ".GIT",
    ".Git/config",
    "a/.git/config",
    "git~1",
    "GIT~1/config",
    "git~12",
    ".git.",
    ".git ",
    ".git . .",
    ".git::$INDEX_ALLOCATION",
    ".git:x",
    ".g\u200cit",
    ".gi\u200dt/config",
    "\ufeff.git",
    ".git\u202e",
    ".\u206agit",
    ".gitattributes",
    "a/.gitattributes",
    ".GitAttributes",
    "GITATT~1",
    "gi7d29~1",
    ".gitmodules",
    "a/b/.gitmodules",
    ".gitmodules ",
    "gitmod~4",
    "GI7EBA~1",
    "gi7eb~10",
    ".\u200cgitmodules",
    ".pagelog-x",
    "a/.pagelog-1w",
    "..",
    "a/../../x",
    ".",
    "a\\b",
    "..\\..\\x",
    "a\nb",
    "a\x1b[2Jb",
    "a\x7f",
    "a\x9b2J",
    "a\u2028b",
    "con",
    "CON.md",
    "aux.txt",
    "a/nul",
    "Nul .md",
    "com1.md",
    "LPT¹",
    "conin$",
    "Pages/x.md",
    "VIEWS/x.toml",
    "Pagelog.toml",
    "ASSETS/x",
    "\u200cpages/x",
    "pages",
    "views",
    "assets",
    "a" * 256,
    "文" * 86,
    "/".join(["a" * 250] * 5),
    "a/" * 33 + "a",
]


@pytest.mark.parametrize("path", ANYWHERE)
def test_names_that_mean_something_else_somewhere_are_refused(repository: Repository, git: Git, path: str) -> None:
    tree = repository.holding(path)

    with pytest.raises(UnsafeTree):
        check_tree(git, tree)


@pytest.mark.parametrize(
    "path",
    [path for path in ANYWHERE if not path.lower().startswith(("pages", "views", "assets", "pagelog", "\u200cpages"))],
)
def test_so_they_are_below_our_folders(repository: Repository, git: Git, path: str) -> None:
    tree = repository.holding(f"pages/3f/{path}")

    with pytest.raises(UnsafeTree):
        check_tree(git, tree)


@pytest.mark.parametrize("folder", ["pages/3f", "views", "pages/a/b"])
@pytest.mark.parametrize(
    "name",
    [
        *("a.md.", "a.md ", " a.md", "a:b.md", "a<b.md", "a>b.md", 'a"b.md', "a|b.md", "a?.md", "a*.md"),
        *("Cafe\u0301.md", "s\u0307\u0323.md", "a\u202egpj.md", "a\u200eb.md"),
    ],
)
def test_in_our_folders_a_name_is_good_on_every_system(
    repository: Repository, git: Git, folder: str, name: str
) -> None:
    tree = repository.holding(f"{folder}/{name}")

    with pytest.raises(UnsafeTree):
        check_tree(git, tree)


@pytest.mark.parametrize("path", [b"a\xff", b"pages/3f/caf\xe9.md", b"a\xed\xa0\x80"])
def test_names_that_are_no_text_are_refused(repository: Repository, git: Git, path: bytes) -> None:
    tree = repository.holding(path)

    with pytest.raises(UnsafeTree):
        check_tree(git, tree)


@pytest.mark.parametrize("path", [PAGE, "a", "pages", "pagelog.toml", ".obsidian/x"])
@pytest.mark.parametrize("mode", [LINK, SUBMODULE, "110000"])
def test_what_is_neither_a_file_nor_a_folder_is_refused(repository: Repository, git: Git, path: str, mode: str) -> None:
    found = repository.object("commit", b"x") if mode == SUBMODULE else ""
    tree = repository.holding(path, mode, found)

    with pytest.raises(UnsafeTree):
        check_tree(git, tree)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.md", "A.md"),
        ("a.md", "a.md"),
        ("é.md", "e\u0301.md"),
        ("Ä", "ä"),
        ("straße", "STRASSE"),
        ("a\u200cb", "ab"),
        ("\u212a", "k"),
    ],
)
def test_two_names_that_are_one_on_some_file_system_are_refused(
    repository: Repository, git: Git, one: str, other: str
) -> None:
    blob = repository.object("blob", b"")
    for mode, found in ((FILE, blob), (FOLDER, repository.tree((FILE, b"x", blob)))):
        pair = repository.tree((mode, one.encode(), found), (mode, other.encode(), found))
        tree = repository.tree((FOLDER, b"notes", pair), repository.settings())

        with pytest.raises(UnsafeTree) as refused:
            check_tree(git, tree)
        assert one in refused.value.reason


def test_the_same_name_in_two_folders_is_fine(repository: Repository, git: Git) -> None:
    blob = repository.object("blob", b"")
    folder = repository.tree((FILE, b"A", blob))
    check_tree(
        git, repository.tree((FILE, b"a", blob), (FOLDER, b"b", folder), (FOLDER, b"c", folder), repository.settings())
    )


# --- too much -------------------------------------------------------------------------------------------------------


def bomb(repository: Repository, levels: int, last: tuple[str, bytes, str] | None) -> str:
    """Ten of the same in each other, `levels` times."""
    tree = repository.tree(last) if last else repository.tree()
    for _ in range(levels):
        tree = repository.tree(*((FOLDER, b"d%d" % number, tree) for number in range(10)))
    return repository.tree((FOLDER, b"bomb", tree), repository.settings())


@pytest.mark.parametrize("kind", ["files", "empty folders"])
def test_a_few_bytes_that_unfold_into_millions_of_paths_are_stopped(
    repository: Repository, git: Git, kind: str
) -> None:
    last = (FILE, b"f", repository.object("blob", b"x")) if kind == "files" else None
    tree = bomb(repository, 20, last)
    start = time.monotonic()

    with pytest.raises(UnsafeTree, match="copies of one folder"):
        check_tree(git, tree)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        (Bounds(entries=20), "more than 20 files and folders"),
        (Bounds(blob=9), "a file of more than 9 bytes"),
        (Bounds(total=30), "more than 30 bytes in all"),
        (Bounds(copies=3), "more than 3 copies"),
    ],
)
def test_every_bound_is_one(repository: Repository, git: Git, bounds: Bounds, reason: str) -> None:
    tree = bomb(repository, 1, (FILE, b"f", repository.object("blob", b"1234")))
    check_tree(git, tree)

    with pytest.raises(UnsafeTree, match=reason):
        check_tree(git, tree, bounds)


def test_a_name_without_an_end_is_not_read_to_its_end(repository: Repository, git: Git) -> None:
    tree = repository.holding("a" * 3_000_000)

    with pytest.raises(UnsafeTree) as refused:
        check_tree(git, tree)
    assert len(refused.value.path) < 1000


def test_a_file_that_git_has_lost_is_refused(repository: Repository, git: Git) -> None:
    tree = repository.holding(PAGE, FILE, "1" * 40)

    with pytest.raises((UnsafeTree, GitFailed)):
        check_tree(git, tree)


def test_no_git_is_left_behind(repository: Repository, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    start: Callable[..., object] = git.start
    monkeypatch.setattr(git, "start", lambda *words: started.append(start(*words)) or started[-1])

    with pytest.raises(UnsafeTree):
        check_tree(git, bomb(repository, 20, None))
    assert [running.ended for running in started] == [True]


def test_ten_thousand_files_take_half_a_second(repository: Repository, git: Git) -> None:
    paths = [f"pages/{n % 256:02x}/example.org~绍兴市推进长三角区域一体化-{n}~{n:012x}.md" for n in range(10_000)]
    commit = repository.imported({path: b"text of %d" % n for n, path in enumerate(paths)})
    check_tree(git, commit)
    start = time.process_time()
    check_tree(git, commit)

    assert time.process_time() - start < 0.5


# --- settings, and what is said -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b"format = 2\n", NewerFormat),
        (b"format = 999999999\n", NewerFormat),
        (b"format = " + b"9" * 5000 + b"\n", BadSettings),
        (b"", BadSettings),
        (b"format = 'x'\n", BadSettings),
        (b"\xff\xfe", BadSettings),
        (b"format = 1\n#" + b"x" * 70_000, BadSettings),
    ],
)
def test_the_settings_are_read_before_anything_is_merged(
    repository: Repository, git: Git, text: bytes, error: type[LibraryError]
) -> None:
    with pytest.raises(error):
        check_tree(git, repository.tree(repository.settings(text)))


def test_a_tree_without_settings_is_no_library_s(repository: Repository, git: Git) -> None:
    with pytest.raises(BadSettings):
        check_tree(git, repository.tree((FILE, b"a", repository.object("blob", b""))))


def test_a_tree_that_git_itself_cannot_read_is_an_error_of_git_s(repository: Repository, git: Git) -> None:
    with pytest.raises(GitFailed):
        check_tree(git, repository.holding("a//b"))


def test_what_is_no_commit_is_an_error_of_git_s(git: Git) -> None:
    for name in ("1" * 40, "--help", "no-such-ref"):
        with pytest.raises((GitFailed, DamagedRepository)):
            check_tree(git, name)


def test_a_refusal_shows_the_path_without_what_a_terminal_would_obey(repository: Repository, git: Git) -> None:
    with pytest.raises(UnsafeTree) as refused:
        check_tree(git, repository.holding("pages/3f/a\x1b]0;owned\x07b\nc.md"))

    said = words(refused.value).sentence
    assert "pages/3f/ab c.md" in said
    assert said.isprintable()
