"""The command line: which commands there are, and the outermost door where every error becomes a sentence.

Commands are imported when they are run or asked for help, so `pagelog --help` loads none of what they need.
"""

from __future__ import annotations

import importlib
import sys

import click

from store.errors import PagelogError
from tui.output import Output, PipeClosed, Status, drop_stdout

VERSION = "0.1.0"
COMMANDS = {
    "add": ("tui.commands.add", "Keep pages: fetch them, store them, or refresh those already kept."),
    "refresh": ("tui.commands.refresh", "Capture kept pages again; a changed page becomes a new version."),
    "list": ("tui.commands.listing", "List links, all or those that match a query."),
    "show": ("tui.commands.show", "Print what is kept of a page, now or at any version."),
    "log": ("tui.commands.history", "List the versions of a page, newest first."),
    "diff": ("tui.commands.diff", "Compare two versions of a page, word by word."),
    "restore": ("tui.commands.history", "Bring an older version back, as a new one."),
    "edit": ("tui.commands.edit", "Change title, note, status, star or address, or the document in $EDITOR."),
    "tag": ("tui.commands.tags", "Put tags on links, take them off, list them, rename, merge, delete them."),
    "trash": ("tui.commands.trash", "Move links to the trash, list it, put them back, remove them."),
    "undo": ("tui.commands.undo", "Take back what was done last, or any action by its commit."),
    "redo": ("tui.commands.undo", "Put back what the last undo took back."),
    "activity": ("tui.commands.undo", "List what was done to the library, newest first."),
    "sync": ("tui.commands.sync", "Bring the library and its remote in step, by git fetch and push."),
    "clone": ("tui.commands.sync", "Bring a library that stands elsewhere to this machine."),
    "open": ("tui.commands.open", "Open a page in the browser, or the copy of it as it came."),
    "explain": ("tui.commands.explain", "Show which blocks of a page are kept, and where each fact was read."),
    "reextract": ("tui.commands.reextract", "Make the texts of pages anew from their kept bytes; nothing is fetched."),
    "check": ("tui.commands.check", "Say whether all in the library is sound; with --repair put right what can be."),
    "trust": ("tui.commands.trust", "Let a library be used that was not made on this machine."),
    "demo": ("tui.commands.demo", "Show what pagelog does, in a throw-away library, without network."),
}


class _Commands(click.Group):
    """Commands by name, loaded late."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.command(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help"], "max_content_width": 100},
)
@click.option("--library", metavar="DIR", help="The library; else $PAGELOG_LIBRARY, the one around you, the default.")
@click.option("--config", metavar="FILE", help="The settings file, instead of config.toml in the config folder.")
@click.version_option(VERSION, prog_name="pagelog", message="%(prog)s %(version)s")
@click.pass_context
def pagelog(context: click.Context, library: str | None, config: str | None) -> int:
    """git log for the web pages you keep.

    Every page becomes a Markdown file in a git repository of yours, every change a commit. Without a command the
    full-screen app opens. LINK is an address or the first four or more digits of an id. Begin with:
    pagelog add https://example.org
    """
    from tui.session import start

    context.obj = start(library, config)
    if context.invoked_subcommand is not None:
        return Status.DONE
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(context.get_help(), err=True)
        return Status.USAGE
    from tui.opening import open_app

    return open_app(context.obj)


def main() -> None:
    """The program."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line: its exit status."""
    try:
        status = pagelog.main(arguments, prog_name="pagelog", standalone_mode=False)
        return int(status or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help(), err=True)
        return Status.USAGE
    except click.ClickException as error:
        error.show()
        return Status.USAGE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (KeyboardInterrupt, click.Abort):
        print("pagelog: interrupted.", file=sys.stderr)  # noqa: T201 - the last word, when nothing else is sure to work
        return Status.INTERRUPTED
    except PipeClosed:
        drop_stdout()
        return Status.DONE
    except PagelogError as error:
        return _told(error)
    except OSError as error:
        from tui.surprise import named

        return _told(named(error)) if named(error) else _surprised(error)
    except Exception as error:  # noqa: BLE001 - the outermost door: no traceback ever reaches a user
        return _surprised(error)


def _told(error: PagelogError | None) -> int:
    output = Output()
    if error is not None:
        output.failed(error)
    return output.status


def _surprised(error: BaseException) -> int:
    """Something nobody foresaw: one sentence, and the details in a file."""
    from tui.surprise import keep

    where = keep(error)
    print(  # noqa: T201 - see above
        f"pagelog: something unexpected happened ({type(error).__name__}); your library is as it was before this"
        f" step.\n  The details are in {where}; please send them with a report.",
        file=sys.stderr,
    )
    return Status.SOME_FAILED
