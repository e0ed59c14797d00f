"""Makes store/capture/choose/model.npz from a folder of pages with ground truth, and nothing else.

    python tests/train/train.py --corpus ../shared/corpus --work DIR [--folds 0,1] [--nets 1]

1. Pages become records: features and labels of their blocks (kept in DIR).
2. Trees on four folds by host, their figures on the fifth, five times. Pages whose truth those trees cannot follow at
   all (it stops early, or takes in what no other does) weigh less for the nets.
3. With --folds, a net for each that never saw it; the figures of trees, net and both; DIR/fold-N.npz, with which
   `folds.py` measures whole captures.
4. Trees and net on all pages: DIR/model.npz. Copy it over the one that is shipped when the figures are better.

Needs, beside the program's own: torch (CPU), lightgbm, markdown-it-py. Seeds are fixed. RESULTS.md has the figures.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parents[1])]

Likely = Mapping[str, npt.NDArray[np.float64]]
T = TypeVar("T")


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--folds", default="", help="folds on which the net is measured, such as 0,1")
    parser.add_argument("--nets", type=int, default=1, help="0: trees alone")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(asked.corpus))
    train(asked.corpus, asked.work, [int(fold) for fold in asked.folds.split(",") if fold], bool(asked.nets))


def train(corpus: Path, work: Path, folds: Sequence[int], with_net: bool) -> None:
    """Measure, then make the model."""
    from score import table
    from trees import Rows, tree_arrays

    from pages import records

    found = records(corpus, work / "records.pkl")
    rows = Rows(found)
    table(found, {each.key: each.wanted.astype(np.float64) for each in found}, "labels")
    by_trees, tree_folds = _kept(work / "trees.pkl", rows.out_of_fold)
    table(found, by_trees, "trees, out of fold")
    arrays = dict(tree_arrays(rows.fit(np.ones(len(found), bool))))
    if with_net:
        doubt = _doubt(found, by_trees)
        with ProcessPoolExecutor(2) as pool:
            measured = list(pool.map(partial(_net_of_fold, work / "records.pkl", doubt), [None, *folds]))
        arrays |= measured[0][1]
        by_net = {key: value for likely, _ in measured[1:] for key, value in likely.items()}
        for fold, (_, net) in zip(folds, measured[1:], strict=True):
            np.savez_compressed(work / f"fold-{fold}.npz", **tree_folds[fold], **net)
        if by_net:
            some = [each for each in found if each.key in by_net]
            table(some, by_trees, "trees, these folds")
            table(some, by_net, "net, these folds")
            table(some, {key: _mean(by_trees[key], by_net[key]) for key in by_net}, "both, these folds")
    np.savez_compressed(work / "model.npz", **arrays)
    print(f"{work / 'model.npz'}: {(work / 'model.npz').stat().st_size:,} bytes")


def _net_of_fold(
    kept: Path, doubt: Mapping[str, float], fold: int | None
) -> tuple[Likely, dict[str, npt.NDArray[np.generic]]]:
    import net

    from pages import records

    found = records(Path(), kept)
    trained, reader = net.fit([each for each in found if each.fold != fold], doubt, 1, net.Settings())
    return net.likely(trained, reader, [each for each in found if each.fold == fold]), net.net_arrays(trained, reader)


def _doubt(records: Sequence[object], by_trees: Likely) -> dict[str, float]:
    """Weights of pages whose truth does not fit what all others teach."""
    from score import page_score

    from pages import Record
    from store.capture.choose.mend import keep

    weights = {}
    for record in records:
        assert isinstance(record, Record)
        reached = page_score(record, keep(by_trees[record.key], record.judged).kept)[2]
        is_text = record.kind in ("article", "documentation") or record.corpus not in ("wcxb_dev", "magic_forum")
        if is_text and reached < 0.5:
            weights[record.key] = 0.2
        elif reached < 0.25:
            weights[record.key] = 0.4
    return weights


def _mean(*likely: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    logits = [np.log(clipped / (1 - clipped)) for clipped in (np.clip(each, 1e-4, 1 - 1e-4) for each in likely)]
    return np.asarray(1 / (1 + np.exp(-sum(logits) / len(logits))))


def _kept(path: Path, make: Callable[[], T]) -> T:
    if not path.exists():
        path.write_bytes(pickle.dumps(make()))
    value: T = pickle.loads(path.read_bytes())
    return value


if __name__ == "__main__":
    main()
