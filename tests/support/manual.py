"""docs/commands/ and docs/keys.md, written from the commands' own help and the table of keys: `./run docs`."""

from __future__ import annotations

from pathlib import Path

import click

from tui import keys
from tui.cli import COMMANDS, pagelog

KEYS = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
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


def key_page() -> str:
    """Every key of the app, by the place where it works."""
    text = "<!-- Written by `./run docs` from tui/keys.py. -->\n\n# Keys\n"
    for place, title in keys.PLACES.items():
        text += f"\n## {title}\n\n| key | does |\n|---|---|\n"
        text += "".join(f"| {_key_cell(key)} | {key.says} |\n" for key in keys.of(place))
    return text


def _key_cell(key: keys.Key) -> str:
    return " ".join(f"`{keys.shown(name)}`" for name in key.keys)


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
    KEYS.write_text(key_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
