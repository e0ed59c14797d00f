"""The error tree: facts with names, no sentences.

PagelogError
├── AddressError            no link can be made of what was typed
│   ├── BadURL
│   └── SchemeRefused
├── FetchError              the page did not come whole
│   ├── HostNotFound, AddressRefused, FakeAddress
│   ├── ConnectionFailed, ProxyFailed, TimedOut
│   ├── TLSFailed, TLSTooOld, CertificateExpired, CertificateMismatch, UnknownIssuer
│   ├── TooLarge, HeadersTooLarge, IncompleteBody, BadEncoding, UnsupportedEncoding, ProtocolBroken
│   ├── TooManyRedirects, RedirectRefused
│   └── BadStatus, BrowserWanted, TryLater, EmptyBody
├── ConvertError            it came, and is not an article we can keep
│   ├── NotAWebPage, NoArticle, NeedsBrowser
│   └── ConversionTimedOut, ConversionTooBig, ConversionFailed
├── Doubt                   a capture that is set aside for the user's word
│   ├── NotThePage          something stands in the page's place
│   │   ├── SoftNotFound, SiteTrouble, DomainParked, FrontPage
│   │   └── LoginWall, RobotCheck, CookieWall, Paywall, ScriptWanted
│   ├── OtherShape          by its shape alone
│   │   └── MuchShorter, OtherLanguage
│   └── BothChanged
├── RequestError            the user's words name nothing, several things, or nothing sensible
│   ├── NoSuchLink, SeveralLinks, NoSuchVersion, SeveralVersions, NoVersions
│   ├── BadTag, BadQuery, BadField, BadEdit
│   ├── NothingHeld, NotTrashed, AlreadyTaken, NoOriginal
│   └── DamagedDocument
├── LibraryError            the library cannot be used
│   ├── NoLibrary, NotALibrary, BadSettings, NewerFormat, OtherOwner, UnknownRefFormat
│   ├── Locked, Busy, NotWritable, DiskFull
│   ├── NotOnMain, MergeInProgress
│   └── GitMissing, GitTooOld, GitFailed
└── ConfigError             the user's own config file
    └── BadConfig

Sentences and hints for people stand in `tui/wording.py`, one per leaf. The name in JSON is the class name.
An error travels (worker process -> parent, state.sqlite3 -> screen) as its name and facts: `pack` and `unpack`.
"""

from __future__ import annotations

from typing import ClassVar, dataclass_transform

Fact = str | int | float | None


@dataclass_transform(eq_default=False)
class PagelogError(Exception):
    """Every error a user may meet. The annotations of a subclass are its facts, and make its constructor.

    As dataclasses have it, but these need no code compiled: seventy dataclasses took 15 ms of every start.
    """

    by_name: ClassVar[dict[str, type[PagelogError]]] = {}
    fact_names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        PagelogError.by_name[cls.__name__] = cls
        cls.fact_names = tuple(dict.fromkeys((*cls.fact_names, *cls.__annotations__)))

    def __init__(self, *facts: Fact, **named: Fact) -> None:
        values = dict(zip(self.fact_names, facts, strict=False), **named)
        if len(values) != len(facts) + len(named) or values.keys() != set(self.fact_names):
            raise TypeError(f"{self.name} takes the facts {self.fact_names}, not {values}")
        super().__init__(*facts)
        self.__dict__.update(values)

    @property
    def name(self) -> str:
        """The stable name, as in JSON."""
        return type(self).__name__

    @property
    def facts(self) -> dict[str, Fact]:
        """The fields as plain values."""
        return {name: getattr(self, name) for name in self.fact_names}

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{key}={value!r}' for key, value in self.facts.items())})"


def pack(error: PagelogError) -> dict[str, Fact]:
    """A flat, JSON-ready form: the facts and, under `error`, the name."""
    return {"error": error.name, **error.facts}


def unpack(packed: dict[str, Fact]) -> PagelogError | None:
    """The error that `pack` gave, or None when this version knows no such error or other facts."""
    facts = {key: value for key, value in packed.items() if key != "error"}
    kind = PagelogError.by_name.get(str(packed.get("error")))
    if kind is None:
        return None
    try:
        return kind(**facts)
    except TypeError:
        return None


# --- addresses ------------------------------------------------------------------------------------------------------


class AddressError(PagelogError):
    """No link can be made of what was typed."""


class BadURL(AddressError):
    """`text` is no web address; `reason` is one of the words of `store.address`."""

    text: str
    reason: str


class SchemeRefused(AddressError):
    """Only http and https are kept."""

    text: str
    scheme: str


# --- fetching -------------------------------------------------------------------------------------------------------


class FetchError(PagelogError):
    """The page did not come, or not whole."""

    url: str


class HostNotFound(FetchError):
    """The name does not resolve."""

    url: str
    host: str


class AddressRefused(FetchError):
    """The host is, or leads to, an address that is not public."""

    url: str
    host: str
    address: str
    port: int


class FakeAddress(FetchError):
    """The resolver answered from 198.18.0.0/15, as "fake-IP" proxies do."""

    url: str
    host: str
    address: str
    port: int


class ConnectionFailed(FetchError):
    """No connection, or it was cut before an answer came."""

    url: str
    host: str
    detail: str


class TLSFailed(FetchError):
    """No secure connection, for a reason without a name of its own; `detail` is OpenSSL's, cleaned."""

    url: str
    host: str
    detail: str


class TLSTooOld(FetchError):
    """The server speaks TLS as it was years ago; `server` is how `[fetch] legacy_tls` would name it."""

    url: str
    host: str
    server: str
    detail: str


class CertificateExpired(FetchError):
    """The certificate does not hold today: `detail` is expired or not valid yet."""

    url: str
    host: str
    detail: str


class CertificateMismatch(FetchError):
    """The certificate is for another host."""

    url: str
    host: str


class UnknownIssuer(FetchError):
    """The certificate was signed by itself, or by nobody that is trusted here; `detail` is OpenSSL's reason."""

    url: str
    host: str
    detail: str


class ProxyFailed(FetchError):
    """The user's proxy refused or could not be reached."""

    url: str
    proxy: str
    detail: str


class TimedOut(FetchError):
    """`seconds` is the limit that ran out, `waiting_for` is connect, answer or body."""

    url: str
    seconds: float
    waiting_for: str


class TooLarge(FetchError):
    """`limit` bytes; `measure` is declared, wire, decoded, or saved (a file from the user's browser)."""

    url: str
    limit: int
    measure: str


class HeadersTooLarge(FetchError):
    """More header bytes than any honest server sends."""

    url: str


class IncompleteBody(FetchError):
    """The body ended before its declared end."""

    url: str


class BadEncoding(FetchError):
    """The body is not what Content-Encoding says."""

    url: str
    encoding: str


class UnsupportedEncoding(FetchError):
    """A Content-Encoding that was not offered, or several layers."""

    url: str
    encoding: str


class ProtocolBroken(FetchError):
    """The answer is not HTTP."""

    url: str
    detail: str


class TooManyRedirects(FetchError):
    """More than `limit` hops."""

    url: str
    limit: int


class RedirectRefused(FetchError):
    """A redirect to something that is no usable web address; `reason`: scheme, address, target or missing."""

    url: str
    target: str
    reason: str


class BadStatus(FetchError):
    """An answer that is no page: 404, 500, 204, an unasked 304."""

    url: str
    status: int


class BrowserWanted(FetchError):
    """The server lets only browsers in: it answers with a challenge. `by` says whose, as far as it can be told."""

    url: str
    status: int
    by: str


class TryLater(FetchError):
    """429 or 503: says nothing about the page. `seconds`: the wait asked for, if any."""

    url: str
    status: int
    seconds: int | None


class EmptyBody(FetchError):
    """200 without a byte."""

    url: str


# --- converting -----------------------------------------------------------------------------------------------------


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


# --- doubts ---------------------------------------------------------------------------------------------------------


class Doubt(PagelogError):
    """Why a capture is held."""

    url: str


class NotThePage(Doubt):
    """Something stands in its place. `sign`: where that was seen: title, heading, text, page, form, script, address."""

    url: str
    sign: str


class SoftNotFound(NotThePage):
    """There is no such page, said with status 200."""


class SiteTrouble(NotThePage):
    """An error or maintenance of the site, said with status 200."""


class LoginWall(NotThePage):
    """A login page."""


class RobotCheck(NotThePage):
    """A captcha, a challenge, or a refusal of somebody who asks too often."""


class CookieWall(NotThePage):
    """A question about cookies."""


class Paywall(NotThePage):
    """The beginning of a page, and an offer to subscribe."""


class DomainParked(NotThePage):
    """The domain is for sale, or has expired."""


class ScriptWanted(NotThePage):
    """A page that says it needs JavaScript."""


class FrontPage(NotThePage):
    """The site's front page."""


class OtherShape(Doubt):
    """Nothing on the page says that it is none; but it is unlike the last one. A day later it may be believed."""

    url: str


class MuchShorter(OtherShape):
    """`before` and `after` are what the texts weigh, in letters."""

    url: str
    before: int
    after: int


class OtherLanguage(OtherShape):
    """`before` and `after` are language tags."""

    url: str
    before: str
    after: str


class BothChanged(Doubt):
    """The page changed where the body did too, by the user's hand: the two cannot be joined."""

    url: str


# --- requests -------------------------------------------------------------------------------------------------------


class RequestError(PagelogError):
    """The user's words name nothing, several things, or nothing sensible."""


class NoSuchLink(RequestError):
    """No link has this URL or id."""

    text: str


class SeveralLinks(RequestError):
    """`text` begins several ids, given in `ids` with blanks between."""

    text: str
    ids: str


class NoSuchVersion(RequestError):
    """`versions` is how many there are."""

    id: str
    text: str
    versions: int


class SeveralVersions(RequestError):
    """`text` begins several commits of the link."""

    id: str
    text: str
    commits: str


class NoVersions(RequestError):
    """The link is in no commit yet: it stands on disk only, or in the queue."""

    id: str


class BadTag(RequestError):
    """Not a tag; `reason`: empty, comma, blank, control, too long."""

    text: str
    reason: str


class BadQuery(RequestError):
    """`reason` is one of the words of `store.query`; `position` is a character offset."""

    text: str
    reason: str
    position: int


class BadField(RequestError):
    """A value that this field cannot hold."""

    field: str
    value: str


class BadEdit(RequestError):
    """What came back from the editor is no document; it is kept in `kept`."""

    id: str
    reason: str
    kept: str


class NothingHeld(RequestError):
    """No capture waits for the user's word."""

    id: str


class NotTrashed(RequestError):
    """The link is not in the trash."""

    id: str


class AlreadyTaken(RequestError):
    """Another link has this URL already."""

    url: str
    id: str


class NoOriginal(RequestError):
    """No bytes of the page are kept here."""

    id: str


class DamagedDocument(RequestError):
    """The file's front matter cannot be read."""

    path: str
    reason: str


# --- the library ----------------------------------------------------------------------------------------------------


class LibraryError(PagelogError):
    """The library cannot be used (exit status 3)."""


class NoLibrary(LibraryError):
    """Nothing stands at `path`."""

    path: str


class NotALibrary(LibraryError):
    """A folder with other content, or a file."""

    path: str


class BadSettings(LibraryError):
    """pagelog.toml cannot be read."""

    path: str
    reason: str


class NewerFormat(LibraryError):
    """The library was written by a newer pagelog."""

    path: str
    format: int
    known: int


class OtherOwner(LibraryError):
    """The folder belongs to another user, so git refuses it."""

    path: str


class UnknownRefFormat(LibraryError):
    """Refs are stored as `format`, which pagelog does not write."""

    path: str
    format: str


class Locked(LibraryError):
    """Another pagelog has been writing for `seconds`."""

    path: str
    seconds: float


class Busy(LibraryError):
    """Another program keeps what we need: `what` is index.lock, main or files."""

    path: str
    what: str
    seconds: float


class NotWritable(LibraryError):
    """A read-only folder or disk."""

    path: str
    detail: str


class DiskFull(LibraryError):
    """No space; the old state stands."""

    path: str


class NotOnMain(LibraryError):
    """HEAD is detached or on another branch, named in `head`."""

    path: str
    head: str


class MergeInProgress(LibraryError):
    """The user's own merge, rebase, cherry-pick or revert is not finished: `what`."""

    path: str
    what: str


class GitMissing(LibraryError):
    """There is no git program."""


class GitTooOld(LibraryError):
    """`found` is older than `needed`."""

    found: str
    needed: str


class GitFailed(LibraryError):
    """A git command failed in a way nobody foresaw; `detail` is its last line, cleaned."""

    command: str
    detail: str


# --- the user's config ----------------------------------------------------------------------------------------------


class ConfigError(PagelogError):
    """The user's own config file (exit status 2)."""


class BadConfig(ConfigError):
    """`key` may be empty when the file is no TOML."""

    path: str
    key: str
    reason: str
