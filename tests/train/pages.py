"""Pages with ground truth as records to train on: features and labels of their blocks."""

from __future__ import annotations

import gzip
import json
import pickle
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import evaluate  # the corpus' own
import numpy as np
import numpy.typing as npt
from labels import labels

from store.capture.charset import decode
from store.capture.choose.blocks import cut
from store.capture.choose.choice import MOST
from store.capture.choose.features import Features, features
from store.capture.choose.mend import Judged, judged
from store.capture.tree import parse
from store.errors import PagelogError

FOLDS = 5
_PLACELESS = ("example", "fakehost", "localhost")


@dataclass(slots=True)
class Record:
    """One page. `wanted` by block; `sizes`: its words; `truth` and `words`: hashed runs, for the page's own F1."""

    key: str
    corpus: str
    kind: str
    language: str
    host: str
    fold: int
    found: Features
    judged: Judged
    wanted: npt.NDArray[np.float32]
    sizes: npt.NDArray[np.float32]
    truth: npt.NDArray[np.uint32]
    words: list[npt.NDArray[np.uint32]]

    @property
    def covered(self) -> float:
        """The share of the truth that is in blocks."""
        return float((self.sizes * self.wanted).sum() / max(1, len(self.truth)))


def records(corpus: Path, kept: Path) -> list[Record]:
    """Those of a folder laid out like the shared corpus; made once, then read from `kept`."""
    if kept.exists():
        with kept.open("rb") as file:
            return list(pickle.load(file))
    index = [json.loads(line) for line in (corpus / "index.jsonl").open(encoding="utf-8")]
    pages = [page for page in index if any(page.get(name) for name in ("gt_text", "gt_md", "gt_html"))]
    with ProcessPoolExecutor(2) as pool:
        found = [record for record in pool.map(_record, [(corpus, page) for page in pages], chunksize=8) if record]
    with kept.open("wb") as file:
        pickle.dump(found, file, protocol=5)
    return found


def _record(job: tuple[Path, dict[str, str]]) -> Record | None:
    corpus, told = job
    data = (corpus / told["file"]).read_bytes()
    source = decode(gzip.decompress(data) if told["file"].endswith(".gz") else data, None).text
    url = told.get("url") or ""
    try:
        page = cut(parse(source, url))
    except PagelogError:
        return None
    truth = evaluate.tokens(_truth(told))
    if not page.blocks or len(page.blocks) > MOST or not truth:
        return None
    found = features(page, source, url)
    words = [evaluate.tokens(block.text) for block in page.blocks]
    numbers: dict[str, int] = {}
    host = host_of_page(url)
    return Record(
        key=f"{told['corpus']}/{told['id']}",
        corpus=told["corpus"],
        kind=told.get("page_type") or "",
        language=told.get("lang") or "",
        host=host,
        fold=zlib.crc32(host.encode()) % FOLDS,
        found=found,
        judged=judged(page, found),
        wanted=np.array(labels(words, truth), np.float32),
        sizes=np.array([len(each) for each in words], np.float32),
        truth=_numbered(truth, numbers),
        words=[_numbered(each, numbers) for each in words],
    )


def _truth(told: dict[str, str]) -> str:
    if told.get("gt_text"):
        return told["gt_text"]
    dom = evaluate.markdown_to_dom(told["gt_md"]) if told.get("gt_md") else evaluate.to_dom(told["gt_html"])
    return str(evaluate.dom_text(dom))


def _numbered(words: list[str], numbers: dict[str, int]) -> npt.NDArray[np.uint32]:
    return np.array([numbers.setdefault(word, len(numbers) + 1) for word in words], np.uint32)


def host_of_page(url: str) -> str:
    """The registered domain, so pages of one site are in one fold; a made-up address is a site of its own."""
    try:
        host = urlsplit(url).netloc.lower().split(":")[0]
    except ValueError:
        host = ""
    if not host or host.startswith(_PLACELESS):
        return url
    parts = host.split(".")
    national = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3 if national else -2 :])


def by_fold(found: list[Record], fold: int) -> Iterator[Record]:
    """Those of one fold."""
    return (record for record in found if record.fold == fold)
