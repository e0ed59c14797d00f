"""Content-Encoding, undone within a bound: gzip and deflate, one layer. Nothing else was offered."""

from __future__ import annotations

import zlib

from store.errors import BadEncoding, IncompleteBody, TooLarge, UnsupportedEncoding
from store.text import one_line

_GZIP = ("gzip", "x-gzip")
_KNOWN_OTHERS = ("br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip")
_GZIP_BITS, _ZLIB_BITS, _RAW_BITS = 31, 15, -15


class Decoder:
    """Feed it what came over the wire, take the body at the end. Memory stays below the limit."""

    def __init__(self, url: str, header: str, limit: int) -> None:
        self._url = url
        self._limit = limit
        self._encoding = encoding_of(url, header)
        self._body = bytearray()
        self._inflater: zlib._Decompress | None = None
        self._started = False
        if self._encoding == "gzip":
            self._inflater = zlib.decompressobj(_GZIP_BITS)

    def feed(self, chunk: bytes) -> None:
        """More of the body. Raises TooLarge, BadEncoding."""
        if self._encoding is None:
            self._body += chunk
        elif chunk:
            self._inflate(chunk)
        if len(self._body) > self._limit:
            raise TooLarge(self._url, self._limit, "decoded")

    @property
    def so_far(self) -> bytes:
        """What has come of the body."""
        return bytes(self._body)

    def finish(self) -> bytes:
        """The whole body. Raises IncompleteBody when the compressed data stopped early."""
        if self._inflater is not None and self._started and not self._inflater.eof:
            raise IncompleteBody(self._url)
        return bytes(self._body)

    def _inflate(self, chunk: bytes) -> None:
        if self._inflater is None:  # `deflate` is zlib's format by the book and raw in practice
            self._inflater = zlib.decompressobj(_ZLIB_BITS if _looks_zlib(chunk) else _RAW_BITS)
        self._started = True
        try:
            while chunk and not self._inflater.eof:
                self._body += self._inflater.decompress(chunk, self._limit + 1 - len(self._body))
                chunk = self._inflater.unconsumed_tail
                if len(self._body) > self._limit:
                    return
        except zlib.error:
            raise BadEncoding(self._url, self._encoding or "") from None
        self._next_member()

    def _next_member(self) -> None:
        """gzip may be several members one after the other; anything else behind the end is ignored."""
        assert self._inflater is not None
        rest = self._inflater.unused_data
        if self._encoding == "gzip" and self._inflater.eof and rest.startswith(b"\x1f\x8b"):
            self._inflater = zlib.decompressobj(_GZIP_BITS)
            self._inflate(rest)


def encoding_of(url: str, header: str) -> str | None:
    """gzip, deflate, or None for a body sent as it is. Raises UnsupportedEncoding.

    Words that no browser knows (`UTF-8`, `none`) are ignored, as browsers do.
    """
    words = [word for word in (part.strip().lower() for part in header.split(",")) if word]
    layers = ["gzip" if word in _GZIP else word for word in words if word in (*_GZIP, "deflate", *_KNOWN_OTHERS)]
    if not layers:
        return None
    if len(layers) > 1 or layers[0] in _KNOWN_OTHERS:
        raise UnsupportedEncoding(url, one_line(", ".join(words), 60))
    return layers[0]


def _looks_zlib(chunk: bytes) -> bool:
    return len(chunk) > 1 and chunk[0] & 0x0F == 8 and (chunk[0] << 8 | chunk[1]) % 31 == 0
