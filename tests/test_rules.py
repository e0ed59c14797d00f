"""What we agreed on in words and import contracts cannot say, run over every file of the program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
SOURCES = {
    path.relative_to(TOP).as_posix(): path for folder in ("store", "tui") for path in (TOP / folder).rglob("*.py")
}

# Where a process may start. Elsewhere a user's text could become a command, or a user's folder a Python package.
STARTERS = {"store/repo/", "store/capture/worker", "tui/external.py"}
PROCESSES = {
    "subprocess",
    "multiprocessing",
    "os.system",
    "os.popen",
    "os.fork",
    "os.posix_spawn",
    "os.execv",
    "os.execvp",
}

# The outermost doors: behind them stands nobody who could catch by name.
DOORS: dict[str, str] = {
    "tui/cli.py": "the program's own door",
    "store/capture/worker.py": "the door of the child process: a page may raise anything",
    "store/capture/many.py": "a thread's door: carried to the caller, who raises it",
    "tui/desk.py": "a thread's door: told on the message line, kept in a file",
    "tui/driver.py": "the door of the thread that reads keys: it ends the app, which tells it",
    "tui/app.py": "the door of the thread that watches: it ends the app, which tells it",
    "tui/captures.py": "a thread's door: told as the job's trouble, kept in a file",
}

# Settings reach a function as arguments; only these look at the environment.
READERS: dict[str, str] = {
    "tui/config": "the one reader of settings",
    "store/repo/run.py": "what git would inherit is taken out of it",
    "store/capture/worker.py": "the child's own, small one",
}


def names_of(path: Path) -> list[tuple[int, str]]:
    """Every module and attribute a file names, as `subprocess`, `os.environ`, with its line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [
                (node.lineno, node.module),
                *((node.lineno, f"{node.module}.{alias.name}") for alias in node.names),
            ]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.append((node.lineno, f"{node.value.id}.{node.attr}"))
    return found


def users_of(names: set[str], allowed: set[str]) -> list[str]:
    """`file:line name` of every use outside the files whose path begins with one of `allowed`."""
    return [
        f"{name}:{line} {used}"
        for name, path in sorted(SOURCES.items())
        if not name.startswith(tuple(allowed))
        for line, used in names_of(path)
        if used in names
    ]


def broad_handlers(path: Path) -> list[int]:
    """Lines of `except:`, `except Exception` and `except BaseException` that do not only tidy up and raise again."""
    handlers = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and not is_bare_raise(node.body[-1])
    )
    return [each.lineno for each in handlers if each.type is None or {"Exception", "BaseException"} & words(each.type)]


def is_bare_raise(node: ast.stmt) -> bool:
    return isinstance(node, ast.Raise) and node.exc is None


def words(node: ast.expr) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def test_processes_start_in_three_places_only():
    elsewhere = users_of(PROCESSES, STARTERS)

    assert elsewhere == []


def test_only_the_configuration_reads_the_environment():
    elsewhere = users_of({"os.environ", "os.environb", "os.getenv"}, set(READERS))

    assert elsewhere == []


def test_errors_are_caught_by_name_but_at_the_outermost_doors():
    elsewhere = [
        f"{name}:{line}" for name, path in SOURCES.items() if name not in DOORS for line in broad_handlers(path)
    ]

    assert elsewhere == []


@pytest.mark.parametrize("exception", sorted({*DOORS, *READERS, *STARTERS}))
def test_no_exception_outlives_its_reason(exception):
    assert any(name.startswith(exception) for name in SOURCES)


def test_every_module_fits_in_a_reader_s_head():
    too_long = [name for name, path in SOURCES.items() if len(path.read_text(encoding="utf-8").splitlines()) > 400]

    assert too_long == []
