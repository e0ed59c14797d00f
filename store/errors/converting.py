"""Why a page that came is no article that we can keep."""

from __future__ import annotations

from store.errors.base import PagelogError


class ConvertError(PagelogError):
    """The bytes came and are not an article that can be kept."""

    url: str


class NotAWebPage(ConvertError):
    """A picture, a PDF, a feed, an archive: `type` as sniffed or declared."""

    url: str
    type: str


class NoArticle(ConvertError):
    """A page without text worth keeping."""

    url: str


class NeedsBrowser(ConvertError):
    """A page without text of its own: scripts build it in the browser."""

    url: str


class SentOn(ConvertError):
    """A page without a text that only sends a browser on, to `target`."""

    url: str
    target: str


class FramesOnly(ConvertError):
    """A frameset: the text is in its frames; `target` is the address of the one that looks like it."""

    url: str
    target: str


class GarbledText(ConvertError):
    """Bytes that were sent as a text, and are none in any encoding that is known."""

    url: str


class BadSavedFile(ConvertError):
    """The file that a browser saved: `reason` is cut (an archive without its end), damaged, no page or no text."""

    url: str
    reason: str


class ConversionTimedOut(ConvertError):
    """The converter was stopped after `seconds`."""

    url: str
    seconds: float


class ConversionTooBig(ConvertError):
    """`measure`: memory, output, tags, attributes, nesting; `limit` in its unit."""

    url: str
    measure: str
    limit: int


class ConversionFailed(ConvertError):
    """The converter died or raised; `detail` is the name of what it raised."""

    url: str
    detail: str
