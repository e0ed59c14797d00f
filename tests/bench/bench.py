"""What pagelog costs, as ratios of whole processes measured in one run: `./run bench`, about eight minutes.

Both sides of a ratio take turns, every run in a fresh process; CPU is the kernel's count for it and its children.
Medians are quoted. `./run bench capture` measures one of: capture, writer, batch, start, screen (the app), sync.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import in_step
import screen
from figure import Figure, median

import corpus
import pages
from local_site import Site

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
RUNS = 5
PAGES, DOCUMENTS, MANY, LINKS = 200, 200, 5000, 1000
PAGELOG = str(Path(sys.executable).with_name("pagelog"))


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one process and its children."""

    cpu: float
    wall: float


def cost(command: list[str], env: dict[str, str]) -> Cost:
    """Run it to its end; anything but success stops the bench."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command)}\n{done.stderr.decode(errors='replace')}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def in_turns(*sides: Callable[[], Cost]) -> list[list[Cost]]:
    """Every side once unmeasured, then RUNS rounds of all of them."""
    for side in sides:
        side()
    rounds = [[side() for side in sides] for _ in range(RUNS)]
    return [list(column) for column in zip(*rounds, strict=True)]


def ratio(name: str, goal: float, ours: list[Cost], theirs: list[Cost]) -> Figure:
    """CPU of ours by CPU of theirs, round by round."""
    value = median([our.cpu / their.cpu for our, their in zip(ours, theirs, strict=True)])
    cpu = [median([one.cpu for one in side]) for side in (ours, theirs)]
    wall = [median([one.wall for one in side]) for side in (ours, theirs)]
    detail = f"CPU {cpu[0]:.2f} s to {cpu[1]:.2f} s, wall {wall[0]:.2f} s to {wall[1]:.2f} s"
    return Figure(name, value, "x", goal, detail)


def milliseconds(name: str, goal: float, costs: list[Cost]) -> Figure:
    """Wall time of a command."""
    walls = [one.wall * 1000 for one in costs]
    detail = f"least {min(walls):.0f}, most {max(walls):.0f}, CPU {median([one.cpu for one in costs]) * 1000:.0f}"
    return Figure(name, median(walls), "ms", goal, detail)


class Bench:
    """The measurements; each makes what it needs in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder / "home"
        home.mkdir()
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.made = 0

    def new(self) -> Path:
        """A path nothing stands at."""
        self.made += 1
        return self.folder / f"made-{self.made}"

    def side(self, module: str, *arguments: str) -> Cost:
        """One side that is a program of this folder, with a fresh folder to write in."""
        target = self.new()
        found = cost([sys.executable, str(HERE / f"{module}.py"), *arguments, str(target)], self.env)
        shutil.rmtree(target, ignore_errors=True)
        return found

    def capture(self) -> list[Figure]:
        """The whole main job against the bare sum of its three libraries on the same pages."""
        shared = Path(os.environ.get("PAGELOG_SHARED") or TOP.parent / "shared")
        with Site() as site:
            if (shared / "corpus").is_dir():
                urls = corpus.serve(site, shared, corpus.chosen(shared, PAGES))
            else:
                print("bench: no corpus here: generated pages instead")
                urls = [site.put(f"/{n}", pages.article(f"Page {n}", f"<p>{n}</p>" * 40)) for n in range(PAGES)]
            listed = self.new()
            listed.write_text("".join(f"{url}\n" for url in urls))

            def ours() -> Cost:
                library = self.new()
                command = ["add", "--allow-private", "--from", str(listed), "--json"]
                found = self.pagelog(library, *command)
                shutil.rmtree(library)
                return found

            costs = in_turns(ours, lambda: self.side("bare_sum", str(listed)))
        return [ratio(f"capture {PAGES} pages / bare sum", 1.6, *costs)]

    def pagelog(self, library: Path, *words: str) -> Cost:
        """The real command; pages that stay pending are no failure."""
        command = [PAGELOG, "--library", str(library), *words]
        return cost(["sh", "-c", '"$@" || [ $? = 1 ]', "sh", *command], self.env)

    def writer(self) -> list[Figure]:
        """The writer against git and the disk alone."""
        costs = in_turns(
            lambda: self.side("written", str(DOCUMENTS), "each"), lambda: self.side("bare_write", str(DOCUMENTS))
        )
        idle = in_turns(lambda: self.side("written", "0", "each"), lambda: self.side("bare_write", "0"))
        ours, theirs = (
            [Cost(one.cpu - median([each.cpu for each in empty]), one.wall) for one in side]
            for side, empty in zip(costs, idle, strict=True)
        )
        return [ratio(f"write {DOCUMENTS} documents / bare", 2, ours, theirs)]

    def batch(self) -> list[Figure]:
        """Very many documents in one action."""
        walls = []
        for _ in range(3):
            target = self.new()
            command = [sys.executable, str(HERE / "written.py"), str(MANY), "one", str(target)]
            done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=True)
            walls.append(float(done.stdout.split()[-1]))
            shutil.rmtree(target)
        detail = f"least {min(walls):.2f}, most {max(walls):.2f}"
        return [Figure(f"write {MANY} documents, one action", median(walls), "s", 5, detail)]

    def start(self) -> list[Figure]:
        """What a short command costs."""
        library = self.new()
        cost([sys.executable, str(HERE / "written.py"), str(LINKS), "one", str(library)], self.env)
        calls = [["--help"], ["--library", str(library), "list"], ["--library", str(library), "list", "--json"]]
        columns = in_turns(*(lambda call=call: cost([PAGELOG, *call], self.env) for call in calls))
        names = ["pagelog --help", f"pagelog list, {LINKS} links", f"pagelog list --json, {LINKS} links"]
        return [
            milliseconds(name, goal, column) for name, goal, column in zip(names, [100, 200, 200], columns, strict=True)
        ]

    def screen(self) -> Iterable[Figure]:
        """What the full-screen app costs, beside Textual's own widgets."""
        return screen.figures(self.env)

    def sync(self) -> Iterable[Figure]:
        """What many links at once cost: an action, its undo, a sync, a merge."""
        folder = self.new()
        folder.mkdir()

        def measured(words: list[str]) -> tuple[float, float]:
            found = cost([PAGELOG, *words], self.env)
            return found.cpu, found.wall

        return in_step.figures(self.env, folder, measured)


def main(wanted: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="pagelog-bench-") as folder:
        bench = Bench(Path(folder))
        for name in wanted or ["start", "writer", "batch", "capture", "screen", "sync"]:
            for figure in getattr(bench, name)():
                print(figure, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
