"""A capture with the noise of the last captured body in the place of its own, and what the page taught.

So a page that is the same but for noise gives the very body that is kept, and its hash; and what a diff of two versions
shows is what changed. The noise stays in the article, as it was when the article last changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from store import sameness
from store.capture.converted import Converted
from store.capture.many import Captured
from store.capture.shape import plain
from store.link import Link
from store.sameness import Learnt

_WORD = re.compile(r"\w+")
_PICTURE = re.compile(r"!\[[^\]]*\]\((\S+?)\)")


def steadied(outcome: Captured, last: Link | None, learnt: Learnt) -> Captured:
    """The capture of a page that gave `last`, and of which this is learnt.

    Where an older extractor made the last body, what today's makes of the same bytes stands for it.
    """
    new, anew = outcome.converted.markdown, outcome.old_page_anew
    if last is None:
        return outcome
    body = anew if anew is not None and sameness.same(anew, new, learnt) else sameness.steady(last.body, new, learnt)
    if body != last.body and _wavers(last.body, outcome.converted, learnt):
        body = last.body
    return replace(outcome, converted=replace(outcome.converted, markdown=body))


def _wavers(old: str, new: Converted, learnt: Learnt) -> bool:
    """Nothing differs but short lines and pictures that still stand on the page and were left out by a hair.

    What is new in the body is a change, for nobody knows whether it stood on the page before.
    """
    here = set(_lines(new.markdown))
    left_out = {_key(text) for text in new.wavering} - here
    if not left_out.intersection(_lines(old)):
        return False
    kept = "\n".join(line for line in old.split("\n") if _of_line(line) not in left_out)
    return sameness.same(kept, new.markdown, learnt)


def _lines(body: str) -> Iterator[str]:
    return (_of_line(line) for line in body.split("\n"))


def _of_line(line: str) -> str:
    """What a line says; of one picture and nothing else, what its file is called."""
    said = _squeezed(plain(_PICTURE.sub("", line)))
    pictures = [] if said else _PICTURE.findall(line)
    return f"!{pictures[0].partition('?')[0].rpartition('/')[2]}" if len(pictures) == 1 else said


def _key(text: str) -> str:
    return text if text.startswith("!") else _squeezed(text)


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text))


def taught(outcome: Captured, last: Link | None, learnt: Learnt) -> Learnt | None:
    """What is known of the page after this capture of it, as it came; None when that is as before."""
    if last is None:
        return None
    old = last.body if outcome.old_page_anew is None else outcome.old_page_anew
    return sameness.learn(old, outcome.converted.markdown, learnt)
