"""Pictures without text: which of them stay, by the kept text that they stand between or beside.

A run of them counts as one: a photo story keeps all of its photos. Adverts, icons and pictures that lead elsewhere stay
only right beside the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from store.capture.choose.blocks import Block, Page
from store.capture.choose.mend import Kept
from store.capture.tree import Element

_NEAR = 4  # blocks between a picture and text
_UP = 4  # elements in which a picture and text are still together
_SMALL = 64  # pixels
_ROW = 3
_LINK_UP = 4  # elements
_SIZE = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")
_ASIDE = re.compile(
    r"(?:^|[\W_])(?:logos?|icons?|avatar|qr-?code|banner|ads?|adv|advert\w*|guanggao|share|btn|button|arrow|sprite|emoji"
    r"|badge|sponsor\w*|promo|weixin|wechat|erweima)(?:$|[\W_\d])|广告|二维码",
    re.I,
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|avif)(?:$|[?#!@])|attachment|^(?:#|javascript:|$)", re.I)


def with_pictures(page: Page, kept: Kept) -> list[bool]:
    """Pictures without text stay where they stand between kept blocks, or right beside one."""
    found: list[bool] = kept.tolist()
    texts = [at for at, block in enumerate(page.blocks) if found[at] and block.text]
    before_it = list(accumulate((bool(block.text) for block in page.blocks), initial=0))
    for at, block in enumerate(page.blocks):
        if block.text or not block.pictures or _is_row_of_icons(block):
            continue
        place = bisect_left(texts, at)
        beside = [texts[number] for number in (place - 1, place) if 0 <= number < len(texts)]
        blocks = [(abs(at - text), page.blocks[text]) for text in beside]
        passed = [(_passed(before_it, at, text), page.blocks[text]) for text in beside]
        found[at] = _stays(block, blocks) or (
            (_stays(block, passed) or [distance for distance, _ in passed] == [1, 1]) and not _is_aside(block)
        )
    return found


def _passed(before_it: list[int], at: int, text: int) -> int:
    """How far the text is away, a run of pictures being no way."""
    low, high = min(at, text), max(at, text)
    return before_it[high] - before_it[low + 1] + 1


def _stays(block: Block, beside: list[tuple[int, Block]]) -> bool:
    near = [(distance, _together(block, text)) for distance, text in beside if distance <= _NEAR]
    return any(distance <= 1 and together for distance, together in near) or (
        len(near) == 2 and any(together for _, together in near)
    )


def _images(block: Block) -> list[Element]:
    return [element for place, element in block.parts if place == "whole" and element.tag == "img"]


def picture_names(block: Block) -> set[str]:
    """What the files of its pictures are called, without folders and queries: of every address that one may have."""
    addresses = (value for image in _images(block) for name, value in image.attrib.items() if "src" in name)
    return {address.partition("?")[0].rpartition("/")[2] for address in addresses} - {""}


def _is_row_of_icons(block: Block) -> bool:
    """Small ones side by side that lead elsewhere: to share it, to follow somebody."""
    images = _images(block)
    return len(images) >= _ROW and all(_is_small(image) and _leads_elsewhere(image) for image in images)


def _is_aside(block: Block) -> bool:
    images = _images(block)
    return any(_is_small(image) or _is_called_aside(image) or _leads_elsewhere(image) for image in images)


def _is_small(image: Element) -> bool:
    sizes = [_SIZE.match(image.get(name) or "") for name in ("width", "height")]
    return any(size is not None and int(size[1]) < _SMALL for size in sizes)


def _is_called_aside(image: Element) -> bool:
    names = (image.get("class"), image.get("id"), image.get("alt"), (image.get("src") or "")[:300].partition("?")[0])
    return any(name and _ASIDE.search(name) for name in names)


def _leads_elsewhere(image: Element) -> bool:
    element = image.getparent()
    for _ in range(_LINK_UP):
        if element is None:
            return False
        if element.tag == "a":
            return _PICTURE.search((element.get("href") or "").strip()) is None
        element = element.getparent()
    return False


def _together(picture: Block, text: Block) -> bool:
    """They stand in one element that is not the whole page, a few steps up."""
    around = set()
    element = text.element
    for _ in range(_UP):
        if element is None:
            break
        around.add(element)
        element = element.getparent()
    element = picture.element
    for _ in range(_UP + 1):
        if element is None:
            return False
        if element in around:
            return element.tag not in ("body", "html")
        element = element.getparent()
    return False
