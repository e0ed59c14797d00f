"""Typed values out of the config file's tables; each wrong one is BadConfig with its key and what was expected."""

from __future__ import annotations

import os
from pathlib import Path

from store.errors import BadConfig
from tui.sizes import parse_size

LATER = ("ui.language", "ui.keys")  # known to the format, and read by nobody yet


class Reader:
    """Reads `table.key` names and remembers which were asked for, so that what is left over can be told."""

    def __init__(self, path: str, tables: dict[str, object]) -> None:
        self.path = path
        self.tables = tables
        self.asked: list[str] = []

    def text(self, name: str) -> str | None:
        """A string that is not empty."""
        value = self._value(name)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        raise self._wrong(name, "a text in quotes")

    def words(self, name: str) -> tuple[str, ...]:
        """A list of strings; a single string is a list of one."""
        value = self._value(name)
        if isinstance(value, str):
            return (value,)
        if value is None or (isinstance(value, list) and all(isinstance(word, str) for word in value)):
            return tuple(value or ())
        raise self._wrong(name, 'a list like ["127.0.0.1:8000"]')

    def servers(self, name: str) -> tuple[str, ...]:
        """A list of hosts, each with its port where that is not 443."""
        entries = self.words(name)
        if not entries:
            return ()
        from store.capture.limits import server_of  # here: most people have no such line

        try:
            for entry in entries:
                server_of(entry)
        except ValueError:
            raise self._wrong(name, 'a list of hosts like ["www.example.gov.cn"]') from None
        return entries

    def choice(self, name: str, *choices: str) -> str:
        """One of these words; absent is the first."""
        value = self._value(name)
        if value is None:
            return choices[0]
        if isinstance(value, str) and value in choices:
            return value
        raise self._wrong(name, "one of " + ", ".join(f'"{choice}"' for choice in choices))

    def switch(self, name: str) -> bool:
        """true or false; absent is false."""
        value = self._value(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._wrong(name, "true or false")

    def number(self, name: str, least: float = 0.001) -> float | None:
        """A number of seconds."""
        value = self._value(name)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and least <= value < float("inf"):
            return float(value)
        raise self._wrong(name, "a number of seconds")

    def count(self, name: str, least: int = 1) -> int | None:
        """A whole number."""
        value = self._value(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        raise self._wrong(name, f"a whole number, {least} or more")

    def size(self, name: str) -> int | None:
        """Bytes, written as a number or as `10 MB`."""
        value = self._value(name)
        if value is None:
            return None
        size = parse_size(value) if isinstance(value, str) else value
        if isinstance(size, int) and not isinstance(size, bool) and size > 0:
            return size
        raise self._wrong(name, 'a size like "10 MB"')

    def budget(self, name: str, default: int) -> int | None:
        """A size, or None for "off"."""
        if self._value(name) in ("off", False):
            return None
        try:
            return self.size(name) or default
        except BadConfig:
            raise self._wrong(name, 'a size like "1 GB", or "off"') from None

    def folder(self, name: str) -> Path | None:
        """An absolute folder; `~` is the home folder, a relative one stands beside the config file."""
        text = self.text(name)
        if text is None:
            return None
        return Path(os.path.abspath(os.path.join(os.path.dirname(self.path), os.path.expanduser(text))))

    def unasked(self) -> list[str]:
        """Names in the file that nobody asked for."""
        return [name for name in self._names() if name not in self.asked and name not in LATER]

    def _names(self) -> list[str]:
        names: list[str] = []
        for table, value in self.tables.items():
            names += [f"{table}.{key}" for key in value] if isinstance(value, dict) else [table]
        return names

    def _value(self, name: str) -> object:
        if name not in self.asked:
            self.asked.append(name)
        table, _, key = name.partition(".")
        values = self.tables.get(table, {})
        if not isinstance(values, dict):
            raise self._wrong(table, f"a table: [{table}]")
        return values.get(key)

    def _wrong(self, name: str, expected: str) -> BadConfig:
        return BadConfig(self.path, name, expected)
