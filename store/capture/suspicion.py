"""What is wrong with a capture, by its signs and against the last good copy (pure).

- Where next to all of the old text is still there, nothing is wrong.
- A sign that the last good copy had too (its title, its words, the address it was found at) is none.
- A hint counts where much of the text was lost as well; then the reason is the wall's, not the shape's.
"""

from __future__ import annotations

from collections.abc import Iterable

from store.address import host_of
from store.capture.arrival import signs_of_arrival
from store.capture.converted import Converted, Sign, Strength, Wall
from store.capture.shape import language_of_text, plain, share_kept, weight
from store.capture.wallwords import phrases_in, walls_of_title
from store.errors import (
    CookieWall,
    DomainParked,
    Doubt,
    FrontPage,
    LoginWall,
    MuchShorter,
    NotThePage,
    OtherLanguage,
    Paywall,
    RobotCheck,
    ScriptWanted,
    SiteTrouble,
    SoftNotFound,
)
from store.link import Link
from store.text import fold

_DOUBTS: dict[Wall, type[NotThePage]] = {
    Wall.GONE: SoftNotFound,
    Wall.TROUBLE: SiteTrouble,
    Wall.LOGIN: LoginWall,
    Wall.ROBOT: RobotCheck,
    Wall.COOKIES: CookieWall,
    Wall.PAYWALL: Paywall,
    Wall.PARKED: DomainParked,
    Wall.SCRIPT: ScriptWanted,
    Wall.HOME: FrontPage,
}
_NEARLY_ALL, _LITTLE = 0.9, 0.3  # of the old text
_SHARPLY = 3  # times shorter
_LEAST = 100  # letters of an old text that can be shortened


def doubt_of_first(url: str, page: Converted, final_url: str) -> tuple[Doubt | None, bool]:
    """The doubt of a page that is seen for the first time, and whether it is plainly none."""
    sign = _strongest((*signs_of_arrival(url, final_url), *page.signs))
    if sign is None or sign.strength < Strength.DOUBTFUL:
        return None, False
    return _doubt(url, sign), sign.strength is Strength.CLEAR


def doubt_of_next(link: Link, last: Link, page: Converted, final_url: str) -> Doubt | None:
    """The doubt of a capture whose body is another than that of `last`, the good one."""
    kept = share_kept(last.body, page.markdown)
    if kept >= _NEARLY_ALL:
        return None
    before, after = weight(plain(last.body)), weight(plain(page.markdown))
    signs = [sign for sign in (*_arrival(last, final_url), *page.signs) if not _was_there(sign, last)]
    news = _strongest(sign for sign in signs if sign.strength > Strength.HINT or _text_was_lost(sign, before, after))
    if news is not None:
        return _doubt(link.url, news)
    if kept < _LITTLE and _became_the_site(last, page):
        return FrontPage(link.url, "title")
    if before >= _LEAST and after * _SHARPLY < before:
        return MuchShorter(link.url, before, after)
    return _other_language(link.url, last, page) if kept < _LITTLE else None


def _doubt(url: str, sign: Sign) -> NotThePage:
    return _DOUBTS[sign.wall](url, sign.name)


def _strongest(signs: Iterable[Sign]) -> Sign | None:
    return max(signs, key=lambda sign: sign.strength, default=None)


def _arrival(last: Link, final_url: str) -> tuple[Sign, ...]:
    """What the address says, where it is not the one that the good copy came from."""
    if final_url == last.final_url:
        return ()
    return signs_of_arrival(last.url, final_url)


def _was_there(sign: Sign, last: Link) -> bool:
    """The good copy said so too: a page about captchas is one."""
    if sign.name in ("title", "heading"):
        return sign.wall in walls_of_title(last.page_title or last.title)
    return sign.name in ("text", "page") and sign.wall in phrases_in(plain(last.body))


def _text_was_lost(hint: Sign, before: int, after: int) -> bool:
    if hint.name == "text":
        return after * 3 < before * 2
    return after * _SHARPLY < before


def _became_the_site(last: Link, page: Converted) -> bool:
    """The title is the site's name now, and was not before."""
    names = {
        fold(name) for name in (page.site, last.site, host_of(last.url), host_of(last.url).partition(".")[0]) if name
    }
    title = fold(page.title or "")
    return title in names and fold(last.page_title or last.title) != title


def _other_language(url: str, last: Link, page: Converted) -> OtherLanguage | None:
    """The text tells; where it does not, what the pages declare."""
    before, after = language_of_text(plain(last.body)), language_of_text(plain(page.markdown))
    if before is None or after is None:
        before, after = last.lang, page.lang
    if not before or not after or before == after:
        return None
    return OtherLanguage(url, before, after)
