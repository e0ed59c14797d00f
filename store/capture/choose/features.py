"""Some 150 numbers for every block of a page: what it says, where it stands, what stands around it.

All of it is counted with prefix sums over the blocks, so the time is linear in the page. `NAMES` says what the columns
are; the facts of the page as a whole are the last `PAGE_FACTS` of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from store.capture.choose.blocks import Page
from store.capture.choose.elements import AROUND, LINE, Facts, read_elements
from store.capture.choose.texts import ADDRESS, OWN, Numbers, Texts, read_texts, told_by_source

Indices = npt.NDArray[np.intp]
Sums = npt.NDArray[np.float64]

UP = 5  # elements around a block that are looked at, each holding more blocks than the one before
TAGS = (
    "p li h1 h2 h3 h4 h5 h6 td th pre blockquote div span section article main dd dt figcaption a ul body header"
    " footer nav aside form summary label caption address center font".split()
)
_TAG = {tag: number for number, tag in enumerate(TAGS)}
_SOURCE = 100_000  # characters looked through for marks
_NEAR = (5, 15)  # blocks on each side
_PARAGRAPH = 15  # tokens
_TELLING = 20  # tokens
_PART = 250  # characters of one of several equal siblings that counts as a part of the page
_LARGE_PART = 800

_PLACE = (
    "place", "blocks left", "text before", "from h1", "has h1", "best container", "under main", "above main",
)  # fmt: skip
_HEADS = (
    "from heading", "heading leads away", "level of heading", "leads away", "led away near", "led away before",
    "number of part", "parts", "size of part",
)  # fmt: skip
_GROWING = ("characters", "in links", "paragraphs", "of the page", "place in it", "dates", "links a block")
_REPEATED = ("blocks of its path", "tokens of its path", "path of the page", "links of its path")
_WINDOWS = ("tokens", "in links", "words of chrome")
_WHOLE = (
    "blocks", "tokens", "in links", "telling blocks", "telling text", "has article", "has main", "articles", "forms",
    "pre", "p", "li", "table", "headings", "prices", "dates", "share of Han", "pictures", "repetition",
)  # fmt: skip
PAGE_FACTS = len(_WHOLE) + ADDRESS
NAMES = (
    *OWN,
    *LINE,
    *AROUND,
    *_PLACE,
    *_HEADS,
    *(f"{name} of {step} up" for step in range(1, UP + 1) for name in _GROWING),
    *_REPEATED,
    *(f"{name} within {reach}" for reach in _NEAR for name in _WINDOWS),
    *(f"page: {name}" for name in _WHOLE),
    *(f"source: {number}" for number in range(ADDRESS)),
)


@dataclass(slots=True)
class Features:
    """Of a page's n blocks. `numbers` (n, len(NAMES)); `tag` by TAGS; `node`, the number of the block's element.

    `starts`, `ends` (n, UP): the ranges of blocks of the elements around; `path`: equal for blocks with equal tags and
    classes on the way up; `heading`: the last heading at or before, -1: none. And what they were made from.
    """

    numbers: Numbers
    tag: npt.NDArray[np.int16]
    node: Indices
    starts: Indices
    ends: Indices
    path: Indices
    heading: Indices
    parents: Indices
    texts: Texts
    facts: Facts


def features(page: Page, source: str, url: str) -> Features:
    """The numbers of a page with at least one block; `source` is its HTML, `url` its address."""
    return _Counting(page, read_elements(page), read_texts(page)).all(source[:_SOURCE], url)


class _Counting:
    """Prefix sums of a page, and what is read off them."""

    def __init__(self, page: Page, facts: Facts, texts: Texts) -> None:
        self.page, self.facts, self.texts = page, facts, texts
        self.count = len(page.blocks)
        self.depth = [line[0] for line in facts.line]
        self.each = np.arange(self.count)
        self.node = np.array([block.node for block in page.blocks], np.intp)
        self.parents = np.array(page.parents, np.intp)
        self.first, self.last = np.array(page.first, np.intp), np.array(page.last, np.intp)
        own = texts.own.astype(np.float64)
        self.linked = np.array([block.linked for block in page.blocks], np.float64)
        self.length, self.tokens = texts.length.astype(np.float64), own[:, 0]
        self.total = float(self.tokens.sum()) or 1.0
        tag = np.array([_TAG.get(block.element.tag, len(TAGS)) for block in page.blocks], np.int16)
        self.tag = tag
        is_prose = ((tag == 0) | (self.tokens > _PARAGRAPH)) & (self.linked < 0.4 * np.maximum(self.length, 1))
        self.sums = {
            "length": _prefix(self.length),
            "linked": _prefix(self.linked),
            "prose": _prefix(np.where(is_prose, self.tokens, 0)),
            "tokens": _prefix(self.tokens),
            "dates": _prefix(own[:, OWN.index("date")]),
            "chrome": _prefix(own[:, OWN.index("words of chrome")]),
            "links": _prefix(own[:, OWN.index("links")]),
        }

    def all(self, source: str, url: str) -> Features:
        growing, starts, ends = self._growing()
        path = self._paths()
        repeated = self._repeated(path)
        heads, heading = self._heads()
        columns: list[npt.NDArray[np.floating]] = [
            self.texts.own, self._path(), self._place(), heads, growing, repeated, self._windows(),
            np.tile(np.array([*self._whole(repeated), *told_by_source(source, url)]), (self.count, 1)),
        ]  # fmt: skip
        numbers = np.column_stack(columns).astype(np.float32)
        return Features(numbers, self.tag, self.node, starts, ends, path, heading, self.parents, self.texts, self.facts)

    # --- the way up ---------------------------------------------------------------------------------------------------

    def _path(self) -> Sums:
        line = np.array(self.facts.line, np.float64)
        around = np.frombuffer(b"".join(self.facts.around), np.uint8).reshape(-1, len(AROUND))
        return np.column_stack([line[self.node], around[self.node].astype(np.float64)])

    def _growing(self) -> tuple[Sums, Indices, Indices]:
        """Of the elements around a block, each holding more blocks than the one before."""
        above = np.array(self.facts.above, np.intp)
        size = self.last - self.first
        around = np.where(size[self.node] > 1, self.node, above[self.node])
        found, starts, ends = [], [], []
        for _ in range(UP):
            start, end = self.first[around], self.last[around]
            blocks = np.maximum(end - start, 1)
            length = self._within("length", start, end)
            tokens = self._within("tokens", start, end)
            found += [
                np.log1p(length),
                self._within("linked", start, end) / np.maximum(1, length),
                self._within("prose", start, end) / np.maximum(1e-9, tokens),
                tokens / self.total,
                (self.each - start) / blocks,
                self._within("dates", start, end) / blocks,
                self._within("links", start, end) / blocks,
            ]
            starts.append(start)
            ends.append(end)
            around = above[around]
        return np.column_stack(found), np.column_stack(starts), np.column_stack(ends)

    def _within(self, name: str, start: Indices, end: Indices) -> Sums:
        return self.sums[name][end] - self.sums[name][start]

    # --- where it stands ----------------------------------------------------------------------------------------------

    def _place(self) -> Sums:
        scores, best = self._containers()
        main = int(scores.argmax())
        depth = np.array(self.depth, np.float64)
        common = np.array(self._depth_in_common(main), np.float64)
        h1 = next(iter(np.flatnonzero(self.texts.level == 1).tolist()), -1)
        from_h1 = np.clip(self.each - h1, -60, 200) / 20 if h1 >= 0 else np.full(self.count, -4.0)
        return np.column_stack(
            [
                self.each / self.count,
                np.log1p(self.count - self.each),
                self.sums["tokens"][:-1] / self.total,
                from_h1,
                np.full(self.count, float(h1 >= 0)),
                best / max(float(scores.max()), 1e-9),
                depth[self.node] - common[self.node],
                depth[main] - common[self.node],
            ]
        )

    def _containers(self) -> tuple[Sums, Sums]:
        """How much prose every element holds, near text counting more; for each block the best of those around it."""
        commas = self.texts.own[:, OWN.index("commas")] * np.maximum(self.tokens, 1)
        worth = (1 + np.minimum(self.tokens / 20, 6) + commas / 2) * (1 - self.linked / np.maximum(self.length, 1))
        worth = np.where(self.tokens >= _SHORT_PROSE, worth, 0)
        scores = np.zeros(len(self.page.elements))
        around, share, lineage = self.node, 1.0, []
        for step in range(_SCORED):
            inside = around >= 0
            np.add.at(scores, around[inside], worth[inside] * share)
            lineage.append((around, inside))
            share *= 0.7 if step == 0 else 0.5
            around = np.where(inside, self.parents[around], -1)
        best = np.zeros(self.count)
        for around, inside in lineage:
            best = np.maximum(best, np.where(inside, scores[around], 0))
        return scores, best

    def _depth_in_common(self, main: int) -> list[int]:
        """For every element the depth of the last one around both it and the main container."""
        lineage = set()
        at = main
        while at >= 0:
            lineage.add(at)
            at = self.page.parents[at]
        common: list[int] = []
        for number, parent in enumerate(self.page.parents):
            common.append(self.depth[number] if number in lineage else common[parent])
        return common

    def _heads(self) -> tuple[Sums, Indices]:
        """Of the heading over a block, and of the part of the page that it stands in."""
        level, away = self.texts.level, self.texts.leads_away.astype(np.float64)
        heads = np.flatnonzero(level)
        at = np.searchsorted(heads, self.each, side="right") - 1
        over = np.where(at >= 0, heads[np.maximum(at, 0)], -1) if len(heads) else np.full(self.count, -1)
        has = over >= 0
        led = _prefix(away)
        number, parts, size = self._parts()
        found = np.column_stack(
            [
                np.where(has, np.log1p(self.each - over), 5),
                np.where(has, away[over], 0),
                np.where(has, level[over], 0),
                away,
                led[self.each + 1] - led[np.maximum(0, self.each - 8)],
                led[self.each + 1] / (led[-1] + 1),
                np.minimum(number[self.node], 30),
                np.log1p(parts[self.node]),
                size[self.node],
            ]
        )
        return found, over.astype(np.intp)

    def _parts(self) -> tuple[Sums, Sums, Sums]:
        """Which of several equal siblings an element stands in: the second article of an endless page, the n-th card.

        Its number, how many there are, the logarithm of its size in characters; the largest such part counts.
        """
        page, shape = self.page, self.facts.shape
        characters = _prefix(np.array([len(block.text) for block in page.blocks], np.float64))
        size = (characters[self.last] - characters[self.first]).tolist()
        siblings: dict[tuple[int, str], int] = {}
        place = [0] * len(size)
        for number, parent in enumerate(page.parents):
            if size[number] > _PART:
                key = (parent, shape[number])
                place[number] = siblings.get(key, 0)
                siblings[key] = place[number] + 1
        numbers, counts, sizes = np.zeros(len(size)), np.ones(len(size)), np.zeros(len(size))
        for number, parent in enumerate(page.parents):
            if parent < 0:
                continue
            equal = siblings[parent, shape[number]] if size[number] > _PART else 0
            if equal > 1 and (size[number] > _LARGE_PART or counts[parent] <= 1):
                numbers[number], counts[number], sizes[number] = place[number], equal, math.log1p(size[number])
            else:
                numbers[number], counts[number], sizes[number] = numbers[parent], counts[parent], sizes[parent]
        return numbers, counts, sizes

    # --- what it is like ----------------------------------------------------------------------------------------------

    def _paths(self) -> Indices:
        """A number for the tags and classes of a block's element and of the two around it."""
        shape, parents = self.facts.shape, self.page.parents
        known: dict[tuple[str, ...], int] = {}
        numbers: dict[int, int] = {}
        for node in set(self.node.tolist()):
            key, at = [], node
            for _ in range(3):
                key.append(shape[at] if at >= 0 else "")
                at = parents[at] if at >= 0 else -1
            numbers[node] = known.setdefault(tuple(key), len(known))
        return np.array([numbers[node] for node in self.node.tolist()], np.intp)

    def _repeated(self, path: Indices) -> Sums:
        blocks, tokens, linked, length = (
            np.bincount(path, weights) for weights in (None, self.tokens, self.linked, self.length)
        )
        return np.column_stack(
            [
                np.log1p(blocks)[path],
                (tokens / blocks)[path],
                tokens[path] / self.total,
                (linked / np.maximum(1, length))[path],
            ]
        )

    def _windows(self) -> Sums:
        found = []
        for reach in _NEAR:
            start, end = np.maximum(0, self.each - reach), np.minimum(self.count, self.each + reach + 1)
            found += [
                self._within("tokens", start, end) / (end - start),
                self._within("linked", start, end) / np.maximum(1, self._within("length", start, end)),
                self._within("chrome", start, end) / (end - start),
            ]
        return np.column_stack(found)

    def _whole(self, repeated: Sums) -> list[float]:
        own, tags = self.texts.own, self.facts.tags
        telling = self.tokens > _TELLING
        return [
            math.log1p(self.count),
            math.log1p(self.total),
            float(self.linked.sum() / max(self.length.sum(), 1)),
            float(telling.mean()),
            float(self.tokens[telling].sum() / self.total),
            float(tags["article"] > 0),
            float(tags["main"] > 0),
            min(tags["article"], 30),
            math.log1p(tags["form"]),
            math.log1p(tags["pre"]),
            math.log1p(tags["p"]),
            math.log1p(tags["li"]),
            math.log1p(tags["table"]),
            math.log1p(tags["h2"] + tags["h3"]),
            math.log1p(float(own[:, OWN.index("price")].sum())),
            math.log1p(float(own[:, OWN.index("date")].sum())),
            float(own[:, OWN.index("share of Han")].mean()),
            math.log1p(float(own[:, OWN.index("pictures")].sum())),
            float(repeated[:, 0].mean()),
        ]


def _prefix(values: Sums) -> Sums:
    return np.concatenate([[0.0], np.cumsum(values)])


_SHORT_PROSE = 5  # tokens
_SCORED = 5  # elements around a block to which its prose counts
