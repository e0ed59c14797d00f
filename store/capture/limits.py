"""What a fetch may do: its limits, its manners and the ways out, as values. Cheap to import: no network library."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from store.address import to_fetch
from store.errors import AddressError

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 pagelog"
LANGUAGES = "en-US,en;q=0.8,zh-CN;q=0.6,zh;q=0.5,*;q=0.3"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """The `[fetch]` table of the user's config and the proxies of the environment. Times in seconds, sizes in bytes.

    `total_seconds` bounds one capture: names, connecting, TLS, headers, bodies, redirects and further tries together;
    the clock stands still only while we wait out of manners. `connect_seconds` bounds one connection, `read_seconds`
    the silence of a server. `wire_limit` counts the body as sent, `decoded_limit` as decompressed.

    `allow_private` holds `reach.Rule`s as text. `proxy` is the config's and used for every host; without it
    `http_proxy` and `https_proxy` are used but for the hosts of `no_proxy`. `user_agent` is sent exactly.
    `ca_file` names certificates trusted beside the system's. `legacy_tls` are servers, as `server_of` reads them.
    """

    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    wire_limit: int = 10 << 20
    decoded_limit: int = 20 << 20
    redirect_limit: int = 10

    user_agent: str | None = None
    languages: str = LANGUAGES
    host_delay: float = 1.0
    per_host: int = 2
    retries: int = 2
    retry_wait_limit: float = 30.0
    backoff: float = 1.0

    allow_private: tuple[str, ...] = ()
    proxy: str | None = None
    http_proxy: str | None = None
    https_proxy: str | None = None
    no_proxy: str | None = None
    ca_file: str | None = None
    legacy_tls: tuple[str, ...] = ()

    @property
    def headers(self) -> dict[str, bytes]:
        """What every request carries: a browser's headers, with pagelog named at the end of the agent string."""
        return {
            "User-Agent": (self.user_agent or AGENT).encode(),
            "Accept": b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": self.languages.encode(),
            "Accept-Encoding": b"gzip, deflate",
            "Upgrade-Insecure-Requests": b"1",
        }


def server_of(entry: str) -> tuple[str, int]:
    """Host and port of an entry of `legacy_tls`: `host` (at 443), `host:port`, or an https address. ValueError."""
    try:
        parts = urlsplit(to_fetch(entry if "://" in entry else f"https://{entry}/"))
    except AddressError:
        raise ValueError(entry) from None
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(entry)
    return parts.hostname, parts.port or 443
