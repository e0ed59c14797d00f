"""The table of RESULTS.md: pagelog, trafilatura and readability-lxml on the same pages in one run, kind by kind.

    PAGELOG_FOLDS=DIR python tests/train/compare.py ../shared/corpus

pagelog's figures are those of models that never saw the page's site (`train.py --folds 0,1,2,3,4`). Needs, beside the
program's own: trafilatura, readability-lxml, markdown-it-py. Takes some ten minutes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_THEM = {
    "pagelog": "folds:capture",
    "trafilatura": "anchors:by_trafilatura",
    "readability": "anchors:by_readability",
}
_STRUCTURE = ("head", "li", "cell", "code", "link")


def main() -> None:
    """Run all three, print Markdown."""
    corpus = Path(sys.argv[1]).resolve()
    totals = {name: _totals(corpus, callable_) for name, callable_ in _THEM.items()}
    print(f"| | pages | {' | '.join(totals)} |\n|---|---|{'---|' * len(totals)}")
    for group, ours in totals["pagelog"].items():
        if isinstance(ours, dict) and ours.get("F1"):
            cells = (f"{each[group]['F1']:.3f} {each[group]['mF1']:.3f}" for each in totals.values())
            print(f"| {group} | {ours['n']} | {' | '.join(cells)} |")
    for name, each in totals.items():
        print(f"\n{name}: {_told(each['ALL'])}; Chinese: {_told(each['ALL zh'])}")


def _totals(corpus: Path, callable_: str) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        evaluate = [str(corpus / "evaluate.py"), "--callable", callable_, "--jobs", "2", "--json", file.name]
        paths = [str(_HERE), str(_HERE.parents[1]), str(corpus), os.environ.get("PYTHONPATH", "")]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"}
        subprocess.run([sys.executable, *evaluate], check=True, env=env, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.load(file)
        return found


def _told(totals: dict[str, Any]) -> str:
    structure = ", ".join(
        f"{name} {totals[name]['R']:.2f}/{totals[name]['P']:.2f}" for name in _STRUCTURE if name in totals
    )
    facts = ", ".join(f"{name} {totals[name]['share']:.2f}" for name in ("title", "author", "date") if name in totals)
    return f"{structure}; {facts}; {totals['ms']['p50']:.0f} ms p50, {totals['ms']['p95']:.0f} p95"


if __name__ == "__main__":
    main()
