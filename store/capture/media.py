"""Links and pictures: absolute, http(s) or mailto only, lazy pictures resolved, nothing inline, nothing invisible."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from store.capture.tree import BLOCKS, HEADINGS, Element, drop, elements, one_space, text_of, unwrap

_UNSAFE = {
    " ": "%20", "<": "%3C", ">": "%3E", "(": "%28", ")": "%29", "\\": "%5C", "|": "%7C", "`": "%60", "*": "%2A",
    "[": "%5B", "]": "%5D", '"': "%22",
}  # fmt: skip
_TO_ESCAPE = re.compile("[" + re.escape("".join(_UNSAFE)) + "\x00-\x1f\x7f-\x9f]")
_PLACEHOLDER = re.compile(
    r"1x1|pixel|spacer|blank|transparent|placeholder|loading|gr[ea]y|lazy[-_]?load|s_icon|data:", re.I
)
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-original-src", "data-lazy", "data-echo",
    "data-url", "data-img", "data-hi-res-src", "data-full-src", "data-orig-file", "_src", "lazy-src", "file",
    "zoomfile", "data-croporisrc", "data-backsrc", "src2", "original",
)  # fmt: skip
_DESCRIPTOR = re.compile(r"\s[\d.]+[wx]\b")  # of a srcset
_ANCHOR = re.compile(r"headerlink|anchor(?:js)?-?(?:link)?\b|heading-?(?:anchor|link)|permalink|hash-link", re.I)
_PLAYER = re.compile(
    r"youtube|youtu\.be|vimeo|bilibili|youku|v\.qq|player|video|embed|codepen|gist|spotify|soundcloud|ted\.com"
)
_MOST_URL = 8_192


def base_of(root: Element, url: str) -> str:
    """What relative addresses are relative to: the page's <base>, if that is a web address."""
    base = root.find(".//base")
    href = base.get("href") if base is not None else None
    return absolute(href, url) or url if href else url


def absolute(target: str | None, base: str) -> str | None:
    """A target as a safe absolute address for Markdown; None for anything but http, https and mailto."""
    words = re.sub(r"[\x00-\x20]+", lambda run: " " if run[0] == " " else "", (target or "").strip())
    if not words or len(words) > _MOST_URL:
        return None
    try:
        joined = urljoin(base, words)
    except ValueError:
        return None
    if not re.match(r"(?:https?://[^/?#]|mailto:[^?])", joined, re.I):
        return None
    return _TO_ESCAPE.sub(lambda found: _UNSAFE.get(found[0], f"%{ord(found[0]):02X}"), joined)


def settle_pictures(root: Element, base: str) -> None:
    """One honest `img` each: the real address, a short alternative text; trackers and inline data out."""
    for hidden in elements(root, "noscript"):
        _settle_noscript(hidden)
    for picture in elements(root, "picture"):
        _settle_picture(picture)
    for image in elements(root, "img"):
        address = _address(image, base)
        if address is None or _is_invisible(image):
            drop(image)
            continue
        alt = re.sub(r"[<>`*_|\\]", " ", one_space(image.get("alt") or "").replace("[", "(").replace("]", ")"))
        tail = image.tail
        image.attrib.clear()
        image.set("src", address)
        image.set("alt", one_space(alt)[:200])
        image.tail = tail


def settle_players(root: Element, base: str) -> None:
    """Frames, films and sound as a link in a paragraph, where they are content."""
    for element in elements(root, "iframe", "video", "audio"):
        source = element.find(".//source")
        address = absolute(
            element.get("src") or element.get("data-src") or (source.get("src") if source is not None else None), base
        )
        if address is None or (element.tag == "iframe" and not _PLAYER.search(address)):
            drop(element)
            continue
        paragraph = element.makeelement("p")
        link = element.makeelement("a", {"href": address})
        link.text = one_space(element.get("title") or "") or ("audio" if element.tag == "audio" else "video")
        paragraph.append(link)
        paragraph.tail = element.tail
        element.getparent().replace(element, paragraph)


def settle_links(root: Element, base: str) -> None:
    """Absolute links around text; anchors of headings and unsafe targets gone, a card's link on its first text."""
    for link in elements(root, "a"):
        href = link.get("href") or ""
        target = None if href.strip().startswith("#") else absolute(href, base)
        words = text_of(link).strip()
        if (not words and link.find(".//img") is None) or _is_heading_anchor(link, words):
            drop(link)
        elif target is None:
            unwrap(link)
        elif any(inner.tag in BLOCKS for inner in link.iterdescendants()):
            _settle_card(link, target)
        else:
            link.attrib.clear()
            link.set("href", target)


def _is_heading_anchor(link: Element, words: str) -> bool:
    if len(words) > 2 or not any(outer.tag in HEADINGS for outer in link.iterancestors()):
        return False
    return bool(_ANCHOR.search(link.get("class") or "")) or link.get("aria-hidden") == "true" or words in "¶#§🔗"


def _settle_card(link: Element, target: str) -> None:
    blocks = [inner for inner in link.iterdescendants() if inner.tag in BLOCKS]
    leaves = [block for block in blocks if not any(inner.tag in BLOCKS for inner in block.iterdescendants())]
    named = [block for block in leaves if block.tag in HEADINGS and text_of(block).strip()]
    chosen = (named or [leaf for leaf in leaves if text_of(leaf).strip()] or leaves)[0]
    for inner in elements(link, "a"):
        unwrap(inner)
    around = link.makeelement("a", {"href": target})
    around.text, chosen.text = chosen.text, None
    for child in list(chosen):
        around.append(child)
    chosen.append(around)
    link.tag = "div"
    link.attrib.clear()


def _settle_noscript(hidden: Element) -> None:
    """A lazy picture's twin gives its address."""
    image, before = hidden.find(".//img"), hidden.getprevious()
    twin = None
    if before is not None:
        twin = before if before.tag == "img" else before.find(".//img")
    if image is None:
        drop(hidden)
    elif twin is not None:
        if image.get("src") and (not twin.get("src") or _PLACEHOLDER.search(twin.get("src") or "")):
            twin.set("src", image.get("src"))
        drop(hidden)
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
    for source in elements(picture, "source"):
        unwrap(source)
    unwrap(picture)


def _is_waiting(image: Element) -> bool:
    return (image.get("src") or "data:").startswith("data:") and not any(image.get(name) for name in _LAZY)


def _address(image: Element, base: str) -> str | None:
    source = (image.get("src") or "").strip()
    for name in _LAZY:
        lazy = (image.get(name) or "").strip()
        if lazy and not lazy.startswith("data:") and re.search(r"[/.]", lazy) and not _DESCRIPTOR.search(lazy):
            source = lazy
            break
    if not source or source.startswith("data:"):
        source = _largest(image.get("srcset") or image.get("data-srcset") or image.get("data-lazy-srcset")) or ""
    return absolute(source, base)


def _is_invisible(image: Element) -> bool:
    return image.get("width") in ("0", "1") and image.get("height") in ("0", "1")


def _largest(srcset: str | None) -> str | None:
    best, best_width = None, -1.0
    for part in re.split(r",\s+", (srcset or "").strip()[:20_000]):
        words = part.split()
        if not words or words[0].startswith("data:"):
            continue
        found = re.match(r"([\d.]{1,8})([wx])", words[-1]) if len(words) > 1 else None
        try:
            width = float(found[1]) * (1 if found[2] == "w" else 1000) if found else 1.0
        except ValueError:
            width = 1.0
        if width > best_width:
            best, best_width = words[0], width
    return best
