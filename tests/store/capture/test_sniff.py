"""Bytes that are no text are refused by name; texts that begin oddly are not."""

from __future__ import annotations

import random

import pytest

from store.capture.convert import convert
from store.capture.sniff import binary_type
from store.errors import GarbledText, NotAWebPage

URL = "https://www.example.org/file"
PROSE = "The committee met on Tuesday and decided that the library should stay open in the evening. " * 3
HAN = "各市、县人民政府，市级有关单位要结合实际，认真贯彻执行本办法，推动湿地保护工作取得新的成效。"
_RANDOM = random.Random(11)


def noise(size: int, lowest: int = 0) -> bytes:
    return bytes(_RANDOM.randrange(lowest, 256) for _ in range(size))


GARBAGE = {
    "random": noise(60_000), "a little": noise(150), "no zeros": noise(9_000).replace(b"\0", b""),
    "no controls": noise(9_000, 32), "high alone": noise(9_000, 128), "mp3": b"\xff\xfb\x90d" + noise(5_000),
    "a mark": b"\xef\xbb\xbf" + noise(5_000), "a wide mark": b"\xff\xfe" + noise(5_000),
    "wav": b"RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0" + noise(99), "gif": b"GIF89a\x01\0\x01\0" + noise(99),
    "id3": b"ID3\x03\0\0\0" + noise(99), "mp4": b"\0\0\0\x18ftypmp42" + noise(99), "xz": b"\xfd7zXZ\0" + noise(3_000),
    "sound": b"".join((_RANDOM.randrange(-200, 200) & 0xFFFF).to_bytes(2, "little") for _ in range(4_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("type_", ["text/html", "text/plain", None])
@pytest.mark.parametrize("charset", [None, "utf-8", "utf-16le", "gbk"])
def test_garbage_is_no_document(name: str, type_: str | None, charset: str | None) -> None:
    with pytest.raises((NotAWebPage, GarbledText)):
        convert(GARBAGE[name], URL, type_, charset)


@pytest.mark.parametrize(
    "begin", ["ID3 tags: ", "RIFF is a format. ", "GIF8 ", "How ftyp boxes work: ", "Rar! ", "OggS "]
)
def test_a_text_may_begin_like_a_file(begin: str) -> None:
    assert begin.strip() in convert((begin + PROSE).encode(), URL, "text/plain", None).markdown


@pytest.mark.parametrize("begin", ["\x1b[31mred\x1b[0m ", "N\bNA\bAM\bME\bE "])
def test_terminal_codes_are_a_text(begin: str) -> None:
    assert binary_type((begin + PROSE).encode()) is None


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [HAN, f"<html><body><p>{HAN * 3}</p></body></html>", f"<p>{PROSE}</p>"])
def test_utf_16_without_a_mark_is_a_text(codec: str, text: str) -> None:
    for charset in (None, codec.replace("-", "").replace("utf", "utf-")):
        assert binary_type(text.encode(codec), charset) is None
