"""What is no address, and why a page did not come whole."""

from __future__ import annotations

from store.errors.base import PagelogError


class AddressError(PagelogError):
    """No link can be made of what was typed."""


class BadURL(AddressError):
    """`text` is no web address; `reason` is one of the words of `store.address`."""

    text: str
    reason: str


class SchemeRefused(AddressError):
    """Only http and https are kept."""

    text: str
    scheme: str


class FetchError(PagelogError):
    """The page did not come, or not whole."""

    url: str


class HostNotFound(FetchError):
    """The name does not resolve."""

    url: str
    host: str


class AddressRefused(FetchError):
    """The host is, or leads to, an address that is not public."""

    url: str
    host: str
    address: str
    port: int


class FakeAddress(FetchError):
    """The resolver answered from 198.18.0.0/15, as "fake-IP" proxies do."""

    url: str
    host: str
    address: str
    port: int


class ConnectionFailed(FetchError):
    """No connection, or it was cut before an answer came."""

    url: str
    host: str
    detail: str


class TLSFailed(FetchError):
    """No secure connection, for a reason without a name of its own; `detail` is OpenSSL's, cleaned."""

    url: str
    host: str
    detail: str


class TLSTooOld(FetchError):
    """The server speaks TLS as it was years ago; `server` is how `[fetch] legacy_tls` would name it."""

    url: str
    host: str
    server: str
    detail: str


class CertificateExpired(FetchError):
    """The certificate does not hold today: `detail` is expired or not valid yet."""

    url: str
    host: str
    detail: str


class CertificateMismatch(FetchError):
    """The certificate is for another host."""

    url: str
    host: str


class UnknownIssuer(FetchError):
    """The certificate was signed by itself, or by nobody that is trusted here; `detail` is OpenSSL's reason."""

    url: str
    host: str
    detail: str


class ProxyFailed(FetchError):
    """The user's proxy refused or could not be reached."""

    url: str
    proxy: str
    detail: str


class TimedOut(FetchError):
    """`seconds` is the limit that ran out, `waiting_for` is connect, answer or body."""

    url: str
    seconds: float
    waiting_for: str


class TooLarge(FetchError):
    """`limit` bytes; `measure` is declared, wire, decoded, or saved (a file from the user's browser)."""

    url: str
    limit: int
    measure: str


class HeadersTooLarge(FetchError):
    """More header bytes than any honest server sends."""

    url: str


class IncompleteBody(FetchError):
    """The body ended before its declared end."""

    url: str


class BadEncoding(FetchError):
    """The body is not what Content-Encoding says."""

    url: str
    encoding: str


class UnsupportedEncoding(FetchError):
    """A Content-Encoding that was not offered, or several layers."""

    url: str
    encoding: str


class ProtocolBroken(FetchError):
    """The answer is not HTTP."""

    url: str
    detail: str


class TooManyRedirects(FetchError):
    """More than `limit` hops."""

    url: str
    limit: int


class RedirectRefused(FetchError):
    """A redirect to something that is no usable web address; `reason`: scheme, address, target or missing."""

    url: str
    target: str
    reason: str


class BadStatus(FetchError):
    """An answer that is no page: 404, 500, 204, an unasked 304."""

    url: str
    status: int


class BrowserWanted(FetchError):
    """The server lets only browsers in: it answers with a challenge. `by` says whose, as far as it can be told."""

    url: str
    status: int
    by: str


class TryLater(FetchError):
    """429 or 503: says nothing about the page. `seconds`: the wait asked for, if any."""

    url: str
    status: int
    seconds: int | None


class EmptyBody(FetchError):
    """200 without a byte."""

    url: str
