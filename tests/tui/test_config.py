"""The user's settings: what is wrong is named with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import BadConfig
from tui.config import read_config, read_environment
from tui.fetching import convert_settings, fetch_settings
from tui.sizes import parse_size, readable


def test_everything_has_a_default(tmp_path: Path) -> None:
    environment = read_environment({"HOME": str(tmp_path)}, platform="linux")
    config = read_config(environment)

    assert config.library == tmp_path / ".local/share/pagelog/library"
    assert config.originals == 1 << 30
    assert fetch_settings(config).total_seconds == 30.0
    assert convert_settings(config.fetch).seconds == 15.0


def test_what_the_file_says_holds(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[library]\ndefault = "mine"\noriginals = "off"\n[fetch]\nallow_private = ["127.0.0.1:8000"]\nhost_delay = 0\n'
        'jobs = 3\nmax_size = "5 MB"\ntimeout = 10\nuser_agent = "x"\nlegacy_tls = "a.cn:8443"\n[ui]\nlanguage = "zh"\n'
    )
    config = read_config(read_environment({"HOME": str(tmp_path)}), file)
    settings = fetch_settings(config)

    assert (config.library, config.originals) == (tmp_path / "mine", None)
    assert (settings.allow_private, settings.host_delay, settings.wire_limit) == (("127.0.0.1:8000",), 0, 5 << 20)
    assert (settings.total_seconds, settings.user_agent, config.unknown) == (10, "x", ())
    assert settings.legacy_tls == ("a.cn:8443",)


@pytest.mark.parametrize(
    ("text", "key"),
    [("[fetch]\njobs = 0", "fetch.jobs"), ("[fetch]\nallow_private = [1]", "fetch.allow_private"), ("x = [", ""),
     ("[fetch]\nhost_delay = 'x'", "fetch.host_delay"), ("fetch = 1", "fetch"), ("[library]\noriginals = 'x'",
      "library.originals"), ("[fetch]\nproxy = ''", "fetch.proxy"),
     ("[fetch]\nlegacy_tls = ['a b']", "fetch.legacy_tls"),
     ("[fetch]\nmax_size = -1", "fetch.max_size")],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_key(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)

    with pytest.raises(BadConfig) as caught:
        read_config(read_environment({"HOME": str(tmp_path)}), file)

    assert caught.value.key == key


def test_a_named_file_that_is_missing_is_an_error_and_a_slip_is_told(tmp_path: Path) -> None:
    environment = read_environment({"HOME": str(tmp_path)})
    with pytest.raises(BadConfig):
        read_config(environment, tmp_path / "none.toml")
    (tmp_path / "c.toml").write_text("[fetch]\nallow_privat = []\n")

    assert [(slip.key, slip.close) for slip in read_config(environment, tmp_path / "c.toml").unknown] == [
        ("fetch.allow_privat", "fetch.allow_private")
    ]


def test_proxies_and_folders_come_from_the_environment(tmp_path: Path) -> None:
    environment = read_environment(
        {"HOME": str(tmp_path), "HTTPS_PROXY": "p:1", "no_proxy": "a", "NO_COLOR": "1", "XDG_DATA_HOME": str(tmp_path)},
        platform="linux",
    )

    assert (environment.https_proxy, environment.no_proxy, environment.plain) == ("p:1", "a", True)
    assert environment.data_folder == tmp_path / "pagelog"


def test_sizes_are_read_and_written() -> None:
    assert (parse_size("10 MB"), parse_size("1.5kb"), parse_size("x")) == (10 << 20, 1536, None)
    assert (readable(10 << 20), readable(1536), readable(7)) == ("10 MB", "1.5 KB", "7 B")
