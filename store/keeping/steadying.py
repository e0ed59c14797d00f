"""A capture with the noise of the last captured body in the place of its own, and what the page taught.

So a page that is the same but for noise gives the very body that is kept, and its hash; and what a diff of two versions
shows is what changed. The noise stays in the article, as it was when the article last changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from store import sameness
from store.capture.converted import Converted
from store.capture.many import Captured
from store.capture.shape import plain
from store.link import Link
from store.sameness import Learnt

_WORD = re.compile(r"\w+")
_PICTURE = re.compile(r"!\[[^\]]*\]\((\S+?)\)")


def steadied(
    outcome: Captured, last: Link | None, learnt: Learnt, stood: Callable[[str], bool] = lambda _: False
) -> Captured:
    """The capture of a page that gave `last`, and of which this is learnt.

    Where an older extractor made the last body, what today's makes of the same bytes stands for it. `stood` says of the
    name of a picture's file whether the page that gave `last` had it: it is asked only where something differs.
    """
    new, anew = outcome.converted.markdown, outcome.old_page_anew
    if last is None:
        return outcome
    body = anew if anew is not None and sameness.same(anew, new, learnt) else sameness.steady(last.body, new, learnt)
    if body != last.body and _wavers(last.body, outcome.converted, learnt, stood):
        body = last.body
    return replace(outcome, converted=replace(outcome.converted, markdown=body))


def _wavers(old: str, new: Converted, learnt: Learnt, stood: Callable[[str], bool]) -> bool:
    """Nothing differs but short lines and pictures that are on both pages, and are in one article by a hair.

    Other lines that are new in the body are a change, for nobody knows whether they stood on the page before.
    """
    before, here = Counter(_lines(old)), Counter(_lines(new.markdown))
    left_out = {_key(text) for text in new.wavering} & (before - here).keys()
    taken_in = {line for line in here - before if len(line) > 1 and line[0] == "!" and stood(line[1:])}
    wavering = left_out | taken_in
    return bool(wavering) and sameness.same(_without(old, wavering), _without(new.markdown, wavering), learnt)


def _without(body: str, lines: set[str]) -> str:
    return "\n".join(line for line in body.split("\n") if _of_line(line) not in lines)


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
