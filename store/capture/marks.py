"""Characters that stand for what html2text cannot write, while it runs. `strip` removed them from the page first."""

from __future__ import annotations

STRONG, STRONG_END = "\ue000", "\ue001"
EMPHASIS, EMPHASIS_END = "\ue002", "\ue003"
DELETED, DELETED_END = "\ue004", "\ue005"
BLOCK, BLOCK_END = "\ue010", "\ue011"  # a number between them: a code block or a table
PARAGRAPH = "\ue012"  # a paragraph ends here, between two line breaks
ESCAPE = "\ue013"  # a backslash
INLINE, INLINE_END = "\ue014", "\ue015"  # a number between them: inline code or a formula
LESS, AMPERSAND = "\ue016", "\ue017"  # `<` and `&` that are text
BREAK = "\ue018"  # <br>
BACKSLASH = "\ue019"  # a backslash that is text
NEWLINE = "\ue01a"  # a line of the source ends beside a Han character: a blank only if another script follows
LEAF = "\ue020"  # between two leaves
