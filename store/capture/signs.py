"""What a page's own looks say against it: is this the page, or what stands in its place?

Read once, at the conversion: `look_at` before the article is cut out of the tree, `signs_of` with the article's text.

Rules, made on real pages so that good ones are left in peace:
- A title says it alone: a whole one, or one of its parts, never a word inside a sentence.
- A phrase needs a page with little text; scripts and forms, which every third good page has, need next to none.
- What stands on a page with much text is a hint, for whoever compares it with an earlier copy: above all what its
  headings and its first words say, for a long wall says at once what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from store.capture.arrival import signs_of_arrival
from store.capture.choose.blocks import Page
from store.capture.converted import Sign, Strength, Wall
from store.capture.shape import plain, weight
from store.capture.tree import Element, one_space, text_of
from store.capture.wallwords import phrases_in, walls_of_title

_TINY, _SHORT, _MIDDLE, _LONG = 150, 450, 1_200, 3_000  # weight of a text, in letters
_MOST_TEXT = 60_000
_ENOUGH = 6_000  # characters that tell little text from much
_OPENING = 600  # characters
_MANY_TEASERS, _SOME_TEASERS = 5, 3  # on the page, in the article
_TEASER = re.compile(r"^[\s>*-]*(?:#{1,6} \[|\[#)", re.M)
_MOST_SOURCE = 400_000
_REFRESH = re.compile(r"\s*(\d{1,4})\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*([^\"'\s]{1,500})", re.I)
_CHALLENGES = (
    "_cf_chl_opt", "/cdn-cgi/challenge-platform/h/", "cf-turnstile", "captcha-delivery.com", "_incapsula_resource",
    "px-captcha", "perimeterx", "awswafcookiedomainlist", "aws-waf-token", "acw_sc__v2", "aliyun_waf", "ddos-guard",
    "anubis_challenge", "g-recaptcha", "h-captcha", "hcaptcha.com", "geetest", "tcaptcha", "nocaptcha", "yidun",
    "kasada", "sec-cpt", "/_sec/cp_challenge", "distil_r_captcha",
)  # fmt: skip
_PARKING = (
    "sedoparking", "parkingcrew", "bodis.com", "parklogic", "above.com/marketplace", "hugedomains.com", "dan.com/",
    "afternic.com", "img.sedo", "domainmarket.com", "parking-lander", "window.park=", "window.park =", "skenzo",
    "uniregistry.com/buy",
)  # fmt: skip
_NOT_FREE_NAME = "isAccessibleForFree"
_NOT_FREE = re.compile(_NOT_FREE_NAME + r"[\"']?\s*:\s*[\"']?[Ff]alse")
_BY_PHRASE = (
    Wall.GONE, Wall.TROUBLE, Wall.LOGIN, Wall.ROBOT, Wall.PARKED, Wall.SCRIPT, Wall.PAYWALL, Wall.COOKIES,
    Wall.REFUSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen of a whole page. `visible` is the text of its body, cut, and `weight` what it says at its beginning.

    `challenge` and `parking` are looked for on pages with little text only; `sent_to` is where a browser is sent on;
    `teasers`: most headings are links; `named_as_site`: the title is what the link to the site's root says.
    """

    title: str
    headings: tuple[str, ...]
    visible: str
    weight: int
    password: bool
    challenge: bool
    parking: bool
    not_free: bool
    sent_to: str | None
    teasers: bool
    named_as_site: bool


def look_at(page: Page, source: str) -> Look:
    """What a page looks like, from its tree and, for scripts, its source. Changes nothing."""
    root, body = page.root, page.elements[0]
    visible = page.text[:_MOST_TEXT]
    seen = weight(visible[:_ENOUGH])
    is_little = len(visible) < _ENOUGH and seen < _MIDDLE
    begin = source[:_MOST_SOURCE].lower() if is_little else ""  # scripts count beside little text only
    title = one_space(root.findtext(".//title") or "")
    return Look(
        title=title,
        headings=tuple(one_space(text_of(heading))[:200] for heading in [*body.iter("h1", "h2")][:4]),
        visible=visible,
        weight=seen,
        password=any((field.get("type") or "").lower() == "password" for field in body.iter("input")),
        challenge=any(marker in begin for marker in _CHALLENGES),
        parking=any(marker in begin for marker in _PARKING),
        not_free=_NOT_FREE_NAME in source and _NOT_FREE.search(source) is not None,
        sent_to=_sent_to(root),
        teasers=_leads_on(body),
        named_as_site=_is_named_as_the_site(body, title),
    )


def signs_of(look: Look, markdown: str, url: str) -> tuple[Sign, ...]:
    """The signs of a page that was found at `url` with this article, the strongest of each wall, strongest first."""
    article = plain(markdown).lstrip()
    size = weight(article[:_ENOUGH])
    found = [
        *_by_title(look, size),
        *_by_heading(look, size),
        *_by_phrases(look, article, size),
        *_by_looks(look, max(size, look.weight)),
    ]
    if look.named_as_site or (look.teasers and len(_TEASER.findall(markdown)) >= _SOME_TEASERS):
        found.append(Sign(Wall.HOME, Strength.HINT, "page"))
    if look.sent_to and size < _SHORT:
        found += signs_of_arrival(url, urljoin(url, look.sent_to))
    found.sort(key=lambda sign: -sign.strength)
    return tuple({sign.wall: sign for sign in reversed(found)}[wall] for wall in dict.fromkeys(s.wall for s in found))


def _leads_on(body: Element) -> bool:
    """Most headings are links to other pages."""
    headings = [*body.iter("h1", "h2", "h3", "h4")][:60]
    linked = sum(heading.find(".//a") is not None or _is_in_link(heading) for heading in headings)
    return linked >= _MANY_TEASERS and linked * 3 >= len(headings) * 2


def _is_in_link(heading: Element) -> bool:
    above = heading.getparent()
    return above is not None and above.tag == "a"


def _is_named_as_the_site(body: Element, title: str) -> bool:
    roots = (link for link in [*body.iter("a")][:20] if (link.get("href") or "").strip() in ("/", "./", "/index.html"))
    return bool(title) and any(one_space(text_of(link)).casefold() == title.casefold() for link in roots)


def _sent_to(root: Element) -> str | None:
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(meta.get("content") or "")
            if found and int(found[1]) <= 10:
                return found[2]
    return None


def _by_title(look: Look, size: int) -> list[Sign]:
    strength = Strength.CLEAR if size < _MIDDLE else Strength.DOUBTFUL
    return [Sign(wall, strength, "title") for wall in walls_of_title(look.title)]


def _by_heading(look: Look, size: int) -> list[Sign]:
    """A login box or a cookie notice may have a heading on any page; that it is the page, little else says."""
    walls = {wall for heading in look.headings for wall in walls_of_title(heading)}
    if size < _SHORT:
        return [Sign(wall, Strength.CLEAR, "heading") for wall in walls]
    return [Sign(wall, Strength.DOUBTFUL if wall is Wall.GONE else Strength.HINT, "heading") for wall in walls]


def _by_phrases(look: Look, article: str, size: int) -> list[Sign]:
    if size >= _LONG:  # so long a text is no wall, whatever it says; but it may have been another one
        return _by_opening(article)
    in_article = phrases_in(article)
    on_page = phrases_in(look.visible)
    found = []
    for wall in _BY_PHRASE:
        said, around = in_article.get(wall, 0), on_page.get(wall, 0)
        if wall is Wall.COOKIES:  # a notice stands on many pages; where it is the page, it says several such things
            said, around = said // 3, 0
        if said:
            found.append(Sign(wall, _by_size(wall, size, said), "text"))
        elif around:
            little = max(size, look.weight) < _SHORT and wall is not Wall.PAYWALL
            found.append(Sign(wall, Strength.CLEAR if little else Strength.HINT, "page"))
    return _by_opening(article) + found


def _by_opening(article: str) -> list[Sign]:
    """Hints; of cookies two things must be said, for their notice stands above many a page."""
    said = phrases_in(article[:_OPENING])
    return [Sign(wall, Strength.HINT, "opening") for wall, times in said.items() if times > (wall is Wall.COOKIES)]


def _by_size(wall: Wall, size: int, said: int) -> Strength:
    if wall is Wall.PAYWALL:  # what stands before it is the page's own, if only its beginning
        return Strength.CLEAR if size < _TINY else Strength.DOUBTFUL if size < _MIDDLE else Strength.HINT
    if wall in (Wall.TROUBLE, Wall.REFUSED) and said == 1:  # "something went wrong" is said in many a text
        return Strength.DOUBTFUL if size < _SHORT else Strength.HINT
    if size < (_SHORT if said == 1 else _MIDDLE):
        return Strength.CLEAR
    return Strength.DOUBTFUL if size < (_MIDDLE if said == 1 else _LONG) else Strength.HINT


def _by_looks(look: Look, size: int) -> list[Sign]:
    found = []
    if look.challenge and size < _SHORT:
        found.append(Sign(Wall.ROBOT, Strength.CLEAR if size < _TINY else Strength.DOUBTFUL, "script"))
    if look.parking and size < _MIDDLE:
        found.append(Sign(Wall.PARKED, Strength.CLEAR, "script"))
    if look.password and size < _SHORT:
        found.append(Sign(Wall.LOGIN, Strength.DOUBTFUL, "form"))
    if look.not_free:
        found.append(Sign(Wall.PAYWALL, Strength.HINT, "metadata"))
    return found
