"""The normalised URL: one spelling for each web address, so that one page is one link.

What is done, in this order (the full rules stand in FORMAT.md; rules may be added, ids in files never change):
blanks and control characters around it and tabs and newlines inside go; a missing scheme is https, only http and
https are taken; user and password go; the host as in `store.host`; the default port goes; percent-encoding is brought
to one form; dot segments are resolved; parameters that only say where a reader came from go, with the `?` when none
is left; the fragment goes, unless it begins with `!` or `/` and so names a page of its own. http and https stay two
links, and so do a path with and without its last slash: servers tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal
from unicodedata import category

from store.errors import BadURL, SchemeRefused
from store.host import BadHost, HostReason, normal_host

URLReason = HostReason | Literal["port", "backslash", "too long", "not text"]
"""Every `reason` a `BadURL` may carry."""

LONGEST = 8192
"""Bytes of a normalised URL."""

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid yclid twclid igshid mc_cid mc_eid _ga _gl ref_src spm scm share_token "
    "isappinstalled nsukey".split()
)
_SURROUNDING = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))  # Cf: a mark of text direction that came along with a copy
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_TO_ESCAPE_IN_PATH = re.compile(r"%[0-9A-Fa-f]{2}|%|[^A-Za-z0-9._~!$&'()*+,;=:@/%-]+")
_TO_ESCAPE_AFTER_PATH = re.compile(r"%[0-9A-Fa-f]{2}|%|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")
_INNER_BREAKS = re.compile(r"[\t\n\r]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_HOST_AND_PORT = re.compile(r"[^:/?#@]+:[0-9]+(?=[/?#]|\Z)")
_OTHER_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PARTS = re.compile(r"([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:.*@)?(\[[^\]]*\]|[^:]*)(?::([0-9]*))?", re.DOTALL)
_HOST_OF = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#]*@)?(\[[^\]/?#]*\]|[^:/?#]*)")


def normalise(text: str) -> str:
    """The normalised URL of what somebody typed or pasted: ASCII, at most `LONGEST` bytes, its own normal form.

    Raises `SchemeRefused` for anything but http and https, `BadURL` for what is no web address.
    """
    return _spelled(text, without_tracking)


def to_fetch(text: str) -> str:
    """The same spelling, every parameter kept: where a redirect leads is the server's affair. Raises as `normalise`."""
    return _spelled(text, str)


def _spelled(text: str, query_of: Callable[[str], str]) -> str:
    _check_text(text)
    scheme, rest = _split_scheme(text, _INNER_BREAKS.sub("", _trimmed(text)))
    authority, path, query, fragment = _split(rest)
    host, port = _host_and_port(text, authority)
    if port == _DEFAULT_PORTS[scheme]:
        port = ""
    url = "".join(
        (
            f"{scheme}://{host}",
            f":{port}" if port else "",
            _resolved(_escaped(_TO_ESCAPE_IN_PATH, path)),
            _prefixed("?", query_of(_escaped(_TO_ESCAPE_AFTER_PATH, query))),
            _prefixed("#", _escaped(_TO_ESCAPE_AFTER_PATH, fragment) if fragment.startswith(("!", "/")) else ""),
        )
    )
    if len(url) > LONGEST:
        raise BadURL(text, "too long")
    return url


def host_of(url: str) -> str:
    """The host of a stored URL for lists and `site:`: lower case, no port, no leading `www.`; never raises.

    IPv6 keeps its brackets, an A-label stays one. Empty when `url`, edited by hand, has none.
    """
    match = _HOST_OF.match(url)
    host = match[1].lower() if match else ""
    bare = host.removeprefix("www.")
    return bare if "." in bare else host  # `www.com` is a host of its own


def _check_text(text: str) -> None:
    """Bytes that were no UTF-8 come as U+DC80..U+DCFF and are escaped as they were; other surrogates mean nothing."""
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise BadURL(text, "not text") from None


def _trimmed(text: str) -> str:
    start, end = 0, len(text)
    while start < end and category(text[start]) in _SURROUNDING:
        start += 1
    while start < end and category(text[end - 1]) in _SURROUNDING:
        end -= 1
    return text[start:end]


def _split_scheme(text: str, url: str) -> tuple[str, str]:
    """`url` as (scheme, what follows `//`); `text` is what was typed, for the errors."""
    if match := _SCHEME.match(url):
        scheme = match[1].lower()
        if scheme not in _DEFAULT_PORTS:
            raise SchemeRefused(text, scheme)
        return scheme, url[match.end() :]
    if _HOST_AND_PORT.match(url):
        return "https", url
    if match := _OTHER_SCHEME.match(url):  # `mailto:`, and also `http:` without its slashes
        raise SchemeRefused(text, match[1].lower())
    return "https", url.removeprefix("//")


def _split(rest: str) -> tuple[str, str, str, str]:
    """Authority, path, query and fragment; empty where there is none."""
    match = _PARTS.fullmatch(rest)
    assert match is not None  # every text matches
    authority, path, query, fragment = match.groups(default="")
    return authority, path, query, fragment


def _host_and_port(text: str, authority: str) -> tuple[str, str]:
    if "\\" in authority:  # programs disagree on which side of it the host stands
        raise BadURL(text, "backslash")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise BadURL(text, "ipv6" if "[" in authority or authority.count(":") > 1 else "port")
    try:
        host = normal_host(match[1])
    except BadHost as bad:
        raise BadURL(text, bad.reason) from None
    port = (match[2] or "").lstrip("0") or ("0" if match[2] else "")
    if len(port) > 5 or int(port or 0) > 65535:
        raise BadURL(text, "port")
    return host, port


def _escaped(pattern: re.Pattern[str], part: str) -> str:
    return pattern.sub(_escape, part)


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    if text[0] == "%" and len(text) == 3:
        character = chr(int(text[1:], 16))
        return character if character in _UNRESERVED else text.upper()
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogateescape"))


def _resolved(path: str) -> str:
    """The path without `.` and `..` (RFC 3986, 5.2.4); an empty one is `/`."""
    segments = path.split("/")[1:]
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def without_tracking(query: str) -> str:
    """A query without the parameters that only say where a reader came from."""
    return "&".join(parameter for parameter in query.split("&") if not _is_tracking(parameter))


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith("utm_")


def _prefixed(sign: str, part: str) -> str:
    return sign + part if part else ""
