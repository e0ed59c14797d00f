"""What a page of React sends late, put where it belongs.

A part that was not ready when the page was sent comes behind it, in `<div hidden id="S:n">`; a script then puts it in
the place of `<template id="B:n">`, or `P:n` for a part of a part. Until then the browser shows neither.
"""

from __future__ import annotations

import re
from typing import Any

Element = Any  # lxml brings no types

_PLACE = re.compile(r"[BP]:([0-9a-f]+)")


def put_in_place(root: Element) -> None:
    """Each late part in its place; one without a place stays where it is, and so does what was shown meanwhile."""
    late = {part.get("id"): part for part in root.iter("div") if part.get("hidden") is not None and part.get("id")}
    if not late:
        return
    for place in list(root.iter("template")):
        found = _PLACE.fullmatch(place.get("id") or "")
        part = late.pop(f"S:{found[1]}", None) if found else None
        if part is not None and len(place) == 0 and part not in place.iterancestors("div"):
            place.tag, place.text = "div", part.text
            place.attrib.clear()
            place.extend(list(part))
            part.text = None
