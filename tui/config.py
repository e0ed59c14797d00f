"""The user's own settings: environment and config.toml, read once into a frozen value.

Rules: nothing else in the program reads `os.environ`; a value of the wrong kind is BadConfig and names its key; a key
nobody knows is no error (it may belong to a newer pagelog) but is told, with the key it resembles.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import BadConfig
from tui.config_values import Reader

DEFAULT_ORIGINALS = 1 << 30


@dataclass(frozen=True, slots=True)
class Fetching:
    """`[fetch]`. None: the program's own default, which the store knows. Sizes in bytes, times in seconds."""

    allow_private: tuple[str, ...] = ()
    proxy: str | None = None
    ca_file: str | None = None
    legacy_tls: tuple[str, ...] = ()
    user_agent: str | None = None
    host_delay: float | None = None
    jobs: int | None = None
    timeout: float | None = None
    max_size: int | None = None
    max_decoded: int | None = None
    max_redirects: int | None = None
    convert_timeout: float | None = None
    convert_memory: int | None = None
    convert_output: int | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, as far as pagelog listens to it. Absent and empty are None."""

    library: str | None = None
    editor: str | None = None
    browser: str | None = None
    http_proxy: str | None = None
    https_proxy: str | None = None
    no_proxy: str | None = None
    has_display: bool = False
    plain: bool = False  # NO_COLOR, or a terminal that can do nothing
    light: bool = False  # the terminal says that its background is light
    config_folder: Path = Path()
    data_folder: Path = Path()
    state_folder: Path = Path()


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """A key of the config file that means nothing here; `close` is the known one it resembles, or empty."""

    path: str
    key: str
    close: str


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a user can set. `originals` is the budget in bytes, None for "off"; `theme` auto, dark or light.

    `sync_patience`: seconds that a remote may say nothing; None: the program's own default.
    """

    path: Path
    environment: Environment
    library: Path
    originals: int | None = DEFAULT_ORIGINALS
    theme: str = "auto"
    fetch: Fetching = field(default_factory=Fetching)
    sync_patience: float | None = None
    unknown: tuple[UnknownKey, ...] = ()


def read_environment(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Environment:
    """The environment of this process, or the one given."""
    environ = os.environ if environ is None else environ

    def first(*names: str) -> str | None:
        return next((environ[name] for name in names if environ.get(name)), None)

    home = Path(environ.get("HOME") or Path.home())
    support = home / "Library/Application Support" if platform == "darwin" else None

    def folder(variable: str, below_home: str) -> Path:
        named = environ.get(variable, "")
        if os.path.isabs(named):  # the XDG specification: a relative one is ignored
            return Path(named) / "pagelog"
        return (support or home / below_home) / "pagelog"

    return Environment(
        library=first("PAGELOG_LIBRARY"),
        editor=first("VISUAL", "EDITOR"),
        browser=first("BROWSER"),
        http_proxy=first("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"),
        https_proxy=first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"),
        no_proxy=first("no_proxy", "NO_PROXY"),
        has_display=platform == "darwin" or first("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME") is not None,
        plain=first("NO_COLOR") is not None or environ.get("TERM") == "dumb",
        light=environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15"),
        config_folder=folder("XDG_CONFIG_HOME", ".config"),
        data_folder=folder("XDG_DATA_HOME", ".local/share"),
        state_folder=folder("XDG_STATE_HOME", ".local/state"),
    )


def read_config(environment: Environment, named: Path | None = None) -> Config:
    """The settings of `named`, else of the config folder's `config.toml`; BadConfig. Without a file all is default."""
    path = named or environment.config_folder / "config.toml"
    reader = Reader(str(path), _tables(path, must_exist=named is not None))
    fetch = _fetching(reader)
    library = reader.folder("library.default") or environment.data_folder / "library"
    originals = reader.budget("library.originals", DEFAULT_ORIGINALS)
    theme = reader.choice("ui.theme", "auto", "dark", "light")
    patience = reader.number("sync.patience")
    return Config(path, environment, library, originals, theme, fetch, patience, _unknown(str(path), reader))


def _fetching(reader: Reader) -> Fetching:
    return Fetching(
        allow_private=reader.words("fetch.allow_private"),
        proxy=reader.text("fetch.proxy"),
        ca_file=reader.text("fetch.ca_file"),
        legacy_tls=reader.servers("fetch.legacy_tls"),
        user_agent=reader.text("fetch.user_agent"),
        host_delay=reader.number("fetch.host_delay", least=0),
        jobs=reader.count("fetch.jobs"),
        timeout=reader.number("fetch.timeout"),
        max_size=reader.size("fetch.max_size"),
        max_decoded=reader.size("fetch.max_decoded"),
        max_redirects=reader.count("fetch.max_redirects", least=0),
        convert_timeout=reader.number("fetch.convert_timeout"),
        convert_memory=reader.size("fetch.convert_memory"),
        convert_output=reader.size("fetch.convert_output"),
    )


def _tables(path: Path, *, must_exist: bool) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        if must_exist:
            raise BadConfig(str(path), "", "missing") from None
        return {}
    except (OSError, UnicodeDecodeError):
        raise BadConfig(str(path), "", "unreadable") from None
    import tomllib  # here: most people have no such file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(str(path), "", f"no TOML: {error}") from None


def _unknown(path: str, reader: Reader) -> tuple[UnknownKey, ...]:
    left_over = reader.unasked()
    if not left_over:
        return ()
    from difflib import get_close_matches  # here: no start but one with a slip in the file pays for it

    return tuple(UnknownKey(path, key, next(iter(get_close_matches(key, reader.asked)), "")) for key in left_over)
