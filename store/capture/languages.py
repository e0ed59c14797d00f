"""The language of a code block, from the names that highlighters leave on it; a shell's from what it says."""

from __future__ import annotations

import re
from itertools import pairwise

from store.capture.tree import Element, is_longer, text_of

_PREFIXED = re.compile(r"(?:^|\s)(?:language|lang|highlight-source|brush:?|shj-lang)[-:\s]\s*([A-Za-z0-9+#_.-]+)", re.I)
_MAYBE_PREFIXED = re.compile(
    r"(?:^|\s)(?:highlight-text|highlight|code|hljs|prism|src)[-:]\s*([A-Za-z0-9+#_.-]+)", re.I
)
_HIGHLIGHTERS = frozenset("hljs prism sourcecode shiki brush code highlight prettyprint syntaxhighlighter src".split())
_NO_LANGUAGE = frozenset(
    "none text plain plaintext wrapper block container highlight copy toolbar inner snippet box area hljs code default"
    " auto nohighlight txt wrap line lines content view".split()
)
_KNOWN = frozenset(
    "abap actionscript ada agda apache apl applescript arduino asm assembly awk bash bat batch bibtex c c# c++"
    " clike clj clojure cmake cobol coffeescript console cpp crystal cs csharp css csv cuda cython d dart diff django"
    " docker dockerfile elixir elm erb erlang f# fortran fsharp gdscript gherkin glsl go golang gradle graphql groovy"
    " haml handlebars haskell hcl hlsl hs html http idris ini ipython ipython3 java javascript jinja jinja2 js json"
    " json5 jsonc jsp jsx julia kotlin kt latex lisp lua makefile markdown markup mathematica matlab md mermaid mips"
    " mysql nasm nginx nim nix nohighlight objc objective-c objectivec ocaml pascal perl pgsql php plsql postgres"
    " postgresql powershell proto protobuf ps1 pug puppet purescript py pycon python python2 python3 qml r racket raku"
    " rb rs rst ruby rust sas sass scala scheme scss sh shell shellsession smalltalk solidity sparql sql stylus"
    " svelte swift systemverilog tcl terraform tex tf toml ts tsql tsx twig typescript vala vb vbnet vbscript verilog"
    " vhdl vim vue wasm x86asm xhtml xml xquery yaml yml zig zsh".split()
)
_NAME = re.compile(r"[a-z0-9+#_.-]{1,20}")
_SHELLS = frozenset("bash sh shell zsh console shellsession powershell ps1 bat batch fish docker dockerfile".split())
_PROMPT = re.compile(r"[$#%] \S|\w+@[\w.-]+:\S* ?[$#]")
_COMMAND = re.compile(
    r"(?:sudo|apt|apt-get|yum|dnf|brew|pacman|npm|npx|yarn|pnpm|pip3?|pipx|gem|cargo|composer|git|cd|mkdir|chmod|chown|cp"
    r"|mv|rm|ls|cat|curl|wget|tar|unzip|ssh|scp|systemctl|service|docker|docker-compose|kubectl|php artisan|make|export"
    r"|source|echo)(?: +[\w./~\"'$@:-][^=(;{]*)?"
)
_OUTWARD = 3  # elements around the block that may name its language


def language(element: Element) -> str:
    """The language that the block, its code or a close parent names; empty when none does.

    Where every line is a command of a shell, it is a shell, whatever the page's own habit calls it.
    """
    candidates = [element, *list(element.iterdescendants("code"))[:1]]
    outer, size = element.getparent(), len(text_of(element))
    for _ in range(_OUTWARD):
        if outer is None or is_longer(outer, int(size * 1.3) + 80):
            break
        candidates.append(outer)
        outer = outer.getparent()
    named = next((word for candidate in candidates for word in _named(candidate) if _is_language(word)), "")
    return "sh" if named and named not in _SHELLS and _is_shell(text_of(element)) else named


def _is_language(word: str) -> bool:
    return word not in _NO_LANGUAGE and _NAME.fullmatch(word) is not None


def _named(element: Element) -> list[str]:
    words = [element.get(name) or "" for name in ("data-lang", "data-language", "data-code-language")]
    if element.tag in ("pre", "code"):
        words.append(element.get("lang") or "")
    class_ = element.get("class") or ""
    words += _PREFIXED.findall(class_)
    words += [word for word in map(_known, _MAYBE_PREFIXED.findall(class_)) if word]
    words += _beside_highlighter(class_.lower().split(), is_code=element.tag in ("pre", "code"))
    return [word.strip().strip("-").lower() for word in words]


def _beside_highlighter(names: list[str], *, is_code: bool) -> list[str]:
    """`hljs python`, `python hljs`: the name beside the highlighter's own; right behind some, any name is one."""
    known = [name for name in names if name in _KNOWN]
    if not _HIGHLIGHTERS.intersection(names):
        return known if is_code and len(names) == 1 and len(names[0]) > 1 else []
    behind = [name for before, name in pairwise(names) if before in ("hljs", "sourcecode")]
    return known + [name for name in behind if "-" not in name]


def _known(word: str) -> str:
    """A name that is known, or the known one that it begins with (`html-basic`); empty for any other."""
    low = word.lower()
    return next((name for name in (low, low.partition("-")[0]) if name in _KNOWN), "")


def _is_shell(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith(("# ", "//"))]
    return bool(lines) and all(_PROMPT.match(line) or _COMMAND.fullmatch(line) for line in lines)
