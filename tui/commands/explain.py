"""`pagelog explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from store.errors import NoLibrary
from store.text import one_line
from tui.commands.options import as_json
from tui.output import Styled
from tui.records import ObjectRecord
from tui.session import Session

if TYPE_CHECKING:
    from store.capture.explain import Explained, Fate
    from store.keeping.explaining import Explanation

_WHY = {
    "likely": "",
    "unlikely": "",
    "heading": "the heading of kept text",
    "gap": "between kept blocks",
    "whole": "its table or code is kept whole",
    "phrase": "a phrase that is never of an article",
    "head": "who and when of a post: told in a line of its own",
    "picture": "a picture",
    "data": "",
}
_DATA = {
    "JSON-LD": "the articleBody of its JSON-LD",
    "Discourse": "the posts that Discourse preloads",
    "Next.js": "in the __NEXT_DATA__ of its scripts",
}
_KINDS = {"text": "plain text", "markdown": "Markdown", "json": "JSON", "xml": "XML", "feed": "a feed"}
_SHOWN = 200  # characters of a block


@click.command("explain")
@click.argument("page", metavar="URL|LINK")
@click.option("--fetch", is_flag=True, help="The page as it is today, not as it was captured.")
@click.option("--find", "wanted", metavar="TEXT", help="Only the blocks that hold this text.")
@as_json
@click.pass_obj
def explain_command(session: Session, page: str, fetch: bool, wanted: str | None, as_json: bool) -> int:
    """Show how a page becomes its article: which blocks are kept, which are dropped, and where each fact was read.

    Each line has a sign (+ kept, - dropped), how likely the block is of the article, its element, and its text; the
    dropped texts that came closest to being kept are told again at the end. Looking for one that is missing, give some
    of its words with --find. What you write into a document with `pagelog edit` stays there at later captures. Of a
    link the bytes of the last capture are explained, of another URL the page as it is today. What was learnt to flicker
    from refresh to refresh is shown too: it is left out when captures are compared. Nothing is written.
    """
    from store.keeping.explaining import explain

    output = session.output(as_json=as_json)
    try:
        library = session.open_if_there()
    except NoLibrary:  # a page of the web can be explained without one
        library = None
    try:
        found = explain(library, page, session.capture_settings(), fetch=fetch)
    finally:
        if library is not None:
            library.close()
    output.put(ObjectRecord(_object(found, wanted), tuple(_text(found, wanted))))
    return output.status


def _object(found: Explanation, wanted: str | None) -> dict[str, object]:
    explained = found.explained
    blocks = explained.blocks if wanted is None else explained.holding(wanted)
    return {
        "url": found.url,
        "id": found.row.id if found.row else None,
        "fetched": found.fetched,
        "kind": explained.kind,
        "data": explained.data,
        "charset": explained.charset,
        "charset_by": explained.charset_by,
        "facts": {name: {"value": value, "source": source} for name, (value, source) in explained.facts.items()},
        "threshold": explained.threshold,
        "learnt": [{"text": region.sample, "times": region.times} for region in found.learnt],
        "blocks": [asdict(block) | {"text": one_line(block.text, _SHOWN)} for block in blocks],
    }


def _text(found: Explanation, wanted: str | None) -> Iterator[Styled]:
    explained = found.explained
    yield Styled(f"{found.url}\n", "strong")
    yield Styled(f"{'the page as it is today' if found.fetched else 'the page as it was captured'}\n\n", "dim")
    if wanted is not None:
        yield from _holding(explained, wanted)
        return
    yield from _fact("charset", explained.charset, explained.charset_by)
    for name, (value, source) in explained.facts.items():
        yield from _fact(name, value, source)
    for region in found.learnt:
        yield Styled("flickers: ", "dim")
        yield Styled(f"{region.sample}\n")
    if not explained.blocks:
        yield Styled(f"\n{_nothing_chosen(explained)}\n")
        return
    yield Styled(f"\n{_counted(explained)}\n")
    for block in explained.blocks:
        yield from _line(block)
    yield from _near(explained)


def _nothing_chosen(explained: Explained) -> str:
    if explained.kind == "html":
        return "The page has no text."
    return f"It is no HTML but {_KINDS.get(explained.kind, explained.kind)}: kept as it is."


def _counted(explained: Explained) -> str:
    if explained.data is not None:
        return f"The page has no text of its own: its text is {_DATA[explained.data]}, kept whole."
    kept = sum(block.kept for block in explained.blocks)
    least = "" if explained.threshold is None else f"; kept from {explained.threshold:.2f} on"
    return f"{kept} of {len(explained.blocks)} blocks are kept{least}"


def _near(explained: Explained) -> Iterator[Styled]:
    """The texts that were dropped and most likely missed, where they are seen without scrolling."""
    if not explained.near:
        return
    yield Styled("\nDropped, but closest to being kept:\n")
    for block in explained.near:
        yield from _line(block)
    yield Styled("A text that is missed: put it in with `pagelog edit`; it stays there at later captures.\n", "dim")


def _holding(explained: Explained, wanted: str) -> Iterator[Styled]:
    blocks = explained.holding(wanted)
    for block in blocks:
        yield from _line(block)
    if not blocks:
        yield Styled(f'No block of the page holds "{one_line(wanted, _SHOWN)}".\n')
        yield Styled("It may be in a frame or a picture, or be built by scripts; fewer words find more.\n", "dim")
    elif not any(block.kept for block in blocks):
        yield Styled("It was dropped. Put it in with `pagelog edit`; it stays there at later captures.\n", "dim")


def _fact(name: str, value: str, source: str) -> Iterator[Styled]:
    yield Styled(f"{name}: ", "dim")
    yield Styled(value)
    yield Styled(f"  ({source})\n", "dim")


def _line(block: Fate) -> Iterator[Styled]:
    yield Styled(
        f"{'+' if block.kept else '-'} {block.likely:.2f} {block.where:<24} ", "added" if block.kept else "dim"
    )
    why = _WHY[block.why]
    yield Styled(f"{one_line(block.text, _SHOWN)}{f'  [{why}]' if why else ''}\n", "" if block.kept else "dim")
