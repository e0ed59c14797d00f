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
│   ├── NotAWebPage, GarbledText, BadSavedFile
│   ├── NoArticle, NeedsBrowser, SentOn, FramesOnly
│   └── ConversionTimedOut, ConversionTooBig, ConversionFailed
├── Doubt                   a capture that is set aside for the user's word
│   ├── NotThePage          something stands in the page's place
│   │   ├── SoftNotFound, SiteTrouble, DomainParked, FrontPage
│   │   ├── LoginWall, RobotCheck, CookieWall, Paywall, ScriptWanted
│   │   └── NotShownHere, Garbled
│   ├── OtherShape          by its shape alone
│   │   └── MuchShorter, OtherLanguage, OtherText
│   └── BothChanged
├── RequestError            the user's words name nothing, several things, or nothing sensible
│   ├── NoSuchLink, SeveralLinks, NoSuchVersion, SeveralVersions, NoVersions
│   ├── BadTag, UnknownTag, BelowItself
│   ├── BadQuery, BadField, BadEdit
│   ├── InTheWay
│   ├── NothingToUndo, NothingToRedo, FewerActions, NoSuchAction, SeveralActions, NotUndoable, AlreadyUndone
│   ├── NothingHeld, NotTrashed, AlreadyTaken, NoOriginal
│   └── DamagedDocument
├── LibraryError            the library cannot be used
│   ├── NoLibrary, NotALibrary, FolderTaken, BadSettings, NewerFormat, OtherOwner, UnknownRefFormat, Untrusted
│   ├── DamagedRepository
│   ├── Locked, Busy, NotWritable, DiskFull
│   ├── NotOnMain, MergeInProgress
│   └── GitMissing, GitTooOld, GitFailed
├── RemoteError             the other side of sync or clone
│   ├── NoRemote, BadRemote, RemoteUnreachable, RemoteSilent, RemoteMissing
│   ├── RemoteDenied, HostKeyUnknown, PushDenied, RemoteCheckedOut
│   ├── RemoteMoving, RemoteHeld, RemoteFull, RemoteShallow, RemoteFailed, PushUnknown
│   └── UnrelatedRemote, RewrittenRemote, UnsafeTree, NotForOthers
└── ConfigError             the user's own config file
    └── BadConfig

Sentences and hints for people stand in `tui/wording.py`, one per leaf. The name in JSON is the class name.
An error travels (worker process -> parent, state.sqlite3 -> screen) as its name and facts: `pack` and `unpack`.
"""

from __future__ import annotations

from store.errors.base import Fact, PagelogError, pack, unpack
from store.errors.converting import (
    BadSavedFile,
    ConversionFailed,
    ConversionTimedOut,
    ConversionTooBig,
    ConvertError,
    FramesOnly,
    GarbledText,
    NeedsBrowser,
    NoArticle,
    NotAWebPage,
    SentOn,
)
from store.errors.doubts import (
    BothChanged,
    CookieWall,
    DomainParked,
    Doubt,
    FrontPage,
    Garbled,
    LoginWall,
    MuchShorter,
    NotShownHere,
    NotThePage,
    OtherLanguage,
    OtherShape,
    OtherText,
    Paywall,
    RobotCheck,
    ScriptWanted,
    SiteTrouble,
    SoftNotFound,
)
from store.errors.fetching import (
    AddressError,
    AddressRefused,
    BadEncoding,
    BadStatus,
    BadURL,
    BrowserWanted,
    CertificateExpired,
    CertificateMismatch,
    ConnectionFailed,
    EmptyBody,
    FakeAddress,
    FetchError,
    HeadersTooLarge,
    HostNotFound,
    IncompleteBody,
    ProtocolBroken,
    ProxyFailed,
    RedirectRefused,
    SchemeRefused,
    TimedOut,
    TLSFailed,
    TLSTooOld,
    TooLarge,
    TooManyRedirects,
    TryLater,
    UnknownIssuer,
    UnsupportedEncoding,
)
from store.errors.library import (
    BadConfig,
    BadSettings,
    Busy,
    ConfigError,
    DamagedRepository,
    DiskFull,
    FolderTaken,
    GitFailed,
    GitMissing,
    GitTooOld,
    LibraryError,
    Locked,
    MergeInProgress,
    NewerFormat,
    NoLibrary,
    NotALibrary,
    NotOnMain,
    NotWritable,
    OtherOwner,
    UnknownRefFormat,
    Untrusted,
)
from store.errors.remote import (
    BadRemote,
    HostKeyUnknown,
    NoRemote,
    NotForOthers,
    PushDenied,
    PushUnknown,
    RemoteCheckedOut,
    RemoteDenied,
    RemoteError,
    RemoteFailed,
    RemoteFull,
    RemoteHeld,
    RemoteMissing,
    RemoteMoving,
    RemoteShallow,
    RemoteSilent,
    RemoteUnreachable,
    RewrittenRemote,
    UnrelatedRemote,
    UnsafeTree,
)
from store.errors.requests import (
    AlreadyTaken,
    AlreadyUndone,
    BadEdit,
    BadField,
    BadQuery,
    BadTag,
    BelowItself,
    DamagedDocument,
    FewerActions,
    InTheWay,
    NoOriginal,
    NoSuchAction,
    NoSuchLink,
    NoSuchVersion,
    NothingHeld,
    NothingToRedo,
    NothingToUndo,
    NotTrashed,
    NotUndoable,
    NoVersions,
    RequestError,
    SeveralActions,
    SeveralLinks,
    SeveralVersions,
    UnknownTag,
)

__all__ = [
    "AddressError",
    "AddressRefused",
    "AlreadyTaken",
    "AlreadyUndone",
    "BadConfig",
    "BadEdit",
    "BadEncoding",
    "BadField",
    "BadQuery",
    "BadRemote",
    "BadSavedFile",
    "BadSettings",
    "BadStatus",
    "BadTag",
    "BadURL",
    "BelowItself",
    "BothChanged",
    "BrowserWanted",
    "Busy",
    "CertificateExpired",
    "CertificateMismatch",
    "ConfigError",
    "ConnectionFailed",
    "ConversionFailed",
    "ConversionTimedOut",
    "ConversionTooBig",
    "ConvertError",
    "CookieWall",
    "DamagedDocument",
    "DamagedRepository",
    "DiskFull",
    "DomainParked",
    "Doubt",
    "EmptyBody",
    "Fact",
    "FakeAddress",
    "FetchError",
    "FewerActions",
    "FolderTaken",
    "FramesOnly",
    "FrontPage",
    "Garbled",
    "GarbledText",
    "GitFailed",
    "GitMissing",
    "GitTooOld",
    "HeadersTooLarge",
    "HostKeyUnknown",
    "HostNotFound",
    "InTheWay",
    "IncompleteBody",
    "LibraryError",
    "Locked",
    "LoginWall",
    "MergeInProgress",
    "MuchShorter",
    "NeedsBrowser",
    "NewerFormat",
    "NoArticle",
    "NoLibrary",
    "NoOriginal",
    "NoRemote",
    "NoSuchAction",
    "NoSuchLink",
    "NoSuchVersion",
    "NoVersions",
    "NotALibrary",
    "NotAWebPage",
    "NotForOthers",
    "NotOnMain",
    "NotShownHere",
    "NotThePage",
    "NotTrashed",
    "NotUndoable",
    "NotWritable",
    "NothingHeld",
    "NothingToRedo",
    "NothingToUndo",
    "OtherLanguage",
    "OtherOwner",
    "OtherShape",
    "OtherText",
    "PagelogError",
    "Paywall",
    "ProtocolBroken",
    "ProxyFailed",
    "PushDenied",
    "PushUnknown",
    "RedirectRefused",
    "RemoteCheckedOut",
    "RemoteDenied",
    "RemoteError",
    "RemoteFailed",
    "RemoteFull",
    "RemoteHeld",
    "RemoteMissing",
    "RemoteMoving",
    "RemoteShallow",
    "RemoteSilent",
    "RemoteUnreachable",
    "RequestError",
    "RewrittenRemote",
    "RobotCheck",
    "SchemeRefused",
    "ScriptWanted",
    "SentOn",
    "SeveralActions",
    "SeveralLinks",
    "SeveralVersions",
    "SiteTrouble",
    "SoftNotFound",
    "TLSFailed",
    "TLSTooOld",
    "TimedOut",
    "TooLarge",
    "TooManyRedirects",
    "TryLater",
    "UnknownIssuer",
    "UnknownRefFormat",
    "UnknownTag",
    "UnrelatedRemote",
    "UnsafeTree",
    "UnsupportedEncoding",
    "Untrusted",
    "pack",
    "unpack",
]
