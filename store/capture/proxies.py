"""Which of the user's proxies a host is reached through, if any."""

from __future__ import annotations

from urllib.parse import urlsplit

from store.capture.limits import FetchSettings
from store.capture.reach import literal


class ProxyChoice:
    """The config's proxy for every host, else those of the environment but for the hosts of NO_PROXY."""

    def __init__(self, settings: FetchSettings) -> None:
        self._always = settings.proxy or None
        self._by_scheme = {"http": settings.http_proxy or None, "https": settings.https_proxy or None}
        words = (settings.no_proxy or "").replace(",", " ").lower().split()
        self._excepted = [word.removeprefix("*").lstrip(".") for word in words]
        self._none = "*" in words

    def choose(self, url: str) -> str | None:
        """The proxy's own address, with a scheme, or None."""
        parts = urlsplit(url)
        chosen = self._always or (
            None if self._is_excepted(parts.hostname or "") else self._by_scheme.get(parts.scheme)
        )
        if chosen is None:
            return None
        return chosen if "://" in chosen else f"http://{chosen}"

    def _is_excepted(self, host: str) -> bool:
        if self._none or host in self._excepted:
            return True
        return literal(host) is None and any(host.endswith("." + word) for word in self._excepted if word)


def without_password(proxy: str) -> str:
    """A proxy's address as it may be shown."""
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or ''}"
