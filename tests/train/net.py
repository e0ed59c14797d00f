"""The net, in torch for training; store/capture/choose/model.py runs the same with numpy."""

from __future__ import annotations

import copy
import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional
from trees import page_weight

from pages import Record
from store.capture.choose.features import PAGE_FACTS, TAGS, UP
from store.capture.choose.model import LINEAGE, OUTLIER, bags, lineages, packed, vocabulary

KINDS = ("article", "documentation", "forum", "product", "listing", "collection", "service")


@dataclass(frozen=True, slots=True)
class Settings:
    """`hidden`, `embedded`: widths of a layer and of a word; `names`, `words`: how many are known."""

    hidden: int = 48
    embedded: int = 8
    names: int = 600
    words: int = 600
    hosts: int = 8  # a word must be seen on
    epochs: int = 8
    pages: int = 10  # a step
    rate: float = 3e-3
    decay: float = 0.05
    averaged: float = 0.99
    drop_inputs: float = 0.2
    drop_hidden: float = 0.3
    drop_words: float = 0.35
    drop_facts: float = 0.4
    drop_fact: float = 0.2
    kind: float = 0.1  # share of the loss


class Net(nn.Module):
    """Two layers over what a block is, each adding what stands around it."""

    def __init__(self, columns: int, names: int, words: int, settings: Settings) -> None:
        super().__init__()
        width, embedded = settings.hidden, settings.embedded
        self.settings = settings
        self.names = nn.EmbeddingBag(names, embedded, mode="sum")
        self.words = nn.EmbeddingBag(words, embedded, mode="mean")
        self.tags = nn.Embedding(len(TAGS) + 1, 8)
        for table in (self.names, self.words, self.tags):
            nn.init.normal_(table.weight, std=0.1)
        self.first = nn.Linear(columns + 8 + 6 * embedded, width)
        self.layers = nn.ModuleList([nn.Linear(width * (UP + 5), width) for _ in range(2)])
        self.last = nn.Linear(width, 1)
        self.kind = nn.Linear(width, len(KINDS))

    def forward(self, pages: Batch) -> tuple[Tensor, Tensor]:
        """The logit of every block, and what is thought of every page's kind."""
        hidden = functional.relu(self.first(self._drop(self._read(pages), self.settings.drop_inputs)))
        each = torch.arange(len(hidden))
        before, behind = torch.clamp(each - 1, min=0), torch.clamp(each + 1, max=len(hidden) - 1)
        has_before = (each > pages.first).float()[:, None]
        has_behind = (each < pages.behind - 1).float()[:, None]
        sizes = torch.bincount(pages.path).clamp(min=1)[:, None]
        mean = hidden
        for layer in self.layers:
            hidden = self._drop(hidden, self.settings.drop_hidden)
            sums = torch.cat([torch.zeros(1, hidden.shape[1]), hidden.cumsum(0)])
            parts = [hidden, hidden[before] * has_before, hidden[behind] * has_behind]
            for step in range(UP):
                start, end = pages.starts[:, step], pages.ends[:, step]
                parts.append((sums[end] - sums[start]) / (end - start).clamp(min=1)[:, None])
            mean = (sums[pages.behind] - sums[pages.first]) / (pages.behind - pages.first)[:, None]
            alike = torch.zeros(len(sizes), hidden.shape[1]).index_add(0, pages.path, hidden) / sizes
            hidden = hidden + functional.relu(layer(torch.cat([*parts, mean, alike[pages.path]], 1)))
        return self.last(hidden)[:, 0], self.kind(mean[pages.tops])

    def _read(self, pages: Batch) -> Tensor:
        numbers = pages.numbers
        if self.training:
            facts = (torch.rand(len(pages.tops), 1) > self.settings.drop_facts).float()
            facts = facts * (torch.rand(len(pages.tops), PAGE_FACTS) > self.settings.drop_fact).float()
            numbers = torch.cat([numbers[:, :-PAGE_FACTS], numbers[:, -PAGE_FACTS:] * facts[pages.page]], 1)
        names = self.names(*self._drop_words(*pages.names))
        way = torch.cat([torch.zeros(1, names.shape[1]), names])[pages.lineage]
        words = self.words(*self._drop_words(*pages.words))
        over = words[pages.heading.clamp(min=0)] * (pages.heading >= 0).float()[:, None]
        above = (way[:, 1] + way[:, 2]) * 0.5
        read = [numbers, self.tags(pages.tag), way[:, 0], above, way.sum(1) * 0.3, way.max(1).values, words, over]
        return torch.cat(read, 1)

    def _drop(self, values: Tensor, share: float) -> Tensor:
        return functional.dropout(values, share, self.training)

    def _drop_words(self, words: Tensor, starts: Tensor) -> tuple[Tensor, Tensor]:
        if not self.training or not len(words):
            return words, starts
        stays = torch.rand(len(words)) > self.settings.drop_words
        return words[stays], torch.cat([torch.zeros(1, dtype=torch.long), stays.long().cumsum(0)])[starts]


@dataclass(slots=True)
class Batch:
    """The blocks of some pages, one page under the other; all indices count from the top."""

    numbers: Tensor
    tag: Tensor
    lineage: Tensor
    names: tuple[Tensor, Tensor]
    words: tuple[Tensor, Tensor]
    starts: Tensor
    ends: Tensor
    path: Tensor
    heading: Tensor
    page: Tensor
    first: Tensor
    behind: Tensor
    tops: Tensor
    wanted: Tensor
    sizes: Tensor


class Reader:
    """Records as tensors: numbers by mean and spread, words by their place in the vocabulary."""

    def __init__(self, records: Sequence[Record], settings: Settings) -> None:
        numbers = np.vstack([each.found.numbers for each in records])
        self.mean, self.spread = numbers.mean(0), numbers.std(0) + 1e-3
        names, words = _vocabularies(records, settings)
        self.names = {name: at for at, name in enumerate(names)}
        self.words = {word: at for at, word in enumerate(words)}

    def batch(self, records: Sequence[Record]) -> Batch:
        """Some pages as one."""
        counts = [len(each.wanted) for each in records]
        tops = np.cumsum([0, *counts])[:-1]
        lineage, names = self._lineages(records)
        path, paths = [], 0
        for each in records:
            path.append(each.found.path + paths)
            paths += int(each.found.path.max()) + 1
        over = [
            np.where(each.found.heading >= 0, each.found.heading + top, -1)
            for each, top in zip(records, tops, strict=True)
        ]
        found = [each.found for each in records]
        numbers = np.vstack([each.numbers for each in found])
        return Batch(
            numbers=_floats(np.clip((numbers - self.mean) / self.spread, -OUTLIER, OUTLIER)),
            tag=_longs(np.concatenate([each.tag for each in found])),
            lineage=_longs(lineage),
            names=names,
            words=_bagged([row for each in found for row in each.texts.words], self.words),
            starts=_longs(np.vstack([each.starts + top for each, top in zip(found, tops, strict=True)])),
            ends=_longs(np.vstack([each.ends + top for each, top in zip(found, tops, strict=True)])),
            path=_longs(np.concatenate(path)),
            heading=_longs(np.concatenate(over)),
            page=_longs(np.repeat(np.arange(len(records)), counts)),
            first=_longs(np.repeat(tops, counts)),
            behind=_longs(np.repeat(tops + counts, counts)),
            tops=_longs(tops),
            wanted=_floats(np.concatenate([each.wanted for each in records])),
            sizes=_floats(np.concatenate([each.sizes * each.judged.has_text for each in records])),
        )

    def _lineages(self, records: Sequence[Record]) -> tuple[npt.NDArray[np.intp], tuple[Tensor, Tensor]]:
        rows: list[tuple[str, ...]] = []
        places = []
        for each in records:
            used, place = np.unique(lineages(each.found.node, each.found.parents), return_inverse=True)
            number = np.where(used >= 0, np.arange(len(used)) + len(rows) + 1, 0)  # 0: past the top
            rows += [each.found.facts.names[at] if at >= 0 else () for at in used.tolist()]
            places.append(number[place.reshape(-1, LINEAGE)])
        return np.vstack(places), _bagged(rows, self.names)


def _bagged(rows: Sequence[Sequence[str]], known: Mapping[str, int]) -> tuple[Tensor, Tensor]:
    found = bags(rows, known)
    starts = np.full(len(rows) + 1, len(found.words))
    starts[found.rows] = found.starts
    starts = np.minimum.accumulate(starts[::-1])[::-1][:-1]  # an empty row begins where the next one does
    return _longs(found.words), _longs(starts)


def _floats(values: npt.NDArray[Any]) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))


def _longs(values: npt.NDArray[Any]) -> Tensor:
    return torch.from_numpy(values.astype(np.int64))


# --- words ------------------------------------------------------------------------------------------------------------


def _vocabularies(records: Sequence[Record], settings: Settings) -> tuple[list[str], list[str]]:
    """The names and words that are seen on enough hosts and tell content from the rest best."""
    names, words = _Telling(settings.hosts), _Telling(settings.hosts)
    for record in records:
        weight = np.sqrt(record.sizes + 1)
        weight = weight / weight.sum()
        share: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for lineage, some, wanted in zip(
            lineages(record.found.node, record.found.parents)[:, :10].tolist(), weight, record.wanted, strict=True
        ):
            for at in lineage:
                if at > 0:
                    share[at][0] += some
                    share[at][1] += some * wanted
        for at, (all_, wanted) in share.items():
            for name in record.found.facts.names[at]:
                names.add(name, record.host, all_, wanted)
        for row, wanted, size in zip(record.found.texts.words, record.wanted, record.found.texts.tokens, strict=True):
            for word in set(row):
                words.add(word, record.host, float(size), float(size * wanted))
    return names.best(settings.names), words.best(settings.words)


class _Telling:
    def __init__(self, hosts: int) -> None:
        self._least = hosts
        self._hosts: dict[str, set[str]] = defaultdict(set)
        self._sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])

    def add(self, word: str, host: str, all_: float, wanted: float) -> None:
        self._hosts[word].add(host)
        self._sums[word][0] += all_
        self._sums[word][1] += wanted

    def best(self, count: int) -> list[str]:
        every, wanted = (sum(sums[at] for sums in self._sums.values()) for at in (0, 1))
        usual = wanted / max(1e-9, every)

        def worth(word: str) -> float:
            all_, kept = self._sums[word]
            return float(((kept + 0.3 * usual) / (all_ + 0.3) - usual) ** 2 * len(self._hosts[word]))

        seen = [word for word, hosts in self._hosts.items() if len(hosts) >= (4 if _is_han(word) else self._least)]
        return sorted(sorted(seen), key=worth, reverse=True)[:count]


def _is_han(word: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in word)


# --- training ---------------------------------------------------------------------------------------------------------


def fit(records: Sequence[Record], doubt: Mapping[str, float], seed: int, settings: Settings) -> tuple[Net, Reader]:
    """A net on these pages, its weights a moving average. Deterministic on one thread."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    shuffled = random.Random(seed)
    records = [record for record in records if page_weight(record) > 0]
    reader = Reader(records, settings)
    net = Net(records[0].found.numbers.shape[1], len(reader.names), len(reader.words), settings)
    averaged = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=settings.rate, weight_decay=settings.decay)
    steps = settings.epochs * math.ceil(len(records) / settings.pages)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps, pct_start=0.15)
    step = 0
    for epoch in range(settings.epochs):
        net.train()
        order = list(records)
        shuffled.shuffle(order)
        total = 0.0
        for at in range(0, len(order), settings.pages):
            some = order[at : at + settings.pages]
            loss = _loss(net, reader.batch(some), some, doubt, settings)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            step += 1
            _average(averaged, net, min(settings.averaged, (1 + step) / (10 + step)))
            total += loss.item() * len(some)
        print(f"  net {seed}, epoch {epoch + 1}: loss {total / len(order):.4f}", flush=True)
    return averaged.eval(), reader


def _average(averaged: Net, net: Net, stays: float) -> None:
    with torch.no_grad():
        for mean, value in zip(averaged.parameters(), net.parameters(), strict=True):
            mean.mul_(stays).add_(value, alpha=1 - stays)


def _loss(net: Net, pages: Batch, records: Sequence[Record], doubt: Mapping[str, float], settings: Settings) -> Tensor:
    """By page: cross-entropy over blocks, 1 - soft F1 over words; and a little of the page's kind."""
    logits, kinds = net(pages)
    count = len(records)
    weight = torch.tensor([page_weight(each) * doubt.get(each.key, 1.0) for each in records])
    share = (pages.sizes + 1) ** 0.6 * (pages.sizes > 0)
    entropy = functional.binary_cross_entropy_with_logits(logits, pages.wanted, reduction="none") * share
    entropy = _by_page(entropy, pages, count) / _by_page(share, pages, count).clamp(min=1e-6)
    likely = torch.sigmoid(logits)
    hit = _by_page(pages.sizes * likely * pages.wanted, pages, count)
    both = _by_page(pages.sizes * likely, pages, count) + _by_page(pages.sizes * pages.wanted, pages, count)
    loss = ((entropy + 1 - 2 * hit / (both + 1)) * weight).sum() / weight.sum()
    known = torch.tensor(
        [KINDS.index(each.kind) if each.corpus == "wcxb_dev" and each.kind in KINDS else -1 for each in records]
    )
    if (known >= 0).any():
        loss = loss + settings.kind * functional.cross_entropy(kinds[known >= 0], known[known >= 0])
    return loss


def _by_page(values: Tensor, pages: Batch, count: int) -> Tensor:
    return torch.zeros(count).index_add(0, pages.page, values)


def likely(net: Net, reader: Reader, records: Sequence[Record]) -> dict[str, npt.NDArray[np.float64]]:
    """What it thinks of these pages."""
    with torch.no_grad():
        return {each.key: torch.sigmoid(net(reader.batch([each]))[0]).numpy().astype(np.float64) for each in records}


def net_arrays(net: Net, reader: Reader) -> dict[str, npt.NDArray[Any]]:
    """As the model file has it."""
    state = {name: value.numpy() for name, value in net.state_dict().items()}
    arrays: dict[str, npt.NDArray[Any]] = {
        "net mean": reader.mean.astype(np.float32),
        "net spread": reader.spread.astype(np.float32),
        "net vocabulary": vocabulary(list(reader.names), list(reader.words)),
        "net first bias": state["first.bias"].astype(np.float16),
        "net layer 0 bias": state["layers.0.bias"].astype(np.float16),
        "net layer 1 bias": state["layers.1.bias"].astype(np.float16),
        "net last bias": state["last.bias"].astype(np.float32),
    }
    for name, key in {
        "names": "names.weight", "words": "words.weight", "tags": "tags.weight", "first": "first.weight",
        "layer 0": "layers.0.weight", "layer 1": "layers.1.weight", "last": "last.weight",
    }.items():  # fmt: skip
        arrays[f"net {name}"], arrays[f"net {name} scale"] = packed(state[key])
    return arrays
