"""`pagelog demo`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.results import Result
from tui.output import Output, Styled
from tui.records import LinkRecord
from tui.session import Session

if TYPE_CHECKING:
    from store.library import Library
    from tui.demo import DemoSite


@click.command("demo")
@click.option("--into", metavar="DIR", help="Where to put the library; else a new temporary folder.")
@click.pass_obj
def demo_command(session: Session, into: str | None) -> int:
    """Show what pagelog does, in a throw-away library.

    A few small pages are served from this machine, captured, changed and captured again. Needs no network. On a
    terminal the library is then opened in the full-screen app.
    """
    from tui.demo import DemoSite

    output = session.output()
    folder = Path(into) if into else Path(tempfile.mkdtemp(prefix="pagelog-demo-")) / "library"
    with DemoSite() as site:
        ours = _session(session, folder, site.where)
        with ours.open(make=True) as library:
            _play(ours, output, library, site)
        _where(output, folder)
        if sys.stdin.isatty() and sys.stdout.isatty():
            from tui.opening import open_app

            return open_app(ours)
    return output.status


def _session(session: Session, folder: Path, where: str) -> Session:
    """The user's settings, for this library, with the demo's own site allowed and no proxy before it."""
    environment = replace(session.config.environment, http_proxy=None, https_proxy=None)
    fetch = replace(session.config.fetch, allow_private=(where,), proxy=None)
    return Session(replace(session.config, environment=environment, fetch=fetch), folder)


def _play(session: Session, output: Output, library: Library, site: DemoSite) -> None:
    from store import save

    settings = session.capture_settings(4)
    _say(output, f"Four pages are kept: pagelog add -t demo http://{site.where}/...")
    results = list(save.save_many(library, site.addresses, settings, tags=("demo",)))
    for result in sorted(results, key=lambda result: result.input):
        _print(output, result)
    site.time_passes()
    _say(output, "Some time passes, two of the pages change: pagelog refresh --all")
    ids = [row.id for row in library.dress(library.catalogue.select(sort="title"))]
    again = list(save.refresh(library, ids, settings))
    for result in sorted(again, key=lambda result: result.input):
        _print(output, result)
    _say(output, "The library: pagelog list")
    for row in library.dress(library.catalogue.select(sort="title")):
        output.put(LinkRecord(row))
    _say(output, "It is a git repository: git log --format=%s")
    subjects = library.git.run("log", "--format=%s").decode("utf-8", "replace")
    output.text(Styled(subjects))
    for result in again:
        if result.result == "updated" and result.id:
            _diff(output, library, result.id)


def _print(output: Output, result: Result) -> None:
    from tui.commands.capturing import print_result

    print_result(output, result)


def _diff(output: Output, library: Library, id_: str) -> None:
    from store import frontmatter, history
    from tui.commands.diff import words

    two = history.last_two(library, id_)
    if two is None:
        return
    old, new = (frontmatter.body_of(history.raw_at(library, version)) for version in two)
    _say(output, f"What changed, word by word: pagelog diff {id_}")
    names = (f"version {two[0].number}", f"version {two[1].number}")
    output.text(*words(old, new, *names, colour=output.look.colour))


def _where(output: Output, folder: Path) -> None:
    program = "pagelog" if shutil.which("pagelog") else sys.argv[0]
    _say(output, "Where the files are")
    for path in sorted(folder.glob("pages/*/*.md")):
        output.text(Styled(f"{path}\n"))
    output.text(
        Styled("\nLook around:\n", "strong"),
        Styled(f"  {program} --library {folder} list\n  git -C {folder} log -p\n"),
        Styled("Then keep a page of your own:\n", "strong"),
        Styled(f"  {program} add https://example.org\n"),
    )


def _say(output: Output, text: str) -> None:
    output.text(Styled(f"\n== {text}\n", "strong"))
