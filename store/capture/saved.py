"""What the user's browser saved, as the page it was: HTML, SingleFile's, an .mhtml or a .webarchive. Pure.

- Nothing is fetched. The page's own address, where the file tells it, stands as the final one.
- What the browser put into the file or beside it (pictures, fonts, styles) is dropped; a page's text is kept, also
  where it stands in a frame.
- Linear in the size of the file, which was written by a page: an archive is cut at its boundaries, and only headers and
  transfer encodings are left to the email package.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from functools import partial
from itertools import islice
from typing import Any
from xml.parsers.expat import ExpatError

from store.address import to_fetch
from store.capture.charset import decode
from store.capture.fetch import Page, Validators
from store.capture.frames import Saved, with_frames
from store.errors import AddressError, BadSavedFile, EmptyBody, TooLarge

_ROOM = 5  # times a page's size: such files carry their pictures
_HEAD = 65_536  # bytes in which the headers of an archive or a part must end
_DEEPEST = 3  # multipart in multipart
_MOST_PARTS = 10_000  # of an archive that are looked at
_MARKUP = "text/html"
_HTML = (_MARKUP, "application/xhtml+xml")
_MARK = b"\xef\xbb\xbf"
_SAFARI = re.compile(rb"bplist00|\s*<\?xml\b[^>]{0,400}>(?=[^<]{0,400}(?:<!DOCTYPE plist\b|<plist\b))")
_FIRST_HEADER = re.compile(rb"[!-9;-~]{1,76}:[ \t]")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
# SingleFile (also its older versions), and what Chrome and Edge write
_SAVED_FROM = (
    re.compile(
        rb"<!--\s{0,20}(?:Page saved with|Archive processed by) SingleFile\s{1,20}url:\s{0,20}([^\s<>]{1,8192})"
    ),
    re.compile(rb"<!--\s{0,20}saved from url=\(\d{4}\)([^\s<>]{1,8192})"),
)
_INLINE = re.compile(rb"(?<=[\"'(=])data:[\w.+/-]{1,80}(?:;[\w.=-]{1,40}){0,4};base64,[\w+/=%-]{64,}")
_BESIDE = re.compile(rb"\s(?:src|srcset)=([\"'])(?:\./)?[^\"'/:<>]{1,250}_files/[^\"'<>]{0,2000}\1")
_REMEMBERED = re.compile(rb"\bdata-sf-original-(src|srcset)=")  # SingleFile, when told to keep the addresses


_Contents = tuple[bytes, str, str | None]  # the page's bytes, the address it tells, its charset


@dataclass(frozen=True, slots=True)
class _Part:
    """A page of an archive, not decoded yet."""

    headers: Message
    body: bytes

    @property
    def location(self) -> str:
        return str(self.headers.get("Content-Location", "")).strip()

    @property
    def is_page(self) -> bool:
        return self.headers.get_content_type() in _HTML

    @property
    def names(self) -> tuple[str, ...]:
        """What a frame may call it: its address, its id as a `cid:`."""
        id_ = str(self.headers.get("Content-ID", "")).strip().strip("<>")
        return tuple(name for name in (self.location, f"cid:{id_}" if id_ else "") if name)

    def read(self) -> Saved:
        return Saved(decode(self.decoded(), self.headers.get_content_charset()).text, self.location)

    def decoded(self) -> bytes:
        self.headers.set_payload(self.body.decode("ascii", "surrogateescape"))
        return bytes(self.headers.get_payload(decode=True))


def file_limit(decoded_limit: int) -> int:
    """The most bytes that a saved file may have, where a page may have `decoded_limit`."""
    return _ROOM * decoded_limit


def saved_page(file: bytes, url: str, decoded_limit: int) -> Page:
    """The page in a file that was saved for this address. It has no status: no server was asked.

    Raises TooLarge (saved, decoded), EmptyBody, BadSavedFile.
    """
    if len(file) > file_limit(decoded_limit):
        raise TooLarge(url, file_limit(decoded_limit), "saved")
    file = file.removeprefix(_MARK) if _is_archive(file.removeprefix(_MARK)) else file
    body, where, charset = _of_safari(file, url) or _of_archive(file, url) or (file, _told_address(file), None)
    body = _without_resources(body)
    if len(body) > decoded_limit:
        raise TooLarge(url, decoded_limit, "decoded")
    if not body.strip():
        raise EmptyBody(url)
    return Page(_web_address(where, url), None, _MARKUP, charset, body, Validators())


def _is_archive(file: bytes) -> bool:
    return _SAFARI.match(file, 0, _HEAD) is not None or _message(file) is not None


def _of_archive(file: bytes, url: str) -> _Contents | None:
    """From an .mhtml: a message of many parts. Raises BadSavedFile."""
    archive = _message(file.lstrip(b"\r\n "))
    if archive is None or "mime-version" not in archive.headers:
        return None
    pages = list(_pages(archive))
    page = _main_page(archive, pages, url)
    told = page.location or str(archive.headers.get("Snapshot-Content-Location", ""))
    others = [other for other in pages if other is not page]
    framed = _framed(page.read(), [(other.names, other.read) for other in others]) if others else None
    return (framed.encode("utf-8", "replace"), told, "utf-8") if framed else (
        page.decoded(), told, page.headers.get_content_charset()
    )  # fmt: skip


def _framed(page: Saved, others: list[tuple[tuple[str, ...], Callable[[], Saved]]]) -> str | None:
    """The page with the text of its frames; None where that is not in them."""
    by_name = {name: (number, read) for number, (names, read) in enumerate(others) for name in names}
    used: set[int] = set()

    def find(name: str) -> Saved | None:
        number, read = by_name.get(name, (-1, None))
        if read is None or number in used:
            return None
        used.add(number)
        return read()

    source = with_frames(page, find)
    return None if source is page.source else source


def _of_safari(file: bytes, url: str) -> _Contents | None:
    """From a .webarchive: a property list, binary or XML. Raises BadSavedFile."""
    if not _SAFARI.match(file, 0, _HEAD):
        return None
    try:
        return _read_safari(plistlib.loads(file))
    except LookupError:
        raise BadSavedFile(url, "no page") from None
    except (
        plistlib.InvalidFileException,
        ExpatError,
        AttributeError,
        TypeError,
        ValueError,
        OverflowError,
        RecursionError,
    ):
        raise BadSavedFile(url, "damaged") from None


def _read_safari(archive: Any) -> _Contents:
    main = archive["WebMainResource"]
    told, charset = main.get("WebResourceURL"), main.get("WebResourceTextEncodingName")
    body, told, charset = bytes(main["WebResourceData"]), str(told or ""), str(charset) if charset else None
    frames = list(_safari_frames(archive))
    framed = _framed(Saved(decode(body, charset).text, told), frames) if frames else None
    return (framed.encode("utf-8", "replace"), told, "utf-8") if framed else (body, told, charset)


def _safari_frames(archive: Any, depth: int = 0) -> Iterator[tuple[tuple[str, ...], Callable[[], Saved]]]:
    for inner in islice(archive.get("WebSubframeArchives", ()), _MOST_PARTS):
        main = inner["WebMainResource"]
        where, body = str(main["WebResourceURL"]), bytes(main["WebResourceData"])
        charset = main.get("WebResourceTextEncodingName")
        yield (where,), partial(_safari_page, body, str(charset) if charset else None, where)
        if depth < _DEEPEST:
            yield from _safari_frames(inner, depth + 1)


def _safari_page(body: bytes, charset: str | None, where: str) -> Saved:
    return Saved(decode(body, charset).text, where)


def _main_page(archive: _Part, pages: list[_Part], url: str) -> _Part:
    """The page that the archive is of: the others are its frames. Raises BadSavedFile."""
    if not pages:
        raise BadSavedFile(url, "no page" if _is_whole(archive) else "cut")
    wanted = str(archive.headers.get("Snapshot-Content-Location", "")).strip()
    start = str(archive.headers.get_param("start", ""))
    for page in pages:
        if (wanted and page.location == wanted) or (start and page.headers.get("Content-ID") == start):
            return page
    return pages[0]


def _pages(part: _Part, depth: int = 0) -> Iterator[_Part]:
    boundary = part.headers.get_boundary()
    if part.is_page:
        yield part
    if part.headers.get_content_maintype() != "multipart" or not boundary or depth >= _DEEPEST:
        return
    for inner in islice(_cut(part.body, boundary.encode("ascii", "surrogateescape")), _MOST_PARTS):
        found = _message(inner)
        if found is not None:
            yield from _pages(found, depth + 1)


def _is_whole(archive: _Part) -> bool:
    boundary = (archive.headers.get_boundary() or "").encode("ascii", "surrogateescape")
    return b"--" + boundary + b"--" in archive.body[-_HEAD:]


def _cut(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between two boundaries; what is not closed by one was cut off and is none."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(?:--)?[ \t]*\r?(?:\n|\Z)")
    last = None
    for found in line.finditer(body):
        if last is not None:
            yield body[last : found.start()]
        last = found.end() - 1  # the line end may begin the next boundary


def _message(data: bytes) -> _Part | None:
    """Headers and what follows them, if it begins like headers."""
    data = data.lstrip(b"\r\n")
    end = _BLANK_LINE.search(data, 0, _HEAD)
    if end is None or not _FIRST_HEADER.match(data):
        return None
    return _Part(BytesHeaderParser().parsebytes(data[: end.start()]), data[end.end() :])


def _told_address(file: bytes) -> str:
    head = file[:_HEAD]
    found = next((match for pattern in _SAVED_FROM if (match := pattern.search(head))), None)
    return found[1].decode("utf-8", "replace") if found else ""


def _web_address(told: str, url: str) -> str:
    """What the file tells, if that is a web address (a browser may have saved a saved file)."""
    try:
        return to_fetch(told) if "://" in told else url
    except AddressError:
        return url


def _without_resources(page: bytes) -> bytes:
    page = _BESIDE.sub(b" ", _INLINE.sub(b"data:,", page))
    return _REMEMBERED.sub(rb"data-\1=", page)
