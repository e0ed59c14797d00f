"""The config's `[fetch]` as the store's own values. Importing this loads no network library."""

from __future__ import annotations

from typing import Any

from store.capture.converted import ConvertSettings
from store.capture.limits import FetchSettings
from tui.config import Config, Fetching


def fetch_settings(config: Config) -> FetchSettings:
    """What the user set, the store's defaults elsewhere."""
    fetching, environment = config.fetch, config.environment
    return FetchSettings(
        allow_private=fetching.allow_private,
        proxy=fetching.proxy,
        http_proxy=environment.http_proxy,
        https_proxy=environment.https_proxy,
        no_proxy=environment.no_proxy,
        ca_file=fetching.ca_file,
        legacy_tls=fetching.legacy_tls,
        user_agent=fetching.user_agent,
        **_given(
            host_delay=fetching.host_delay,
            total_seconds=fetching.timeout,
            wire_limit=fetching.max_size,
            decoded_limit=fetching.max_decoded,
            redirect_limit=fetching.max_redirects,
        ),
    )


def convert_settings(fetching: Fetching) -> ConvertSettings:
    """The same for converting."""
    return ConvertSettings(
        **_given(
            seconds=fetching.convert_timeout,
            memory=fetching.convert_memory,
            output_limit=fetching.convert_output,
        )
    )


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
