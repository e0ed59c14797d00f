"""Is a page as it was (pure)? Two Markdown bodies compared without counters, clocks, tokens and pictures' hosts.

`essence` is what is compared, `same` compares, `steady` writes a new body with the noise of the old one, `learn` notes
what flickers from refresh to refresh. Where in doubt, a page has changed: a version too many can be read, one that
was never made cannot.
"""

from store.learnt import MOST, NOTHING, REST, TIMES, Learnt, Region, packed, unpacked
from store.sameness.blocks import Block, blocks
from store.sameness.comparison import Line, essence, same, steady
from store.sameness.learning import learn

__all__ = [
    "MOST", "NOTHING", "REST", "TIMES", "Block", "Learnt", "Line", "Region",
    "blocks", "essence", "learn", "packed", "same", "steady", "unpacked",
]  # fmt: skip
