"""Pictures: one honest `img` each, its real address and a short alternative text.

- A lazy picture's address stands in another attribute, in a list of sizes or in its twin inside `noscript`.
- What is no content goes: trackers, adverts that say so, the faces beside the names of authors.
- One without an address that can be kept (drawn inline, never loaded) leaves its words behind, a formula its TeX.
"""

from __future__ import annotations

import re
from itertools import islice

from store.capture.media import absolute
from store.capture.tree import BLOCKS, GONE, OPEN, Element, elements, mark_text, one_space, settle_marked

_PLACEHOLDER = re.compile(
    r"1x1|pixel|spacer|blank|transparent|placeholder|loading|gr[ea]y|lazy[-_]?load|s_icon|data:|lqip|low-?(?:res|qual)",
    re.I,
)
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-original-src", "data-lazy", "data-echo",
    "_src", "lazy-src", "file", "zoomfile", "data-croporisrc", "data-backsrc", "src2", "original",
)  # fmt: skip
_SPARE = ("data-url", "data-img", "data-hi-res-src", "data-full-src", "data-orig-file", "data-large-file", "data-image")
_LAZY_SIZES = ("data-srcset", "data-lazy-srcset")
_LARGER = ("srcset", *_LAZY_SIZES)
_SIZE = re.compile(r"([\d.]{1,8})([wx])")
_NO_FILE = re.compile(r"[{}<>\"]|\s[\d.]+[wx]\b")  # JSON or a list of sizes
_LONGEST_ALT = 200
_TRACKER = re.compile(
    r"statcounter\.com|doubleclick\.|google-analytics\.|googleadservices\.|facebook\.com/tr\b|scorecardresearch\."
    r"|quantserve\.|bat\.bing\.|hm\.baidu\.|cnzz\.com|mc\.yandex\.|counter\.yadro|pixel\.wp\.com|stats\.wordpress"
    r"|(?:matomo|piwik)\.php|feedburner\.com/~r|/(?:pixel|beacon|track(?:er|ing)?)(?:\.gif|\.png)?(?:\?|$)",
    re.I,
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display:\s*none|(?:width|height):\s*[01](?:px)?\s*(?:;|$))", re.I)
_ADVERT = re.compile(
    r"\W*(?:广告|廣告|ads?|advert(?:isement|ising|orial)?|sponsored|anzeige|werbung|publicit[eé]|publicidad|реклама|広告"
    r"|광고)(?:位|图|图片|图像|banner|image)?\W*\d*",
    re.I,
)
_FACE = re.compile(
    r"(?:^|[\s/_.-])(?:gr?avatars?|avatars?\d*|no-?avatar|user-?(?:pic|photo|image|img|icon|face)|uc_server|touxiang"
    r"|head-?(?:img|pic)|profile-?(?:pic|photo|image|img)(?:ture)?)(?:$|[\s/_.?-])",
    re.I,
)
_FACE_WORDS = re.compile(r".{0,40}(?:avatar|头像|頭像|profile (?:picture|photo|image)|user (?:picture|photo))", re.I)
_PERSON = re.compile(
    r"/(?:users?|u|members?|profiles?|people|author|space)[/.?-]|space[-=]uid|[?&](?:u|uid|author)=|/@[\w.-]+$", re.I
)
_FORMULA_CLASS = re.compile(r"math|(?:^|[\s_-])(?:la)?tex(?:$|[\s_-])|formula|equation", re.I)
_TEX = re.compile(r"\\[a-zA-Z]+|[\^_]\{")
_NO_WORDS = re.compile(
    r"(?:icon|logo|image|img|picture|photo|avatar|loading|placeholder|spacer|thumb(?:nail)?|banner|图片|图标|头像|加载中)"
    r"[\s.…\d]*|\S+\.(?:png|jpe?g|gif|svg|webp|bmp)",
    re.I,
)
_LONGEST_IN_LINE = 40  # characters of a picture in a line of text


def settle_pictures(root: Element, base: str) -> None:
    """One honest `img` each: the real address, a short alternative text; trackers and inline data out."""
    for hidden in elements(root, "noscript"):
        _settle_noscript(hidden)
    settle_marked(root)
    for picture in elements(root, "picture"):
        _settle_picture(picture)
    for image in elements(root, "img"):
        address = _address(image, base)
        alt = one_space(image.get("alt") or "")[:_LONGEST_ALT]
        if _is_tracker(image, address) or _is_advert(image, alt) or _is_face(image, alt):
            image.tag = GONE
        elif address is None:
            _leave_words(image, alt)
        else:
            image.attrib.clear()
            image.set("src", address)
            image.set("alt", alt)
    settle_marked(root)


def _is_tracker(image: Element, address: str | None) -> bool:
    if all((image.get(name) or "").strip().removesuffix("px") in ("0", "1") for name in ("width", "height")):
        return True
    if not (image.get("alt") or "").strip() and _HIDDEN.search(image.get("style") or ""):
        return True
    return address is not None and _TRACKER.search(address) is not None


def _is_advert(image: Element, alt: str) -> bool:
    """It says so itself, or its link does."""
    link = image.getparent() if image.getparent().tag == "a" else image
    said = (alt, *(each.get(name) or "" for each in (image, link) for name in ("title", "aria-label")))
    return any(words and _ADVERT.fullmatch(words) for words in said)


def _is_face(image: Element, alt: str) -> bool:
    """The picture of who wrote: without words, called so or alone in a link to a person."""
    if alt and not _FACE_WORDS.fullmatch(alt):
        return False
    outer = image.getparent()
    link = outer if outer.tag == "a" else next(outer.iterancestors("a"), None)
    names = " ".join(each.get("class") or "" for each in (image, outer, link) if each is not None)
    if alt or _FACE.search(names) or _FACE.search(_named(image, _LAZY) or image.get("src") or ""):
        return True
    return (
        link is not None and _PERSON.search(link.get("href") or "") is not None and not "".join(link.itertext()).strip()
    )


def _leave_words(image: Element, alt: str) -> None:
    """A formula is text, and so are the words of a picture in a line of text or in a cell (`check`, `:-)`).

    One that stands by itself only waits to be loaded: its words would be a caption that nobody wrote.
    """
    if _TEX.search(alt):
        mark_text(image, f"\\({alt}\\)")
    elif alt and (_FORMULA_CLASS.search(image.get("class") or "") or _says_something(image, alt)):
        mark_text(image, alt)
    else:
        image.tag = GONE


def _says_something(image: Element, alt: str) -> bool:
    if _NO_WORDS.fullmatch(alt):
        return False
    block = next((outer for outer in image.iterancestors() if outer.tag in BLOCKS), None)
    if block is None or block.tag in ("td", "th"):
        return block is not None
    return len(alt) <= _LONGEST_IN_LINE and _follows_text(image, block)


def _follows_text(image: Element, block: Element) -> bool:
    element = image
    while element is not block:
        previous = element.getprevious()
        before = (element.getparent().text if previous is None else previous.tail) or ""
        if before.strip():
            return True
        if previous is not None:
            return bool("".join(previous.itertext()).strip())
        element = element.getparent()
    return False


def _settle_noscript(hidden: Element) -> None:
    """A lazy picture's twin gives its address."""
    image, before = hidden.find(".//img"), hidden.getprevious()
    twin = None
    if before is not None:
        twin = next(islice(before.iter("img"), 1), None) if len(before) < 5 else None
    if image is None:
        hidden.tag = GONE
    elif twin is not None:
        if image.get("src") and (not twin.get("src") or _PLACEHOLDER.search(twin.get("src") or "")):
            twin.set("src", image.get("src"))
            twin.set("alt", twin.get("alt") or image.get("alt") or "")
        hidden.tag = GONE
    else:
        image.tail = hidden.tail
        hidden.getparent().replace(hidden, image)


def _settle_picture(picture: Element) -> None:
    image = picture.find(".//img")
    sources = [source.get("srcset") or source.get("data-srcset") for source in picture.iter("source")]
    best = next((found for found in map(_largest, sources) if found), None)
    if image is None and best:
        picture.append(picture.makeelement("img", {"src": best}))
    elif image is not None and best and _is_waiting(image):
        image.set("src", best)
    for source in picture.iter("source"):
        source.tag = OPEN
    picture.tag = OPEN


def _is_waiting(image: Element) -> bool:
    source = (image.get("src") or "data:").strip()
    return source.startswith("data:") and not any(image.get(name) for name in (*_LAZY, *_LARGER))


def _address(image: Element, base: str) -> str | None:
    """Where the picture is: a lazy one's real address, else its own, the largest of its sizes where that is none."""
    lazy = next(filter(None, (_largest(image.get(name)) for name in _LAZY_SIZES)), None)
    source = _named(image, _LAZY) or lazy or (image.get("src") or "").strip()
    if not source or source.startswith("data:") or _PLACEHOLDER.search(source.rpartition("/")[2]):
        sizes = (_largest(image.get(name)) for name in _LARGER)
        source = next(filter(None, sizes), None) or _named(image, _SPARE) or source
    return absolute(source, base)


def _named(image: Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        written = (image.get(name) or "").strip()
        if re.search(r"[/.]", written) and not written.startswith("data:") and not _NO_FILE.search(written):
            return written
    return None


def _largest(srcset: str | None) -> str | None:
    """The address with the greatest size; read as browsers do, so commas in addresses do no harm."""
    best, best_width, address = None, -1.0, None
    for word in (srcset or "")[:20_000].split():
        size = "1x"
        if address is None:
            address = word.rstrip(",")
            if address == word:
                continue
            rest = ""
        else:
            size, _, rest = word.partition(",")
        width = _width(size)
        if address and not address.startswith("data:") and width > best_width:
            best, best_width = address, width
        address = rest or None
    if address and best is None and not address.startswith("data:"):
        best = address
    return best


def _width(size: str) -> float:
    found = _SIZE.fullmatch(size)
    try:
        return float(found[1]) * (1 if found[2] == "w" else 1000) if found else 1.0
    except ValueError:
        return 1.0
