"""What the address says at which a page was found, against the one that was asked for. Pure, and cheap to import."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

from store.capture.converted import Sign, Strength, Wall

_WHERE: dict[Wall, re.Pattern[str]] = {
    Wall.ROBOT: re.compile(
        r"captcha|(?:^|/)(?:sorry|challenge|antispider|anti-bot|antibot|unsupported-traffic|blocked|validate-?perfdrive)"
        r"(?:[/.]|$)|^(?:wappass|validate|geo\.captcha-delivery|seccaptcha|sec)\."
    ),
    Wall.LOGIN: re.compile(
        r"(?:^|/)(?:log-?in|log_in|sign-?in|sign_in|logon|signon|sso|authwall|passport|account/login|users?/login"
        r"|oauth2?/authorize|authorize|denglu|wp-login)(?:\.\w{2,5})?/?$"
        r"|^(?:log-?in|sign-?in|passport|accounts?|sso|auth|idp|id|cas)\.[^/]+"
    ),
    Wall.COOKIES: re.compile(
        r"^consent\.|(?:^|/)(?:consent|cookie-?wall|cookies-?not-?supported|privacy-?(?:gate|wall))(?:[/.]|$)"
    ),
    Wall.PAYWALL: re.compile(r"(?:^|/)(?:subscribe|paywall|subscription)/?$"),
    Wall.GONE: re.compile(
        r"(?:^|/)(?:404|410|error-?404|404-?error|not-?found|page-?not-?found|page_not_found|notfound404)(?:\.\w{2,5})?/?$"
    ),
    Wall.TROUBLE: re.compile(r"(?:^|/)(?:error|errors|500|503|maintenance|weihu|unavailable)(?:\.\w{2,5})?/?$"),
}
_HOME = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{2,5})?)?/?|/[a-z]{2}(?:[-_][a-z]{2})?/?", re.I)


def signs_of_arrival(asked: str, final: str) -> tuple[Sign, ...]:
    """What it means to be sent from one address to another; nothing, where both are of the same kind."""
    try:
        before, after = urlsplit(asked), urlsplit(final)
    except ValueError:
        return ()
    if _bare(before) == _bare(after):
        return ()
    for wall, where in _WHERE.items():
        if where.search(_place(after)) and not where.search(_place(before)):
            return (Sign(wall, Strength.CLEAR, "address"),)
    if is_home(after) and not is_home(before):
        return (Sign(Wall.HOME, Strength.DOUBTFUL, "address"),)
    return ()


def is_home(where: SplitResult) -> bool:
    """A site's front page, also in one of its languages; a query may name any page (`/?p=12`)."""
    return _HOME.fullmatch(where.path) is not None and not re.search(r"(?:^|&)(?:p|id|page_id|q|s)=", where.query)


def _place(where: SplitResult) -> str:
    return ((where.hostname or "") + unquote(where.path)).lower()


def _bare(where: SplitResult) -> tuple[str, str, str]:
    return ((where.hostname or "").removeprefix("www."), where.path.rstrip("/"), where.query)
