"""The trees: LightGBM with an objective of our own, and their arrays as the model file has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from pages import FOLDS, Record

Numbers = npt.NDArray[np.float64]

_ROUNDS = 120
_SETTINGS = {
    "learning_rate": 0.12, "num_leaves": 16, "min_data_in_leaf": 60, "feature_fraction": 0.4, "bagging_fraction": 0.6,
    "bagging_freq": 1, "lambda_l2": 5, "max_bin": 63, "seed": 7, "deterministic": True, "force_row_wise": True,
    "num_threads": 2, "verbose": -1,
}  # fmt: skip
_A_PAGE = 100.0  # the weight of each page
_POWER = 0.6  # of a block's words in its weight
_LEAST_COVERED = 0.7  # a truth of which less is in blocks says nothing about blocks
_CHINESE, _NOTICES = 3.0, 0.5  # few pages of the first, many alike of the second


def page_weight(record: Record) -> float:
    """How much a page counts in training."""
    if record.covered < _LEAST_COVERED:
        return 0.0
    if record.corpus == "govcn":
        return _NOTICES
    return _CHINESE if record.language == "zh" else 1.0


class Rows:
    """The blocks of many pages, one under the other."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self.numbers = np.vstack([np.column_stack([each.found.numbers, each.found.tag]) for each in records])
        self.wanted = np.concatenate([each.wanted for each in records]).astype(np.float64)
        self.page = np.repeat(np.arange(len(records)), [len(each.wanted) for each in records])
        text = np.concatenate([each.judged.has_text for each in records])
        self.words = np.concatenate([each.sizes for each in records]) * text
        share = np.power(self.words + 1, _POWER) * text
        share = share / np.bincount(self.page, share)[self.page]
        self.weight = share * _A_PAGE * np.array([page_weight(each) for each in records])[self.page]

    def fit(self, inside: npt.NDArray[np.bool_]) -> lightgbm.Booster:
        """Trees on these pages."""
        rows = np.flatnonzero(inside[self.page] & (self.weight > 0))
        goal = _page_f1(self.wanted[rows], self.weight[rows], self.words[rows], self.page[rows])
        data = lightgbm.Dataset(self.numbers[rows], self.wanted[rows])
        return lightgbm.train({**_SETTINGS, "objective": goal}, data, _ROUNDS)

    def out_of_fold(self) -> tuple[dict[str, Numbers], list[dict[str, npt.NDArray[Any]]]]:
        """The likelihoods of each page by trees that never saw its fold, and these trees, fold by fold."""
        fold = np.array([each.fold for each in self.records])
        found: dict[str, Numbers] = {}
        arrays = []
        for left_out in range(FOLDS):
            booster = self.fit(fold != left_out)
            arrays.append(dict(tree_arrays(booster)))
            for at in np.flatnonzero(fold == left_out):
                logits = np.asarray(booster.predict(self.numbers[self.page == at], raw_score=True))
                found[self.records[at].key] = 1 / (1 + np.exp(-logits))
        return found, arrays


def _page_f1(wanted: Numbers, weight: Numbers, words: Numbers, page: npt.NDArray[np.intp]) -> Callable[..., Any]:
    """Cross-entropy, and as much again of 1 - the page's soft F1 over words."""
    _, group = np.unique(page, return_inverse=True)
    pages = int(group.max()) + 1
    scale, true = np.bincount(group, weight, pages), np.bincount(group, words * wanted, pages)

    def slopes(raw: Numbers, _: lightgbm.Dataset) -> tuple[Numbers, Numbers]:
        likely = 1 / (1 + np.exp(-raw))
        hit = np.bincount(group, words * likely * wanted, pages)[group]
        both = (np.bincount(group, words * likely, pages) + true + 1)[group]
        doubt = likely * (1 - likely)
        soft = scale[group] * -(2 * wanted * both - 2 * hit) / both**2 * words * doubt
        return weight * (likely - wanted) + soft, weight * doubt + np.abs(soft) / 2 + 1e-6

    return slopes


def tree_arrays(booster: lightgbm.Booster) -> Mapping[str, npt.NDArray[Any]]:
    """Inner nodes in one table; a child below 0 is the leaf of that number, counted from -1 down."""
    nodes: list[tuple[int, float]] = []
    children: list[list[int]] = []
    leaves: list[float] = []

    def add(node: dict[str, Any]) -> int:
        if "split_feature" not in node:
            leaves.append(node["leaf_value"])
            return -len(leaves)
        at = len(nodes)
        nodes.append((node["split_feature"], node["threshold"]))
        children.append([0, 0])
        children[at][:] = add(node["right_child"]), add(node["left_child"])
        return at

    roots = [add(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    limits = np.array([limit for _, limit in nodes])
    rounded = limits.astype(np.float32)
    rounded = np.where(rounded < limits, np.nextafter(rounded, np.float32(np.inf)), rounded)  # `<=` survives rounding
    more, less = np.array(children, np.int16).T
    return {
        "trees column": np.array([column for column, _ in nodes], np.int16),
        "trees limit": rounded,
        "trees more": more,
        "trees less": less,
        "trees leaf": np.array(leaves, np.float16),
        "trees root": np.array(roots, np.int16),
    }
