"""Where a link leads, and which picture it is, without what servers put into addresses for themselves.

A link: host without `www.`, path, the parameters that choose a page (in order of their names), and the fragment. A
picture: path and such parameters, for its host is whichever machine had time. Parameters are known by their names;
a long random value alone says nothing, for many a page is named by one.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_WEB = ("", "http", "https")

# Who sent the reader, and who the reader is.
_PASSING = re.compile(
    r"(?:utm_|hsa_|pk_|mtm_|_hs|itm_|x-amz-|x-goog-|aspsessionid).*"
    r"|spm|scm|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|ref_src|ved|ei|chksm|scene"
    r"|share_token|isappinstalled|nsukey"
    r"|.*sess(?:ion)?_?(?:id|key)?|sid|s_?id|phpsessid|jsessionid|cfid|cftoken|zenid|oscsid"
    r"|(?:.*[_-])?(?:token|csrf|xsrf|nonce|csrfmiddlewaretoken|hmac)|csrf.*|xsrf.*|_?(?:access|auth|form)_?token|wp_?nonce"
    r"|signature|sig|expires|policy|key-pair-id|auth_key|ossaccesskeyid|security-token"
    r"|_|_t|ts|_ts|time_?stamp|rnd|rand|random|cb|_cb|_dc|nocache|no_cache|cache_?bust(?:er)?|bust|cachebuster",
    re.I,
)
# Which copy of a picture, not which picture.
_COPY = re.compile(
    r"v|ver|version|rev|t|time|date|h|w|width|height|size|s|q|quality|fit|crop|auto|fm|format|dpr|resize|strip|ixlib"
    r"|ixid|itok|hash|m|mtime|modified|lastmod(?:ified)?|updated|x-oss-process|x-image-process|imagemogr2.*|imageview2.*"
    r"|wx_fmt|tp|wxfrom|wx_lazy|wx_co",
    re.I,
)
_SESSION_IN_PATH = re.compile(r";[a-z_]*s(?:ess(?:ion)?)?_?id[^/;]*|/\([A-Z]\([a-z0-9]{20,}\)\)", re.I)
_HIDDEN_MAIL = "/cdn-cgi/l/email-protection"


def target(address: str) -> str:
    """Where this address of a link leads."""
    scheme, host, path, query, fragment = _split(address)
    if scheme not in _WEB:
        return address
    if path == _HIDDEN_MAIL:  # the fragment is a mail address, enciphered anew for every reader
        return host + path
    return host + path + _query(query, _PASSING) + (f"#{fragment}" if _names_a_place(fragment) else "")


def picture(address: str) -> str:
    """Which picture this address gives."""
    scheme, host, path, query, _ = _split(address)
    if scheme not in _WEB:
        return address
    chosen = _query(query, _PASSING, _COPY)
    return path + chosen if path.strip("/") or chosen else host


def _split(address: str) -> tuple[str, str, str, str, str]:
    found = _PARTS.fullmatch(address)
    assert found is not None  # every text matches
    scheme, host, path, query, fragment = found.groups(default="")
    host, path = host.partition(";")[0], _SESSION_IN_PATH.sub("", path)
    return scheme.lower(), host.lower().removeprefix("www."), unquote(path).rstrip("/"), query, fragment


def _query(query: str, *left_out: re.Pattern[str]) -> str:
    parameters = query.replace("&amp;", "&").split("&")
    kept = sorted(parameter for parameter in parameters if parameter and not _is_one(parameter, left_out))
    return "?" + "&".join(kept) if kept else ""


def _is_one(parameter: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    name = unquote(parameter.partition("=")[0])
    bare_number = "=" not in parameter and name.isdecimal()  # `picture.png?1712345678`
    return bare_number or any(pattern.fullmatch(name) for pattern in patterns)


def _names_a_place(fragment: str) -> bool:
    return bool(fragment) and not fragment.startswith(":~:")
