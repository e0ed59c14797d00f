"""YAML text as plain nodes, read by PyYAML: the only module that imports it.

Rules
- A scalar is text in its source spelling: `no`, `2024`, `1e3`, `~`, `2026-11-22` are what they look like.
- Plain data only: no alias, anchor or tag, no key twice, no key that is not text, DEEPEST levels at most.
- Built from events, not by PyYAML's composer: that of libyaml expands aliases before anyone can refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from store.frontmatter.form import UnreadableFront, quote, write_key

DEEPEST = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_IN_FLOW = re.compile(r"~|[-+]?\.?\w[\w.+/-]*(?::[\w.+/-]+)*(?: [\w.+/-]+(?::[\w.+/-]+)*)*")
_COMMENT = re.compile(r"#.*")
_HEADER_COMMENT = re.compile(r"[|>][^#\n]*[ \t](#.*)")

Event = Any  # PyYAML's stubs leave the events' attributes open
Value = str | None | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """`plain`: without quotes, so an empty one says nothing at all."""

    text: str
    plain: bool

    @property
    def absent(self) -> bool:
        """A key with nothing behind it."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map, in its order."""

    pairs: tuple[tuple[str, Node], ...]


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair of the outermost map with its own lines: verbatim, or made anew when the map was in braces."""

    key: str
    node: Node
    lines: str


def entries(text: str) -> tuple[str, tuple[Entry, ...]]:
    """The lines before the first key, and the pairs of the outermost map. Raises UnreadableFront."""
    try:
        return _entries(text, yaml.parse(text, Loader=_LOADER))
    except (yaml.YAMLError, ValueError, RecursionError):
        raise UnreadableFront("syntax") from None


def value_of(node: Node) -> Value:
    """The node as plain data: text, None (nothing written), lists and dictionaries."""
    if isinstance(node, Scalar):
        return None if node.absent else node.text
    if isinstance(node, Sequence):
        return [value_of(item) for item in node.items]
    return {key: value_of(part) for key, part in node.pairs}


def on_one_line(node: Node) -> str:
    """The node as YAML that may stand inside brackets and braces. What is no number there stays none."""
    if isinstance(node, Sequence):
        return f"[{', '.join(map(on_one_line, node.items))}]"
    if isinstance(node, Mapping):
        return f"{{{', '.join(f'{write_key(key)}: {on_one_line(part)}' for key, part in node.pairs)}}}"
    if node.absent:
        return "null"
    return node.text if node.plain and _PLAIN_IN_FLOW.fullmatch(node.text) else quote(node.text)


def comments(text: str) -> tuple[str, ...]:
    """The comments of a text that `entries` accepts, each from its `#` on."""
    if "#" not in text:
        return ()
    found: list[str] = []
    end = 0
    for token in yaml.scan(text, Loader=_LOADER):
        start = token.start_mark.index
        found += _COMMENT.findall(text, end, start) if start > end else ()
        header = _HEADER_COMMENT.match(text, start) if isinstance(token, yaml.ScalarToken) and not token.plain else None
        found += [header[1]] if header else ()
        end = max(end, token.end_mark.index)
    return tuple(found)


# --- events -> nodes ------------------------------------------------------------------------------------------------


def _entries(text: str, events: Iterator[Event]) -> tuple[str, tuple[Entry, ...]]:
    outermost = _outermost(events)
    if outermost is None:
        return text, ()
    pairs = list(_pairs(events, 1))
    if not isinstance(next(events), yaml.DocumentEndEvent) or not isinstance(next(events), yaml.StreamEndEvent):
        raise UnreadableFront("syntax")
    if outermost.flow_style:
        made = (Entry(key.value, node, f"{write_key(key.value)}: {on_one_line(node)}\n") for key, node in pairs)
        return "".join(f"{comment}\n" for comment in comments(text)), tuple(made)
    starts = [_line_start(text, key, outermost) for key, _ in pairs]
    blanks = outermost.start_mark.column
    lines = [_dedented(text[start:end], blanks) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    kept = tuple(Entry(key.value, node, part) for (key, node), part in zip(pairs, lines, strict=True))
    return text[: starts[0]], kept


def _outermost(events: Iterator[Event]) -> Event | None:
    """The start of the outermost map; None when there is nothing but comments."""
    next(events)  # the stream's start
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    event = next(events)
    if not isinstance(event, yaml.MappingStartEvent):
        raise UnreadableFront("no map")
    _refuse_anchors_and_tags(event)
    return event


def _node(event: Event, events: Iterator[Event], depth: int) -> Node:
    if depth > DEEPEST:
        raise UnreadableFront("nesting")
    if isinstance(event, yaml.AliasEvent):
        raise UnreadableFront("alias")
    _refuse_anchors_and_tags(event)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, plain=event.implicit[0])
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(tuple(_items(events, depth + 1)))
    return Mapping(tuple((key.value, node) for key, node in _pairs(events, depth + 1)))


def _refuse_anchors_and_tags(event: Event) -> None:
    if event.anchor is not None:
        raise UnreadableFront("anchor")
    if event.tag is not None:
        raise UnreadableFront("tag")


def _items(events: Iterator[Event], depth: int) -> Iterator[Node]:
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        yield _node(event, events, depth)


def _pairs(events: Iterator[Event], depth: int) -> Iterator[tuple[Event, Node]]:
    seen: set[str] = set()
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(_node(key, events, depth), Scalar):
            raise UnreadableFront("key")
        if key.value in seen:
            raise UnreadableFront("duplicate key")
        seen.add(key.value)
        yield key, _node(next(events), events, depth)


def _line_start(text: str, key: Event, outermost: Event) -> int:
    """Where the key's own line begins; a key that has none (`? key`, an odd line separator) cannot be kept verbatim."""
    start: int = key.start_mark.index - key.start_mark.column
    alone = not text[start : key.start_mark.index].strip(" ") and (start == 0 or text[start - 1] == "\n")
    if not alone or key.start_mark.column != outermost.start_mark.column:
        raise UnreadableFront("key")
    return start


def _dedented(lines: str, blanks: int) -> str:
    return re.sub(rf"(?m)^ {{1,{blanks}}}", "", lines) if blanks else lines
