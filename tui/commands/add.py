"""`pagelog add`."""

from __future__ import annotations

import click

from tui.commands.options import allow_private, as_json, jobs, tags_of
from tui.session import Session


@click.command("add")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--from",
    "from_file",
    metavar="FILE|-",
    help="Read addresses from a file or stdin, one a line; blank lines and those with # are skipped.",
)
@click.option(
    "--html",
    "saved",
    metavar="FILE|-",
    help="What your browser saved of the address: HTML, SingleFile, .mhtml, .webarchive. Nothing is fetched.",
)
@click.option("-t", "--tag", "tags", multiple=True, metavar="TAG", help="A tag for all of them; `a,b` is two.")
@click.option("--note", metavar="TEXT", help="Your own words about them.")
@jobs
@allow_private
@click.option(
    "--later", is_flag=True, help="Keep the links now, without fetching; those kept already stay as they are."
)
@as_json
@click.pass_obj
def add_command(
    session: Session,
    urls: tuple[str, ...],
    from_file: str | None,
    saved: str | None,
    tags: tuple[str, ...],
    note: str | None,
    jobs: int | None,
    allow_private: bool,
    later: bool,
    as_json: bool,
) -> int:
    """Keep pages.

    Each address is fetched and stored as a Markdown file, and committed. A page that is kept already gets the tags and
    the note and is refreshed. What cannot be captured now is kept as pending with the reason; `pagelog refresh` tries
    again. A page that only a browser is shown can be saved there and given with --html.
    """
    from store import save
    from tui.commands.capturing import print_results

    chosen = tags_of(tags)
    if saved is not None:
        if len(urls) != 1 or from_file or later:
            raise click.UsageError("--html wants one address, and neither --from nor --later.")
        return _add_saved(session, urls[0], saved, chosen, note, as_json=as_json)
    addresses = [*urls, *(_read(from_file) if from_file else ())]
    if not addresses:
        raise click.UsageError("Give at least one address, or --from FILE.")
    output = session.output(as_json=as_json)
    with session.open(make=True) as library:
        if later:
            return print_results(
                output,
                len(addresses),
                "not kept",
                lambda *_: save.add_later(library, addresses, tags=chosen, note=note),
            )
        settings = session.capture_settings(jobs)
        return print_results(
            output,
            len(addresses),
            "not kept",
            lambda report, given_up: save.save_many(
                library,
                addresses,
                settings,
                tags=chosen,
                note=note,
                allow_private=allow_private,
                report=report,
                cancelled=given_up,
            ),
        )


def _add_saved(session: Session, url: str, name: str, tags: tuple[str, ...], note: str | None, *, as_json: bool) -> int:
    from store import save
    from store.capture.saved import file_limit
    from tui.commands.capturing import print_results

    settings = session.capture_settings(1)
    file = _bytes(name, file_limit(settings.fetch.decoded_limit) + 1)  # one more: then it is seen to be too large
    if not file.strip():
        raise click.UsageError(f"{'Standard input' if name == '-' else name} is empty.")
    output = session.output(as_json=as_json)
    with session.open(make=True) as library:
        return print_results(
            output,
            1,
            "not kept",
            lambda report, given_up: save.add_saved(
                library, url, file, settings, tags=tags, note=note, report=report, cancelled=given_up
            ),
        )


def _read(name: str) -> list[str]:
    """The addresses of a list: blank lines and # lines skipped, a byte order mark and Windows line ends are fine."""
    text = _bytes(name).decode("utf-8-sig", "surrogateescape")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _bytes(name: str, most: int = -1) -> bytes:
    try:
        with click.open_file(name, "rb") as file:
            data: bytes = file.read(most)
    except (RuntimeError, ValueError):  # a stdin that was closed, in click's words; a name that no file can have
        raise click.UsageError("Standard input is closed." if name == "-" else f"{name!r} is no file.") from None
    except OSError as error:
        raise click.UsageError(f"{name} cannot be read: {error.strerror}.") from None
    return data
