"""The English words for every error: its name, or `Name:fact`, gives (sentence, hint).

What stands in braces is a fact of the error, cleaned by `tui.wording`; `{server}` is address and port, `{quoted_path}`
a path as a shell wants it, `{config}` the user's config file.
"""

from __future__ import annotations

from tui.sentences.converting import CONVERTING, DOUBTS
from tui.sentences.fetching import ADDRESSES, FETCHING
from tui.sentences.library import LIBRARY, SETTINGS
from tui.sentences.remote import REMOTE
from tui.sentences.requests import OUTSIDE, REQUESTS

# The facts that may decide which words fit, in this order.
DECIDING = (
    "reason",
    "waiting_for",
    "measure",
    "status",
    "type",
    "what",
    "field",
    "key",
    "versions",
    "detail",
    "action",
)

SENTENCES: dict[str, tuple[str, str]] = (
    ADDRESSES | FETCHING | CONVERTING | DOUBTS | REQUESTS | LIBRARY | REMOTE | SETTINGS | OUTSIDE
)
