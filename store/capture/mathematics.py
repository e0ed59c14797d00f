"""Formulas as TeX: from MathJax's scripts, from the notes that MathML carries, or from the MathML itself."""

from __future__ import annotations

import re

from store.capture.marks import INLINE, INLINE_END
from store.capture.tree import GONE, Element, elements, mark_text, one_space, settle_marked, text_of

_DEEPEST = 60
_COPY = re.compile(r"katex-html|MathJax|mjx")
_FORMULA = re.compile(r"katex|mwe-math|MathJax|mjx|math")
_DISPLAYED = re.compile(r"katex-display|mwe-math-element-block|MathJax_Display|mjx-full-width")
_INVISIBLE = re.compile("[\u2061-\u2064\u200b]")
_ACCENTS = {
    "¯": "bar", "‾": "overline", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "→": "vec", "⃗": "vec",
    ".": "dot", "˙": "dot", "¨": "ddot", "⏞": "overbrace", "⏟": "underbrace", "_": "underline",
}  # fmt: skip
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf det dim ker deg gcd"
    " Pr arg".split()
)
_LIMITS = frozenset("∑∏∐⋂⋃⋁⋀∫∮") | {r"\lim", r"\max", r"\min", r"\sup", r"\inf"}


def take_mathematics(root: Element, inline: list[str]) -> None:
    """Marks in the place of formulas; what they stand for is added to `inline`, in dollars."""
    for script in elements(root, "script"):
        kind = script.get("type") or ""
        if kind.startswith("math/") and script.text:
            _become_tex(script, script.text, "display" in kind, inline)
    for formula in elements(root, "math"):
        if formula.tag == GONE:
            continue
        outer, displayed = _outermost(formula)
        tex = _noted(formula) or tex_of(formula)
        if tex.strip():
            _become_tex(outer, tex, displayed, inline)
    for copy in elements(root, "span"):
        if copy.get("aria-hidden") == "true" and _COPY.search(copy.get("class") or ""):
            copy.tag = GONE
    settle_marked(root)


def _noted(formula: Element) -> str:
    notes = (note.text for note in formula.iter("annotation") if "tex" in (note.get("encoding") or "").lower())
    return next(filter(None, notes), None) or formula.get("alttext") or ""


def _outermost(formula: Element) -> tuple[Element, bool]:
    """The wrapper that also holds the drawn copies, and whether the formula stands on a line of its own."""
    found, outer = formula, formula.getparent()
    displayed = formula.get("display") == "block"
    for _ in range(4):
        if outer is None or outer.tag not in ("span", "mjx-container", "mjx-assistive-mml", "em"):
            break
        kind = outer.get("class") or ""
        if _FORMULA.search(kind) or outer.tag.startswith("mjx"):
            found = outer
            displayed = displayed or outer.get("display") == "true" or _DISPLAYED.search(kind) is not None
        outer = outer.getparent()
    return found, displayed


def _become_tex(element: Element, tex: str, displayed: bool, inline: list[str]) -> None:
    mark_text(element, tex_mark(tex, displayed, inline))


def tex_mark(tex: str, displayed: bool, inline: list[str]) -> str:
    """The mark of a formula that is added to `inline`: in dollars, two where it stands on a line of its own."""
    words = one_space(tex)
    shown = re.fullmatch(r"\{\\displaystyle\s*(.*)\}", words, re.S)
    signs = "$$" if displayed else "$"
    inline.append(f"{signs}{(shown[1] if shown else words).strip()}{signs}")
    return f"{INLINE}{len(inline) - 1}{INLINE_END}"


def tex_of(formula: Element, depth: int = 0) -> str:
    """Presentation MathML as TeX. Signs stay the characters they are, so that it can be read as it stands."""
    if not isinstance(formula.tag, str) or formula.tag.startswith("annotation") or formula.tag == "mphantom":
        return ""
    if depth > _DEEPEST or not len(formula):
        return _word(formula)
    if formula.tag == "semantics":
        return tex_of(formula[0], depth + 1)
    parts = [tex_of(child, depth + 1) for child in formula]
    return _built(formula, parts)


def _built(formula: Element, parts: list[str]) -> str:
    match formula.tag, parts:
        case "msup", [base, above]:
            return f"{_one(base)}^{{{above}}}"
        case "msub", [base, below]:
            return f"{_one(base)}_{{{below}}}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{_one(base)}_{{{below}}}^{{{above}}}"
        case "mfrac", [above, below]:
            return f"\\frac{{{above}}}{{{below}}}"
        case "msqrt", _:
            return f"\\sqrt{{{''.join(parts)}}}"
        case "mroot", [base, degree]:
            return f"\\sqrt[{degree}]{{{base}}}"
        case "mover", [base, above]:
            return _stacked(base, above, "^", "overset")
        case "munder", [base, below]:
            return _stacked(base, below, "_", "underset")
        case "mtable", _:
            rows = r" \\ ".join(parts)
            return f"\\begin{{matrix}}{rows}\\end{{matrix}}"
        case "mtr" | "mlabeledtr", _:
            return " & ".join(parts)
        case "mfenced", _:
            return f"{formula.get('open') or '('}{','.join(parts)}{formula.get('close') or ')'}"
    return "".join(parts)


def _stacked(base: str, other: str, sign: str, command: str) -> str:
    if other.strip() in _ACCENTS:
        return f"\\{_ACCENTS[other.strip()]}{{{base}}}"
    if base.strip() in _LIMITS:
        return f"{base}{sign}{{{other}}}"
    return f"\\{command}{{{other}}}{{{base}}}"


def _one(base: str) -> str:
    return base if len(base) == 1 or re.fullmatch(r"\\[a-zA-Z]+", base) else f"{{{base}}}"


def _word(element: Element) -> str:
    words = _INVISIBLE.sub("", one_space(text_of(element)))
    if element.tag == "mspace":
        return " "
    if element.tag == "mtext":
        return f"\\text{{{words}}}" if words else ""
    words = re.sub(r"([{}%#&$_])", r"\\\1", words)
    if element.tag == "mi" and len(words) > 1 and words.isalpha():
        return f"\\{words} " if words in _FUNCTIONS else f"\\mathrm{{{words}}}"
    return words
