"""The F1 of a choice of blocks from the blocks' words: no pruning, no Markdown; close to the evaluator's, and quick."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pages import Record
from store.capture.choose.mend import Kept, keep

RUN = 4
_MIX = np.uint64(0x9E3779B97F4A7C15)


def page_score(record: Record, kept: Kept) -> tuple[float, float, float]:
    """Precision, recall and F1 over runs of four words."""
    chosen = [record.words[at] for at in np.flatnonzero(kept) if len(record.words[at])]
    if not chosen:
        return 0.0, 0.0, 0.0
    found, found_counts = np.unique(_runs(np.concatenate(chosen)), return_counts=True)
    truth, truth_counts = np.unique(_runs(record.truth), return_counts=True)
    _, here, there = np.intersect1d(found, truth, return_indices=True, assume_unique=True)
    both = int(np.minimum(found_counts[here], truth_counts[there]).sum())
    precision, recall = both / found_counts.sum(), both / truth_counts.sum()
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def _runs(words: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    numbers = words.astype(np.uint64)
    if len(numbers) < RUN:
        numbers = np.pad(numbers, (0, RUN - len(numbers)))
    hashed = numbers[: len(numbers) - RUN + 1].copy()
    with np.errstate(over="ignore"):
        for step in range(1, RUN):
            hashed = (hashed * _MIX) ^ (numbers[step : len(numbers) - RUN + 1 + step] + (hashed >> np.uint64(29)))
    return hashed


def table(records: Sequence[Record], likely: Mapping[str, npt.NDArray[np.float64]], name: str) -> float:
    """Print F1 / mean page F1 over all, over Chinese, by kind; give the mean page F1."""
    groups: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for record in records:
        if record.key in likely:
            scored = page_score(record, keep(likely[record.key], record.judged).kept)
            for group in ("all", "zh" if record.language == "zh" else "", _kind(record)):
                groups[group].append(scored)
    groups.pop("", None)
    told = "  ".join(f"{group} {_f1(rows):.4f}/{_mean(rows):.4f}" for group, rows in sorted(groups.items()))
    print(f"{name} ({len(groups['all'])} pages): {told}", flush=True)
    return _mean(groups["all"])


def _kind(record: Record) -> str:
    return record.kind if record.corpus == "wcxb_dev" else record.corpus


def _f1(rows: Sequence[tuple[float, float, float]]) -> float:
    precision, recall = (statistics.mean(row[at] for row in rows) for at in (0, 1))
    return 2 * precision * recall / max(1e-9, precision + recall)


def _mean(rows: Sequence[tuple[float, float, float]]) -> float:
    return statistics.mean(row[2] for row in rows)
