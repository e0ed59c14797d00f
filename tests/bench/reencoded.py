"""How often a page is read right in an encoding that it was not sent in.

    python tests/bench/reencoded.py /work/shared [--short]

Chinese, Japanese, Korean and Russian pages of the corpus are written in each legacy encoding of their language, and
declare it, declare another, in `<meta>` or in the header, or declare nothing. Right is a page with 99 % of its letters.
`--short`: a title and one line of each instead of the whole page. Measured: 39 pages, 5,191 decodings, .9996 right
(short: .9988); before readings were judged by their plausibility .828 (.800).
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from store.capture.charset import decode

LEGACY = {  # language: codec -> how pages declare it
    "zh": {"gb18030": "gbk", "gb2312": "gb2312", "gbk": "gbk", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be"},
    "tw": {"big5": "big5", "big5hkscs": "big5-hkscs", "gb18030": "gbk", "utf-16-le": "utf-16le"},
    "ja": {"cp932": "shift_jis", "euc-jp": "euc-jp", "iso-2022-jp": "iso-2022-jp", "utf-16-le": "utf-16le"},
    "ko": {"cp949": "euc-kr", "euc-kr": "euc-kr", "utf-16-le": "utf-16le"},
    "ru": {
        "cp1251": "windows-1251", "koi8-r": "koi8-r", "cp866": "ibm866", "iso8859-5": "iso-8859-5",
        "utf-16-le": "utf-16le",
    },
}  # fmt: skip
OTHERS = (
    "utf-8 iso-8859-1 gbk big5 shift_jis euc-jp euc-kr koi8-r windows-1251 windows-1252 iso-8859-7 windows-874"
    " windows-1256 utf-16le"
).split()
MOST_PAGES = 16  # of a language
_DECLARED = re.compile(r"<meta[^>]*charset[^>]*>|<\?xml[^>]*\?>|<(script|style).*?</\1>", re.I | re.S)
_TAIWAN = re.compile("[個們來時國會過這說對開關學業東兩長門問間無為與體實現發經點]")


def pages(shared: Path) -> dict[str, list[str]]:
    """Sources by language, without scripts and declarations."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (shared / "corpus" / "index.jsonl").read_text(encoding="utf-8").split("\n"):
        row = json.loads(line) if line else {}
        source = _source(shared / "corpus" / row["file"]) if row else ""
        language = language_of(re.sub(r"<[^>]*>", "", source))
        if language and len(found[language]) < MOST_PAGES:
            found[language].append(source[:300_000])
    return found


def _source(file: Path) -> str:
    return _DECLARED.sub("", decode(gzip.decompress(file.read_bytes())).text)


def language_of(text: str) -> str | None:
    scripts = ("[\u4e00-\u9fff]", "[\u3040-\u30ff]", "[\uac00-\ud7af]", "[\u0400-\u04ff]")
    han, kana, hangul, cyrillic = (len(re.findall(script, text)) for script in scripts)
    if kana > max(200, 0.2 * han):
        return "ja"
    if hangul > 200:
        return "ko"
    if han > 200:
        return "tw" if len(_TAIWAN.findall(text)) > 0.03 * han else "zh"
    return "ru" if cyrillic > 200 else None


def cases(source: str, codec: str, label: str) -> Iterator[tuple[str, bytes, str | None]]:
    """(kind, bytes, header) of every way to declare an encoding."""
    for declared in ("", label, *OTHERS):
        kind = "none" if not declared else "right" if declared == label else "wrong"
        meta = re.sub("(<head[^>]*>)", rf'\1<meta charset="{declared}">', source, count=1)
        yield kind, (meta if declared else source).encode(codec, "xmlcharrefreplace"), None
        if declared:
            yield kind, source.encode(codec, "xmlcharrefreplace"), declared


def is_right(data: bytes, codec: str, header: str | None) -> bool:
    truth, read = (
        Counter(re.findall("[^\x00-\x7f]", text)) for text in (data.decode(codec), decode(data, header).text)
    )
    return (truth & read).total() >= 0.99 * max(truth.total(), read.total())


def shortened(source: str) -> str:
    lines = [line.strip() for line in re.sub(r"<[^>]*>", "\n", source).split("\n")]
    own = [line for line in lines if len(re.findall("[^\x00-\x7f]", line)) > 15]
    line = random.Random(7).choice(own)
    return f"<html><head><title>{own[0][:30]}</title></head><body><p>{line[:60]}</p></body></html>"


def main() -> None:
    found: dict[str, list[bool]] = defaultdict(list)
    for language, sources in pages(Path(sys.argv[1])).items():
        for whole in sources:
            source = shortened(whole) if "--short" in sys.argv else whole
            for codec, label in LEGACY[language].items():
                for kind, data, header in cases(source, codec, label):
                    found[kind].append(is_right(data, codec, header))
    for kind, right in found.items():
        print(f"{kind:6} {sum(right) / len(right):.4f} of {len(right)}")
    every = [one for right in found.values() for one in right]
    print(f"all    {sum(every) / len(every):.4f} of {len(every)}")


if __name__ == "__main__":
    main()
