"""Where a link leads, and which picture it is, without what servers put into addresses for themselves.

A link: host without `www.`, path, the parameters that choose a page (in order of their names), and the fragment. A
picture: path and such parameters, for its host is whichever machine had time. Parameters are known by their names; of
a name that only sounds like a session (`sid`, `token`, `ts`) the value must look random too, for `?sid=5` is a story. A
long random value alone says nothing, for many a page is named by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_WEB = ("", "http", "https")

# Who sent the reader, and who the reader is: whatever the value.
_PASSING = re.compile(
    r"(?:utm_|hsa_|pk_|mtm_|_hs|itm_|x-amz-|x-goog-|aspsessionid).*"
    r"|spm|scm|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|ref_src|chksm|share_token"
    r"|isappinstalled|nsukey|phpsessid|jsessionid|cftoken|zenid|oscsid|.*sess(?:ion)?_?(?:id|key)|wp_?nonce"
    r"|(?:.*[_-])?(?:csrf|xsrf|csrfmiddlewaretoken)(?:[_-].*)?|csrf.*|xsrf.*|key-pair-id|ossaccesskeyid",
    re.I,
)
# The same where the value looks random: a session, a signature; and a moment, as a number.
_SESSION = re.compile(r"s_?id|.*sess(?:ion)?|cfid", re.I)
_SECRET = re.compile(
    r"ved|ei|(?:.*[_-])?(?:token|nonce|hmac)|_?(?:access|auth|form)_?token|signature|sig|policy|auth_key|security-token"
    r"|_|_t|ts|_ts|time_?stamp|rnd|rand|random|cb|_cb|_dc|nocache|no_cache|cache_?bust(?:er)?|bust|scene",
    re.I,
)
_MOMENT = re.compile(
    r"_|_t|ts|_ts|time_?stamp|rnd|rand|random|cb|_cb|_dc|nocache|no_cache|cache_?bust(?:er)?|bust|expires", re.I
)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:\d{4}|\d{6})?")
_FRACTION = re.compile(r"0?\.\d{6,}")
_SHORT_SESSION, _SHORT_SECRET, _LONG_SECRET, _LONG_NUMBER = 4, 12, 20, 9  # characters from which a value looks random
# Which copy of a picture, not which picture.
_COPY = re.compile(
    r"v|ver|version|rev|t|time|date|h|w|width|height|size|s|q|quality|fit|crop|auto|fm|format|dpr|resize|strip|ixlib"
    r"|ixid|itok|hash|m|mtime|modified|lastmod(?:ified)?|updated|x-oss-process|x-image-process|imagemogr2.*|imageview2.*"
    r"|wx_fmt|tp|wxfrom|wx_lazy|wx_co",
    re.I,
)
_SESSION_IN_PATH = re.compile(r";[a-z_]*s(?:ess(?:ion)?)?_?id[^/;]*|/\([A-Z]\([a-z0-9]{20,}\)\)", re.I)
_SLASH = re.compile("%2f", re.I)  # one that parts nothing
_HIDDEN_MAIL = "/cdn-cgi/l/email-protection"


def target(address: str) -> str:
    """Where this address of a link leads."""
    scheme, host, path, query, fragment = _split(address)
    if scheme not in _WEB:
        return address
    if path == _HIDDEN_MAIL:  # the fragment is a mail address, enciphered anew for every reader
        return host + path
    return host + path + _query(query, _is_passing) + (f"#{fragment}" if _names_a_place(fragment) else "")


def picture(address: str) -> str:
    """Which picture this address gives."""
    scheme, host, path, query, _ = _split(address)
    if scheme not in _WEB:
        return address
    chosen = _query(query, _is_passing, _is_any_moment, _is_copy)
    return path + chosen if path.strip("/") or chosen else host


def _split(address: str) -> tuple[str, str, str, str, str]:
    found = _PARTS.fullmatch(address)
    assert found is not None  # every text matches
    scheme, host, path, query, fragment = found.groups(default="")
    host, path = host.partition(";")[0], _SESSION_IN_PATH.sub("", path)
    path = unquote(_SLASH.sub("%252F", path)).rstrip("/")
    return scheme.lower(), host.lower().removeprefix("www."), path, query, fragment


def _query(query: str, *left_out: Callable[[str, str], bool]) -> str:
    parameters = query.replace("&amp;", "&").split("&")
    kept = sorted(parameter for parameter in parameters if parameter and not _is_one(parameter, left_out))
    return "?" + "&".join(kept) if kept else ""


def _is_one(parameter: str, kinds: tuple[Callable[[str, str], bool], ...]) -> bool:
    name, _, value = parameter.partition("=")
    return any(is_kind(unquote(name), unquote(value)) for is_kind in kinds)


def _is_passing(name: str, value: str) -> bool:
    if _PASSING.fullmatch(name):
        return True
    if not value and name.isdecimal():
        return len(name) >= _LONG_NUMBER and not _DATE.fullmatch(name)
    if value.isdecimal() or _FRACTION.fullmatch(value):
        return _is_moment(name, value)
    if _SESSION.fullmatch(name):
        return _is_mixed(value) and len(value) >= _SHORT_SESSION
    return _SECRET.fullmatch(name) is not None and _looks_random(value)


def _is_moment(name: str, value: str) -> bool:
    """A number of seconds since 1970, or one at random: `picture.png?1712345678`."""
    is_name = _MOMENT.fullmatch(name) or _SESSION.fullmatch(name)
    return is_name is not None and len(value) >= _LONG_NUMBER and not _DATE.fullmatch(value)


def _looks_random(value: str) -> bool:
    if _is_mixed(value):
        return len(value) >= _SHORT_SECRET
    return len(value) >= _LONG_SECRET and _is_of_both_cases(value)


def _is_mixed(value: str) -> bool:
    """Digits among letters."""
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _is_of_both_cases(value: str) -> bool:
    return any(map(str.islower, value)) and any(map(str.isupper, value))


def _is_any_moment(name: str, value: str) -> bool:
    """Of a picture even a short number is none that chooses."""
    return bool(value) and (_MOMENT.fullmatch(name) is not None or _SECRET.fullmatch(name) is not None)


def _is_copy(name: str, value: str) -> bool:
    """Which copy of a picture this is, by the parameter's name or by a number alone."""
    return _COPY.fullmatch(name) is not None or (not value and name.isdecimal())


def _names_a_place(fragment: str) -> bool:
    return bool(fragment) and not fragment.startswith(":~:")
