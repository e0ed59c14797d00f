"""How likely every block of a page belongs to its article: small trees and one small net, their logits averaged.

The arrays stand in `model.npz`, made by `tests/train/`; numpy alone runs them. Trees read the numbers of a block; the
net also reads the words of the text, of the heading over it and of the classes on the way up, and sees every block
between its neighbours: the one before, the one behind, the elements around, blocks of the same shape, the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from store.capture.choose.features import UP, Features
from store.capture.choose.texts import Numbers

Arrays = Mapping[str, npt.NDArray[np.generic]]

LINEAGE = 12  # elements on the way up whose names are read
OUTLIER = 5.0  # standard deviations
SURE = 9.2  # logit of .9999


def unpacked(arrays: Arrays, name: str) -> Numbers:
    """A matrix kept as rows of int8 with a scale each."""
    return arrays[name].astype(np.float32) * arrays[f"{name} scale"].astype(np.float32)[:, None]


class Trees:
    """All trees as one table, walked together a level at a time.

    In the file a negative child is a leaf. Here leaves are nodes behind the others and their own children, so that all
    rows walk as far as the deepest leaf: quicker than looking who has arrived.
    """

    def __init__(self, arrays: Arrays) -> None:
        leaf, inner = arrays["trees leaf"].astype(np.float32), len(arrays["trees column"])
        padding = np.zeros(len(leaf), np.intp)
        self._column = np.concatenate([arrays["trees column"].astype(np.intp), padding])
        self._limit = np.concatenate([arrays["trees limit"].astype(np.float32), padding.astype(np.float32)])
        children = np.stack([arrays["trees more"], arrays["trees less"]], 1).astype(np.intp)
        leaves = np.arange(inner, inner + len(leaf))
        children = np.concatenate(
            [np.where(children < 0, inner - children - 1, children), leaves[:, None].repeat(2, 1)]
        )
        self._children = children.ravel()
        self._leaf = np.concatenate([np.zeros(inner, np.float32), leaf])
        self._root = arrays["trees root"].astype(np.intp)
        self._depth = self._deepest(inner)

    def _deepest(self, inner: int) -> int:
        depth, nodes = 0, self._root
        while (nodes < inner).any():
            depth, nodes = depth + 1, self._children.reshape(-1, 2)[nodes].ravel()
            nodes = nodes[nodes < inner]
        return depth

    def logits(self, numbers: Numbers) -> Numbers:
        """`numbers` (n, columns); the sum of the leaves that every row reaches."""
        rows, width = numbers.shape
        flat = np.ascontiguousarray(numbers, np.float32).ravel()
        node = np.tile(self._root, rows)
        offset = np.repeat(np.arange(rows, dtype=np.intp) * width, len(self._root))
        for _ in range(self._depth):
            is_less = flat.take(offset + self._column.take(node)) <= self._limit.take(node)
            node = self._children.take(2 * node + is_less)
        found: Numbers = self._leaf.take(node).reshape(rows, -1).sum(1)
        return found


@dataclass(frozen=True, slots=True)
class Bags:
    """Numbers of known words, row after row: `words`, where each row that has some begins, and which rows these are."""

    words: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    rows: npt.NDArray[np.intp]


def bags(rows: Iterable[Iterable[str]], known: Mapping[str, int]) -> Bags:
    """The words of every row that are known."""
    words: list[int] = []
    starts: list[int] = []
    filled: list[int] = []
    for number, row in enumerate(rows):
        before = len(words)
        words += [known[word] for word in row if word in known]
        if len(words) > before:
            starts.append(before)
            filled.append(number)
    return Bags(np.array(words, np.intp), np.array(starts, np.intp), np.array(filled, np.intp))


def lineages(node: npt.NDArray[np.intp], parents: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """(n, LINEAGE): the numbers of the element of each block and of those around it; -1 past the top."""
    found = np.empty((len(node), LINEAGE), np.intp)
    at = node
    for step in range(LINEAGE):
        found[:, step] = at
        at = np.where(at >= 0, parents[at], -1)
    return found


class Net:
    """Two layers over what a block is, each adding what stands around it."""

    def __init__(self, arrays: Arrays) -> None:
        self._names, self._words, self._tags = (unpacked(arrays, f"net {name}") for name in ("names", "words", "tags"))
        self._mean, self._spread = arrays["net mean"].astype(np.float32), arrays["net spread"].astype(np.float32)
        self._first = unpacked(arrays, "net first").T.copy(), arrays["net first bias"].astype(np.float32)
        self._layers = [
            (unpacked(arrays, f"net layer {n}").T.copy(), arrays[f"net layer {n} bias"].astype(np.float32))
            for n in range(2)
        ]
        self._last = unpacked(arrays, "net last")[0], float(arrays["net last bias"].astype(np.float32)[0])
        names, words = json.loads(bytes(arrays["net vocabulary"].astype(np.uint8)).decode())
        self._known_names = {name: number for number, name in enumerate(names)}
        self._known_words = {word: number for number, word in enumerate(words)}

    def logits(self, page: Features) -> Numbers:
        """One for every block."""
        rows = len(page.node)
        weights, bias = self._first
        hidden = np.maximum(self._read(page) @ weights + bias, 0)
        order = np.argsort(page.path, kind="stable")
        _, starts, counts = np.unique(page.path[order], return_index=True, return_counts=True)
        one_per = 1 / np.maximum(page.ends - page.starts, 1).astype(np.float32)
        for weights, bias in self._layers:
            width = hidden.shape[1]
            sums = np.zeros((rows + 1, width), np.float32)
            np.cumsum(hidden, 0, out=sums[1:])
            alike = np.add.reduceat(hidden[order], starts, 0) / counts[:, None].astype(np.float32)
            seen = np.zeros((rows, width * (UP + 5)), np.float32)
            seen[:, :width] = hidden
            seen[1:, width : 2 * width] = hidden[:-1]
            seen[:-1, 2 * width : 3 * width] = hidden[1:]
            for step in range(UP):
                around = (sums[page.ends[:, step]] - sums[page.starts[:, step]]) * one_per[:, step, None]
                seen[:, (3 + step) * width : (4 + step) * width] = around
            seen[:, -2 * width : -width] = sums[-1] / rows
            seen[:, -width:] = alike[page.path]
            hidden = hidden + np.maximum(seen @ weights + bias, 0)
        weights, shift = self._last
        found: Numbers = hidden @ weights + np.float32(shift)
        return found

    def _read(self, page: Features) -> Numbers:
        """Numbers, tag, names on the way up, words of the text and of its heading."""
        numbers = np.clip((page.numbers - self._mean) / self._spread, -OUTLIER, OUTLIER)
        texts = self._mean_words(page)
        over = np.where(page.heading[:, None] >= 0, texts[page.heading], 0)
        return np.concatenate([numbers, self._tags[page.tag], self._read_names(page), texts, over], 1)

    def _mean_words(self, page: Features) -> Numbers:
        found = np.zeros((len(page.node), self._words.shape[1]), np.float32)
        known = bags(page.texts.words, self._known_words)
        if len(known.words):
            sizes = np.diff(np.append(known.starts, len(known.words))).astype(np.float32)
            found[known.rows] = np.add.reduceat(self._words[known.words], known.starts, 0) / sizes[:, None]
        return found

    def _read_names(self, page: Features) -> Numbers:
        """Its own, the mean of the two above, the sum and the maximum of all."""
        lineage = lineages(page.node, page.parents) + 1  # 0: past the top
        is_used = np.zeros(len(page.parents) + 1, bool)
        is_used[lineage] = True
        used = np.flatnonzero(is_used) - 1
        known = bags((page.facts.names[at] if at >= 0 else () for at in used.tolist()), self._known_names)
        each = np.zeros((len(used), self._names.shape[1]), np.float32)
        if len(known.words):
            each[known.rows] = np.add.reduceat(self._names[known.words], known.starts, 0)
        way = each[(np.cumsum(is_used) - 1)[lineage]]
        above = (way[:, 1] + way[:, 2]) * np.float32(0.5)
        return np.concatenate([way[:, 0], above, way.sum(1) * np.float32(0.3), way.max(1)], 1)


class Model:
    """Trees, and a net where the file has one."""

    def __init__(self, arrays: Arrays) -> None:
        self._trees = Trees(arrays)
        self._net = Net(arrays) if "net mean" in arrays else None

    def likely(self, page: Features) -> Numbers:
        """How likely every block is of the article, 0 to 1."""
        logits = [self._trees.logits(np.column_stack([page.numbers, page.tag]))]
        if self._net is not None:
            logits.append(self._net.logits(page))
        mean = sum(np.clip(each, -SURE, SURE) for each in logits) / len(logits)
        found: Numbers = (1 / (1 + np.exp(-mean))).astype(np.float32)
        return found


@lru_cache(maxsize=1)
def model() -> Model:
    """The one that is shipped."""
    with files("store.capture.choose").joinpath("model.npz").open("rb") as file, np.load(file) as arrays:
        return Model(dict(arrays))


def packed(weights: Numbers) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """A matrix as rows of int8 with a scale each: what `unpacked` reads."""
    scale = np.abs(weights).max(1) / 127 + 1e-12
    return np.round(weights / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def vocabulary(names: Sequence[str], words: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Both lists as the file has them."""
    text = json.dumps([list(names), list(words)], ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(text.encode(), np.uint8)
