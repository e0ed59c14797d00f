"""Addresses and links: absolute, http(s) or mailto only; films and sound as links. Pictures: see `pictures`."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

from store.address import without_tracking
from store.capture.tree import (
    BLOCKS,
    GONE,
    HEADINGS,
    OPEN,
    Element,
    elements,
    holders,
    inside,
    is_longer,
    mark_text,
    one_space,
    settle_marked,
    text_of,
)

_UNSAFE = {
    " ": "%20", "<": "%3C", ">": "%3E", "(": "%28", ")": "%29", "\\": "%5C", "|": "%7C", "`": "%60", "*": "%2A",
    "[": "%5B", "]": "%5D", '"': "%22",
}  # fmt: skip
_UNSEEN = "\x00-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
_TO_ESCAPE = re.compile("[" + re.escape("".join(_UNSAFE)) + _UNSEEN + "]")
_ANCHOR = re.compile(r"headerlink|anchor(?:js)?-?(?:link)?\b|heading-?(?:anchor|link)|permalink|hash-link", re.I)
_PLAYER = re.compile(
    r"youtube|youtu\.be|vimeo|bilibili|youku|v\.qq|player|video|embed|codepen|gist|spotify|soundcloud|ted\.com"
)
_BACK = re.compile("[↩↑^⤴⏎⮌\ufe0e\ufe0f\\s]+")  # from a note to where it was called
_SESSION = re.compile(r";jsessionid=[^/?#]*|(?<=[?&])(?:phpsessid|jsessionid)=[^&#]*&?", re.I)
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
    return _TO_ESCAPE.sub(lambda found: _UNSAFE.get(found[0]) or quote(found[0]), joined)


def settle_players(root: Element, base: str) -> None:
    """Frames, films and sound as a link in a paragraph, where they are content."""
    for element in elements(root, "iframe", "video", "audio"):
        source = element.find(".//source")
        address = absolute(
            element.get("src") or element.get("data-src") or (source.get("src") if source is not None else None), base
        )
        if address is None or (element.tag == "iframe" and not _PLAYER.search(address)):
            element.tag = GONE
            continue
        paragraph = element.makeelement("p")
        link = element.makeelement("a", {"href": address})
        link.text = one_space(element.get("title") or "") or ("audio" if element.tag == "audio" else "video")
        paragraph.append(link)
        paragraph.tail = element.tail
        element.getparent().replace(element, paragraph)
    settle_marked(root)


def settle_links(root: Element, base: str) -> None:
    """Absolute links around text; anchors of headings and unsafe targets gone, a card's link on its first text."""
    in_heading, in_link = inside(root, (*HEADINGS, "dt")), inside(root, ("a",))
    holding, pictured = holders(root, BLOCKS), holders(root, ("img",))
    for link in list(root.iter("a")):
        target, within = _target(link, base), link in in_link
        words = "" if is_longer(link, 40) else text_of(link).strip()
        is_empty = not words and link not in pictured and not text_of(link).strip()
        if is_empty or _is_back(link, words) or (link in in_heading and _is_anchor_beside_words(link, words)):
            link.tag = GONE
            if is_empty and len(text_of(link)):
                mark_text(link, " ")  # it may be the only blank between two words
        elif target is None or within:
            link.tag = OPEN
        elif link in holding:
            _settle_card(link, target)
        else:
            link.attrib.clear()
            link.set("href", target)
            _blanks_out(link)
    settle_marked(root)


def _blanks_out(link: Element) -> None:
    text, previous = link.text or "", link.getprevious()
    if text[:1].isspace() and text.strip():
        link.text = text.lstrip()
        if previous is not None:
            previous.tail = (previous.tail or "") + " "
        else:
            link.getparent().text = (link.getparent().text or "") + " "
    if not len(link) and text[-1:].isspace():
        link.text = (link.text or "").rstrip()
        link.tail = " " + (link.tail or "")


def _target(link: Element, base: str) -> str | None:
    """None for what leads nowhere else: a place on the page itself, or no web address."""
    href = (link.get("href") or "").strip()
    target = None if href.startswith("#") else absolute(href, base)
    if target is None or ("#" in target and target.partition("#")[0] == base.partition("#")[0]):
        return None
    return without_tracks(target)


def without_tracks(address: str) -> str:
    """An address without parameters that tell where a reader came from, or who he is."""
    if "?" not in address and ";" not in address:
        return address
    address = _SESSION.sub("", address)
    path, mark, rest = address.partition("?")
    query, hash_, fragment = rest.partition("#")
    query = without_tracking(query.rstrip("&"))
    return path + (mark + query if query else "") + hash_ + fragment


def _is_back(link: Element, words: str) -> bool:
    return bool(words) and (link.get("href") or "").startswith("#") and _BACK.fullmatch(words) is not None


def _is_anchor_beside_words(link: Element, words: str) -> bool:
    """An anchor of the heading it stands in, which says something else too."""
    if not _is_heading_anchor(link, words):
        return False
    heading = next(link.iterancestors(*HEADINGS, "dt"))
    return text_of(heading).strip() != words


def _is_heading_anchor(link: Element, words: str) -> bool:
    if not 0 < len(words) <= 2:
        return False
    return bool(_ANCHOR.search(link.get("class") or "")) or link.get("aria-hidden") == "true" or words in "¶#§🔗"


def _settle_card(link: Element, target: str) -> None:
    blocks = [inner for inner in link.iterdescendants() if inner.tag in BLOCKS]
    outer = holders(link, BLOCKS)
    leaves = [block for block in blocks if block not in outer]
    leaves = [leaf for leaf in leaves if is_longer(leaf, 0) or leaf.find(".//img") is not None]
    named = [block for block in leaves if block.tag in HEADINGS and text_of(block).strip()]
    chosen = next(iter(named or [leaf for leaf in leaves if text_of(leaf).strip()] or leaves), None)
    link.tag = "div"
    link.attrib.clear()
    if chosen is None:
        return
    around = link.makeelement("a", {"href": target})
    around.text, chosen.text = chosen.text, None
    for child in list(chosen):
        around.append(child)
    chosen.append(around)
