"""What is wrong with a capture, by its signs and against the last good copy (pure).

- Where next to all of the old text is still there, nothing is wrong.
- A sign that the last good copy had too (its title, its words, the address it was found at) is none.
- A hint counts where much of the text was lost as well; then the reason is the wall's, not the shape's. Where next to
  nothing of the text is left and the title is another, any hint counts, however long the new text is; without one it
  is another text, which may be believed a day later.
- Broken letters are a sign of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from store.address import host_of
from store.capture.arrival import signs_of_arrival
from store.capture.converted import Converted, Sign, Strength, Wall
from store.capture.garbled import became_garbled, is_garbled
from store.capture.shape import language_of_text, plain, share_kept, weight
from store.capture.wallwords import parts_of, phrases_in, walls_of_title
from store.errors import (
    CookieWall,
    DomainParked,
    Doubt,
    FrontPage,
    Garbled,
    LoginWall,
    MuchShorter,
    NotShownHere,
    NotThePage,
    OtherLanguage,
    OtherText,
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
    Wall.REFUSED: NotShownHere,
}
_NEARLY_ALL, _HALF, _LITTLE, _NEXT_TO_NOTHING = 0.9, 0.5, 0.3, 0.1  # of the old text
_ALIKE = 0.5  # of two titles: twice the pairs of letters that both have, of all
_SHARPLY = 3  # times shorter
_WALL = 1_200  # letters of a text that may be a wall's
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
    old, new = plain(last.body), plain(page.markdown)
    if became_garbled(old, new):
        return Garbled(link.url, "letters")
    loss = _Loss(kept, weight(old), weight(new), _is_another_title(last, page))
    signs = [sign for sign in (*_arrival(last, final_url), *page.signs) if not _was_there(sign, last)]
    news = _strongest(sign for sign in signs if sign.strength > Strength.HINT or loss.bears_out(sign))
    if news is not None:
        return _doubt(link.url, news)
    if kept < _LITTLE and _became_the_site(last, page):
        return FrontPage(link.url, "title")
    if loss.is_sharp:
        return MuchShorter(link.url, loss.before, loss.after)
    other = _other_language(link.url, last, page) if kept < _LITTLE else None
    return other or (_other_text(link.url, last, page, old) if loss.is_whole and loss.before >= _LEAST else None)


@dataclass(frozen=True, slots=True)
class _Loss:
    """What became of the old text: the share that is left, what both weigh, and whether the title is another."""

    kept: float
    before: int
    after: int
    retitled: bool

    @property
    def is_whole(self) -> bool:
        """It is another page altogether."""
        return self.kept < _NEXT_TO_NOTHING and self.retitled

    @property
    def is_sharp(self) -> bool:
        """Much shorter."""
        return self.before >= _LEAST and self.after * _SHARPLY < self.before

    def bears_out(self, hint: Sign) -> bool:
        """Enough was lost to believe this hint."""
        if hint.name in ("heading", "opening"):
            return self.kept < _HALF or self.is_sharp
        if hint.name == "text" and self.after * 3 < self.before * 2:
            return True
        if self.after * _SHARPLY < self.before:
            return True
        return self.kept < _LITTLE and self.retitled and hint.name != "metadata"


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
    return sign.name in ("opening", "text", "page") and sign.wall in phrases_in(plain(last.body))


def _became_the_site(last: Link, page: Converted) -> bool:
    """The title is the site's name now, or what stood behind the page's own, and was not before."""
    names = {
        fold(name) for name in (page.site, last.site, host_of(last.url), host_of(last.url).partition(".")[0]) if name
    }
    title, before = fold(page.title or ""), last.page_title or last.title
    return title in names.union(parts_of(before)[1:]) and fold(before) != title


def _is_another_title(last: Link, page: Converted) -> bool:
    """The two have little in common beside the site's name; a page without a title cannot lose it."""
    before, after = last.page_title or last.title, page.title or ""
    if before in ("", last.url):
        return False
    old, new = parts_of(before), parts_of(after)
    common = {*old} & {*new} if len(old) > 1 and len(new) > 1 else set()
    return not _are_alike(*("".join(part for part in parts if part not in common) for parts in (old, new)))


def _are_alike(one: str, other: str) -> bool:
    pairs = [Counter(map("".join, pairwise(filter(str.isalnum, title)))) for title in (one, other)]
    common = (pairs[0] & pairs[1]).total()
    return one == other or 2 * common >= _ALIKE * (pairs[0].total() + pairs[1].total())


def _other_text(url: str, last: Link, page: Converted, old: str) -> OtherText | None:
    """None where the last copy was no good one: broken itself, or a wall that was taken for the page."""
    before = last.page_title or last.title
    if is_garbled(old) or walls_of_title(before) or (weight(old) < _WALL and phrases_in(old)):
        return None
    return OtherText(url, before, page.title or "")


def _other_language(url: str, last: Link, page: Converted) -> OtherLanguage | None:
    """The text tells; where it does not, what the pages declare."""
    before, after = language_of_text(plain(last.body)), language_of_text(plain(page.markdown))
    if before is None or after is None:
        before, after = last.lang, page.lang
    if not before or not after or before == after:
        return None
    return OtherLanguage(url, before, after)
