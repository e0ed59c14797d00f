"""Why a capture is set aside for the user's word."""

from __future__ import annotations

from store.errors.base import PagelogError


class Doubt(PagelogError):
    """Why a capture is held."""

    url: str


class NotThePage(Doubt):
    """Something stands in its place. `sign`: where that was seen.

    That is: title, heading, opening (of the text), text, page, form, script, address, letters.
    """

    url: str
    sign: str


class SoftNotFound(NotThePage):
    """There is no such page, said with status 200."""


class SiteTrouble(NotThePage):
    """An error or maintenance of the site, said with status 200."""


class LoginWall(NotThePage):
    """A login page."""


class RobotCheck(NotThePage):
    """A captcha, a challenge, or a refusal of somebody who asks too often."""


class CookieWall(NotThePage):
    """A question about cookies."""


class Paywall(NotThePage):
    """The beginning of a page, and an offer to subscribe."""


class DomainParked(NotThePage):
    """The domain is for sale, or has expired."""


class ScriptWanted(NotThePage):
    """A page that says it needs JavaScript."""


class FrontPage(NotThePage):
    """The site's front page."""


class NotShownHere(NotThePage):
    """The site shows the page to others: of another region, age or browser, or without an ad blocker."""


class Garbled(NotThePage):
    """The letters are broken, as where a text is read in another encoding than it is written in."""


class OtherShape(Doubt):
    """Nothing on the page says that it is none; but it is unlike the last one. A day later it may be believed."""

    url: str


class MuchShorter(OtherShape):
    """`before` and `after` are what the texts weigh, in letters."""

    url: str
    before: int
    after: int


class OtherLanguage(OtherShape):
    """`before` and `after` are language tags."""

    url: str
    before: str
    after: str


class OtherText(OtherShape):
    """Next to nothing of the old text is left, and the title is another. `before` and `after` are the titles."""

    url: str
    before: str
    after: str


class BothChanged(Doubt):
    """The page changed where the body did too, by the user's hand: the two cannot be joined."""

    url: str
