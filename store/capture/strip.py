"""What no reader ever sees, cut out of the source before it is parsed: comments, scripts, styles, drawings, controls.

By text and not in the tree, because an unfortunate `</div>` in a script or a comment in the wrong place moves the tree
about. One pass, linear also where thousands of openings are never closed: an opening without an end loses its own
characters only, what follows stays. Kept: `<script>` with TeX (MathJax's text) or JSON-LD (metadata).
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"<!--|<(script|style|svg)\b[^>]{0,4000}>?", re.I)
_ENDING = {
    "script": re.compile(r"</script\b[^>]{0,200}>", re.I),
    "style": re.compile(r"</style\b[^>]{0,200}>", re.I),
    "svg": re.compile(r"</svg\b[^>]{0,200}>", re.I),
    "<!--": re.compile(r"--!?>"),
}
_KEPT = re.compile(r"type\s*=\s*[\"']?\s*(?:math/(?:tex|asciimath)|application/ld\+json)", re.I)
_NESTED_SVG = re.compile(r"<svg\b", re.I)
_XML = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
# Controls, surrogates, noncharacters, and the private use area, of which our own marks are a part.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
# lxml refuses to set a text with a control character, also where the page wrote it as a reference.
_REFERENCES = re.compile(
    r"&#(?:0{0,9}(?:[0-8]|1[124-9]|2\d|3[01]|127)(?!\d)|[xX]0{0,9}(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF])(?![0-9a-fA-F]));?"
)


def without_hidden(source: str) -> str:
    """The source without comments, scripts, styles and drawings. Linear in its length."""
    kept: list[str] = []
    never_ends: set[str] = set()
    start = position = 0
    while found := _OPENING.search(source, position):
        kind = (found[1] or "<!--").lower()
        position = found.end()
        if kind == "script" and _KEPT.search(found[0]):
            position = _end(source, found, kind, never_ends)
            continue
        kept.append(source[start : found.start()])
        start = position = _end(source, found, kind, never_ends)
    kept.append(source[start:])
    return " ".join(kept) if len(kept) > 1 else source


def _end(source: str, opening: re.Match[str], kind: str, never_ends: set[str]) -> int:
    """Where the hidden part ends: behind its closing tag, or behind the opening when none follows."""
    if kind in never_ends:
        return opening.end()
    # `<!-->` and `<!--->` are whole comments
    begin = opening.start() + 2 if kind == "<!--" else opening.end()
    end = _ENDING[kind].search(source, begin)
    while end and kind == "svg" and (inner := _NESTED_SVG.search(source, begin, end.start())):
        begin, last = inner.end(), end
        end = _ENDING[kind].search(source, end.end()) or last
        if end is last:
            break
    if end is None:
        never_ends.add(kind)
        return opening.end()
    return end.end()


def clean_source(source: str) -> str:
    """What is given to the parser: no hidden parts, no XML declaration, no character that lxml chokes on."""
    source = _CONTROLS.sub(" ", _XML.sub("", source))
    if "&#" in source:
        source = _REFERENCES.sub(" ", source)
    return without_hidden(source)
