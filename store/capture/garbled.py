"""Letters that came in another encoding than was said (pure): U+FFFD, UTF-8 read as Latin, as GBK, as Shift JIS.

No language is written so; but a page about encodings shows it, hence it is held against the last good copy.
"""

from __future__ import annotations

import re

_TRAIL = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022"
    "\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_BROKEN = re.compile(f"\ufffd|[\u00c2-\u00df]{_TRAIL}|[\u00e0-\u00ef]{_TRAIL}{{2}}|锟斤拷|烫烫烫")
_OUTSIDE = re.compile("[^\x00-\x7f]")
_LATIN, _KANA, _PRIVATE = re.compile("[\u00a1-\u00ff]"), re.compile("[\uff61-\uff9f]"), re.compile("[\ue000-\uf8ff]")
_SAMPLE, _FEW = 20_000, 20  # characters
_MOST_BROKEN, _LEAST = 0.005, 5  # of the characters that are no blanks; how many
_MOST_FOREIGN = 0.3  # Icelandic has 0.15
_EAST_ASIAN, _CYRILLIC = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), re.compile("[\u0400-\u04ff]")
_READ_AS = (("gb18030", _EAST_ASIAN), ("big5", _EAST_ASIAN), ("shift_jis", _EAST_ASIAN), ("cp949", _EAST_ASIAN),
            ("cp1251", _CYRILLIC))  # fmt: skip


def became_garbled(old: str, new: str) -> bool:
    """The new text is broken, and the old one was not, or much less."""
    after = _share_broken(new)
    return (after > _MOST_BROKEN and after > 3 * _share_broken(old)) or (_is_foreign(new) and not _is_foreign(old))


def is_garbled(text: str) -> bool:
    """The text is broken by itself."""
    return _share_broken(text) > _MOST_BROKEN or _is_foreign(text)


def _share_broken(text: str) -> float:
    sample = "".join(text[:_SAMPLE].split())
    found = sum(map(len, _BROKEN.findall(sample)))
    return found / len(sample) if found >= _LEAST else 0.0


def _is_foreign(text: str) -> bool:
    """Letters that stand among others everywhere, and here alone; or the bytes of UTF-8 that were read as others."""
    sample = text[:_SAMPLE]
    outside = "".join(_OUTSIDE.findall(sample))
    if len(outside) < _FEW:
        return False
    signs = len("".join(sample.split()))
    odd = max(len(pattern.findall(outside)) for pattern in (_LATIN, _KANA, _PRIVATE))
    return odd > _MOST_FOREIGN * signs or any(
        _was_utf8(outside, codec) for codec, letters in _READ_AS if len(letters.findall(outside)) * 2 > len(outside)
    )


def _was_utf8(outside: str, codec: str) -> bool:
    read = outside.encode(codec, "ignore").decode("utf-8", "replace")
    broken = read.count("\ufffd")
    return len(_OUTSIDE.findall(read)) - broken > max(broken, len(outside) // 4)
