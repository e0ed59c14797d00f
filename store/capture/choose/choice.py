"""The choice of a page's blocks, with what led to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.capture.choose.blocks import Page
from store.capture.choose.features import features
from store.capture.choose.mend import Mended, judged, keep
from store.capture.choose.model import Model, model
from store.capture.choose.pictures import picture_names, with_pictures
from store.capture.choose.prune import prune
from store.capture.choose.sections import with_sections
from store.capture.tree import Element

_WAVERING = (0.3, 1.4)  # of the threshold; a heading is kept from half of it on
_SHORT = 80  # characters
_MOST_WAVERING = 60
MOST = 6_000  # blocks; a page with more is kept whole


@dataclass(frozen=True, slots=True)
class Choice:
    """A page's blocks, which of them are kept, how likely each was (0 to 1), and what the rules said (`mend`)."""

    page: Page
    kept: list[bool]
    likely: list[float]
    mended: Mended | None = None

    @property
    def text(self) -> str:
        """What is kept, a block a line."""
        return "\n".join(block.text for block, stays in zip(self.page.blocks, self.kept, strict=True) if stays)

    @property
    def wavering(self) -> tuple[str, ...]:
        """Short blocks that are kept, or not, by a hair: a token on the page may decide it the other way."""
        if self.mended is None:
            return ()
        low, high = _WAVERING[0] * self.mended.threshold, _WAVERING[1] * self.mended.threshold
        near = [
            block.text
            for block, leaning in zip(self.page.blocks, self.mended.leaning, strict=True)
            if low <= leaning <= high and 0 < len(block.text) <= _SHORT
        ]
        return tuple(dict.fromkeys(near))[:_MOST_WAVERING] + self._pictures_left_out()

    def _pictures_left_out(self) -> tuple[str, ...]:
        """The names of pictures that are not kept, as `!name`: the text they would stand beside may waver."""
        left_out = (block for block, stays in zip(self.page.blocks, self.kept, strict=True) if not stays)
        names = (f"!{name}" for block in left_out if block.pictures and not block.text for name in picture_names(block))
        return tuple(dict.fromkeys(names))[:_MOST_WAVERING]

    def article(self) -> Element:
        """The smallest element with all that is kept and nothing else; the tree is used up."""
        return prune(self.page, self.kept)


def choose(page: Page, source: str, url: str, by: Model | None = None) -> Choice:
    """Choose the blocks of a page that was cut; `source` is its HTML. The tree stays as it is."""
    count = len(page.blocks)
    if not count or count > MOST:
        return Choice(page, [True] * count, [1.0] * count)
    found = features(page, source, url)
    likely = (by or model()).likely(found).astype(np.float64)
    facts = judged(page, found)
    mended = with_sections(page, facts, keep(likely, facts))
    return Choice(page, with_pictures(page, mended.kept), likely.tolist(), mended)
