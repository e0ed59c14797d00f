"""docs/commands/, written from what each command says of itself: `./run docs`."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli import COMMANDS, pagelog

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "commands"
_WRITTEN = "<!-- Written by `./run docs` from the command's own help. -->\n"


def pages() -> dict[str, str]:
    """File name -> text: one page a command, and an index."""
    root = click.Context(pagelog, info_name="pagelog")
    made = {"README.md": _index(root)}
    for name in COMMANDS:
        command = pagelog.get_command(root, name)
        assert command is not None
        made[f"{name}.md"] = f"{_WRITTEN}\n# pagelog {name}\n{_help(command, root, name)}"
    return made


def _index(root: click.Context) -> str:
    lines = [f"- [`pagelog {name}`]({name}.md): {summary}" for name, (_, summary) in COMMANDS.items()]
    return f"{_WRITTEN}\n# Commands\n\n```\n{_text(pagelog, root)}\n```\n\n" + "\n".join(lines) + "\n"


def _help(command: click.Command, parent: click.Context, name: str) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    text = f"\n```\n{_text(command, context)}\n```\n"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            inner = command.get_command(context, child)
            assert inner is not None
            text += f"\n## pagelog {name} {child}\n{_help(inner, context, child)}"
    return text


def _text(command: click.Command, context: click.Context) -> str:
    context.terminal_width = 100
    lines = command.get_help(context).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
