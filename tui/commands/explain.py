"""`pagelog explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from store.errors import NoLibrary
from tui.commands.options import as_json
from tui.output import Styled
from tui.records import ObjectRecord
from tui.session import Session

if TYPE_CHECKING:
    from store.capture.explain import Fate
    from store.explaining import Explanation

_WHY = {
    "likely": "",
    "unlikely": "",
    "heading": "the heading of kept text",
    "gap": "between kept blocks",
    "whole": "its table or code is kept whole",
    "phrase": "a phrase that is never of an article",
    "head": "who and when of a post: told in a line of its own",
    "picture": "a picture",
}


@click.command("explain")
@click.argument("page", metavar="URL|LINK")
@click.option("--fetch", is_flag=True, help="The page as it is today, not as it was captured.")
@as_json
@click.pass_obj
def explain_command(session: Session, page: str, fetch: bool, as_json: bool) -> int:
    """Show how a page becomes its article: which blocks are kept, which are dropped, and where each fact was read.

    Each line has a sign (+ kept, - dropped), how likely the block is of the article, its element, and its text. Of a
    link the bytes of the last capture are explained, of another URL the page as it is today. What was learnt to flicker
    from refresh to refresh is shown too: it is left out when captures are compared. Nothing is written.
    """
    from store.explaining import explain

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
    output.put(ObjectRecord(_object(found), tuple(_text(found))))
    return output.status


def _object(found: Explanation) -> dict[str, object]:
    explained = found.explained
    return {
        "url": found.url,
        "id": found.row.id if found.row else None,
        "fetched": found.fetched,
        "charset": explained.charset,
        "charset_by": explained.charset_by,
        "facts": {name: {"value": value, "source": source} for name, (value, source) in explained.facts.items()},
        "threshold": explained.threshold,
        "learnt": [{"text": region.sample, "times": region.times} for region in found.learnt],
        "blocks": [asdict(block) for block in explained.blocks],
    }


def _text(found: Explanation) -> Iterator[Styled]:
    explained = found.explained
    yield Styled(f"{found.url}\n", "strong")
    yield Styled(f"{'the page as it is today' if found.fetched else 'the page as it was captured'}\n\n", "dim")
    yield from _fact("charset", explained.charset, explained.charset_by)
    for name, (value, source) in explained.facts.items():
        yield from _fact(name, value, source)
    for region in found.learnt:
        yield Styled("flickers: ", "dim")
        yield Styled(f"{region.sample}\n")
    if not explained.blocks:
        yield Styled("\nIt is no HTML: kept as it is.\n")
        return
    kept = sum(block.kept for block in explained.blocks)
    least = "" if explained.threshold is None else f"; kept from {explained.threshold:.2f} on"
    yield Styled(f"\n{kept} of {len(explained.blocks)} blocks are kept{least}\n")
    for block in explained.blocks:
        yield from _line(block)


def _fact(name: str, value: str, source: str) -> Iterator[Styled]:
    yield Styled(f"{name}: ", "dim")
    yield Styled(value)
    yield Styled(f"  ({source})\n", "dim")


def _line(block: Fate) -> Iterator[Styled]:
    yield Styled(
        f"{'+' if block.kept else '-'} {block.likely:.2f} {block.where:<24} ", "added" if block.kept else "dim"
    )
    why = _WHY[block.why]
    yield Styled(f"{block.text}{f'  [{why}]' if why else ''}\n", "" if block.kept else "dim")
