"""The English words for every error: its name, or `Name:fact`, gives (sentence, hint).

What stands in braces is a fact of the error, cleaned by `tui.wording`; `{server}` is address and port, `{quoted_path}`
a path as a shell wants it, `{config}` the user's config file.
"""

from __future__ import annotations

# The facts that may decide which words fit, in this order.
DECIDING = ("reason", "waiting_for", "measure", "status", "type", "what", "field", "key", "versions")

_SHOW_LINKS = "`pagelog list` shows every link with its id."
_AGAIN = "Try again later: `pagelog refresh` with the link."
_ELSEWHERE = "Open it in a browser to see whether the site works at all."
_SAVE_IT = "If your browser shows it, save it there, then: `pagelog add URL --html FILE`."
_QUOTE = 'Put the query in single quotes; words, "phrases", tag:name, site:host, is:unread and -word can be used.'

_FACTS = "unread, read, archived, starred, broken, pending, held, changed, untagged, trashed or damaged"

_ADDRESSES = {
    "BadURL": ('"{text}" is no web address.', "Give one like https://example.org/page."),
    "BadURL:no host": ('"{text}" names no host.', "Give an address like https://example.org/page."),
    "BadURL:host": (
        '"{text}" has a host name that cannot exist.',
        "Look for a slip in the part before the first slash.",
    ),
    "BadURL:number": (
        '"{text}" has a number where a host belongs.',
        "Write an IPv4 address as four decimal numbers, like 192.0.2.1.",
    ),
    "BadURL:ipv6": (
        '"{text}" has an IPv6 address that cannot be read.',
        "Write it in brackets: http://[2001:db8::1]/.",
    ),
    "BadURL:port": ('"{text}" has a port that cannot be.', "A port is a number from 0 to 65535."),
    "BadURL:backslash": ('"{text}" has a backslash where the host stands.', "Write slashes: https://example.org/page."),
    "BadURL:too long": ('The address "{text}" is longer than 8,192 bytes.', "Look for a shorter address of the page."),
    "BadURL:not text": ('"{text}" holds bytes that are no text.', "Save the list of addresses as UTF-8."),
    "SchemeRefused": (
        '"{text}" is not a web address: pagelog keeps http and https pages, not {scheme}.',
        "Give the address of a page on the web, like https://example.org/page.",
    ),
}

_FETCHING = {
    "HostNotFound": (
        "The host {host} was not found.",
        "Check the spelling and your network; the link is tried again by `pagelog refresh`.",
    ),
    "AddressRefused": (
        "{host} leads to {address}, an address that is not public, so it was not contacted.",
        'Once: --allow-private with the address typed. For good, in {config}: [fetch] allow_private = ["{server}"]',
    ),
    "FakeAddress": (
        '{host} was answered with {address}, an address that proxy programs in "fake-IP" mode make up.',
        'If you run such a proxy, put into {config}: [fetch] allow_private = ["198.18.0.0/15"]',
    ),
    "ConnectionFailed": ("No connection to {host} ({detail}).", _AGAIN),
    "TLSFailed": (
        "No secure connection to {host}: {detail}.",
        'If your network has a certificate of its own, put into {config}: [fetch] ca_file = "/path/to/ca.pem"',
    ),
    "TLSTooOld": (
        "{host} has an old kind of TLS that is refused today ({detail}).",
        'If you want its pages all the same, put into {config}: [fetch] legacy_tls = ["{server}"]',
    ),
    "CertificateExpired": (
        "The certificate of {host} is {detail}, so it was not trusted.",
        "Check your clock; else the site has to mend it. " + _SAVE_IT,
    ),
    "CertificateMismatch": (
        "The certificate that {host} shows is for another host, so it was not trusted.",
        "Check the address; the right one may begin with www. or without it. " + _SAVE_IT,
    ),
    "UnknownIssuer": (
        "The certificate of {host} was signed by nobody that is trusted here ({detail}).",
        'If you know who signed it, put into {config}: [fetch] ca_file = "/path/to/ca.pem"',
    ),
    "ProxyFailed": (
        "The proxy {proxy} did not help: {detail}.",
        "Check [fetch] proxy in {config}, and HTTP_PROXY, HTTPS_PROXY and NO_PROXY.",
    ),
    "TimedOut": ("The page did not come within {seconds} seconds.", _AGAIN),
    "TimedOut:connect": ("No connection within {seconds} seconds.", _AGAIN),
    "TimedOut:answer": ("Connected, but no answer within {seconds} seconds.", _AGAIN),
    "TimedOut:body": ("The page began to come and was not whole after {seconds} seconds.", _AGAIN),
    "TooLarge": (
        "The page is larger than {limit}.",
        "If you want it all the same, raise [fetch] max_size in {config}.",
    ),
    "TooLarge:decoded": (
        "Unpacked, the page is larger than {limit}.",
        "If you trust it, raise [fetch] max_decoded in {config}.",
    ),
    "TooLarge:saved": (
        "The saved file is larger than {limit}.",
        "Save the page without its pictures, or raise [fetch] max_decoded in {config}.",
    ),
    "HeadersTooLarge": ("The server sends more headers than any honest one.", _ELSEWHERE),
    "IncompleteBody": ("The page was cut off before its end; half a page is not kept.", _AGAIN),
    "BadEncoding": ("The page is damaged: it is not the {encoding} that it claims to be.", _AGAIN),
    "UnsupportedEncoding": ("The page is packed as {encoding}, which was not asked for.", _ELSEWHERE),
    "ProtocolBroken": ("The answer is not HTTP ({detail}).", _ELSEWHERE),
    "TooManyRedirects": ("The page sends the visitor on more than {limit} times.", _ELSEWHERE),
    "RedirectRefused": ('The page sends the visitor on to "{target}", where pagelog does not go.', _ELSEWHERE),
    "RedirectRefused:missing": ("The page sends the visitor on and does not say where.", _ELSEWHERE),
    "RedirectRefused:scheme": ('The page sends the visitor on to "{target}", which is not on the web.', _ELSEWHERE),
    "BadStatus": ("The server answers with status {status}, not with a page.", _ELSEWHERE),
    "BadStatus:401": ("The page wants a password (401).", "pagelog keeps only pages that open without signing in."),
    "BadStatus:403": ("The server refuses this page to pagelog (403).", _SAVE_IT),
    "BadStatus:404": ("There is no page at this address (404).", "Check the address; it may have moved."),
    "BadStatus:410": ("The page is gone for good (410).", "What was captured before stays in the library."),
    "BadStatus:500": ("The server has an error of its own (500).", _AGAIN),
    "BrowserWanted": (
        "The server lets only browsers in: it answers with a challenge of {by} (status {status}).",
        "Save the page in your browser, then: `pagelog add URL --html FILE`.",
    ),
    "TryLater": ("The server asks to come back later ({status}).", _AGAIN),
    "EmptyBody": ("The answer is empty.", _ELSEWHERE),
}

_CONVERTING = {
    "NotAWebPage": (
        "This is {type}, not a web page; other kinds are not yet supported.",
        "The link is kept; `pagelog open` shows it in your browser.",
    ),
    "NotAWebPage:application/pdf": (
        "This is a PDF, and PDFs are not yet read.",
        "The link is kept; `pagelog open` shows it in your browser.",
    ),
    **dict.fromkeys(
        ("NotAWebPage:application/rss+xml", "NotAWebPage:application/atom+xml", "NotAWebPage:application/feed+json"),
        ("This is a feed, and feeds are not yet read.", "Add the pages that it names one by one."),
    ),
    "NoArticle": ("The page has no text worth keeping; it may need a login.", _SAVE_IT),
    "NeedsBrowser": (
        "The page has no text of its own: scripts build it in the browser.",
        "Save it in your browser once it is there, then: `pagelog add URL --html FILE`.",
    ),
    "ConversionTimedOut": (
        "The page was not converted within {seconds} seconds.",
        "If it is worth the time, raise [fetch] convert_timeout in {config}.",
    ),
    "ConversionTooBig": (
        "The page is too big to convert: over {limit} ({measure}).",
        "The link is kept; `pagelog open` shows it in your browser.",
    ),
    "ConversionFailed": (
        "The page could not be converted ({detail}).",
        "This should not happen: please report it with the address of the page.",
    ),
}

_REQUESTS = {
    "NoSuchLink": ('There is no link "{text}" in this library.', _SHOW_LINKS),
    "SeveralLinks": ('"{text}" begins more than one id: {ids}.', "Type more of the id."),
    "NoSuchVersion": ('"{text}" names none of the {versions} versions of {id}.', "`pagelog log {id}` lists them."),
    "NoSuchVersion:1": ('"{text}" names no version of {id}: there is only version 1.', "`pagelog log {id}` shows it."),
    "SeveralVersions": ('"{text}" begins more than one commit of {id}: {commits}.', "Type more of it."),
    "NoVersions": (
        "{id} has no versions so far: no commit holds it.",
        "Any command that changes the link commits it, for example `pagelog tag add`.",
    ),
    "BadTag": ('"{text}" cannot be a tag.', "A tag is letters and digits, with / to nest: policy/energy."),
    "BadTag:empty": ("A tag needs a name.", "Give one like policy or policy/energy."),
    "BadTag:comma": ('"{text}" cannot be a tag: commas part tags.', "Give them one by one, or as a,b."),
    "BadTag:blank": ('"{text}" cannot be a tag: it has a blank in it.', "Write it with a hyphen instead."),
    "BadTag:control": ('"{text}" cannot be a tag: it has control characters in it.', "Type it again by hand."),
    "BadTag:too long": ('"{text}" is too long for a tag.', "Use a shorter name; the note holds long texts."),
    "UnknownTag": ('No link has the tag "{tag}", or one below it.', "`pagelog tag list` shows every tag in use."),
    "BelowItself": (
        '"{tag}" cannot become "{into}", which is below it.',
        "Rename it to something else first; or `pagelog tag merge`, which leaves what is below the target where it is.",
    ),
    "BadQuery": ('The query "{text}" cannot be read.', _QUOTE),
    "BadQuery:bracket": ('The query "{text}" has a bracket without its other half.', _QUOTE),
    "BadQuery:quote": ('The query "{text}" has a quotation mark that is never closed.', _QUOTE),
    "BadQuery:nothing": (
        'The query "{text}" has a place where a word is missing, after `or`, `-` or a bracket.',
        _QUOTE,
    ),
    "BadQuery:value": (
        'The query "{text}" asks a field for something it does not know.',
        "is: takes " + _FACTS + "; dates are written added:>2026-01-01 or changed:<7d.",
    ),
    "BadQuery:field": (
        'The query "{text}" names a field that there is not.',
        "The fields are tag: site: title: url: is: added: changed:; put other words with a colon in double quotes.",
    ),
    "BadField": ('"{value}" cannot be the {field} of a link.', "`pagelog edit --help` says what can."),
    "BadField:status": ('"{value}" is no status.', "A status is unread, read or archived."),
    "BadField:title": ('"{value}" cannot be a title.', "A title is one line of text."),
    "BadEdit": (
        "What came back from the editor is not a document of {id}: {reason}.",
        "Nothing was changed, and your text is kept in {kept}.",
    ),
    "InTheWay": (
        "{path} stands in your library's folder and in no commit, and another one is to come in its place.",
        "Move it away, or commit it with git; then sync again.",
    ),
    "NothingToUndo": (
        "Nothing that was done here is left to take back; the newest action of anybody is {commit}: {summary}.",
        "To take that one back: `pagelog undo {commit}`. `pagelog activity` lists all.",
    ),
    "NothingToUndo:nothing": ("There is nothing to take back.", "`pagelog activity` lists what was done."),
    "NothingToRedo": ("There is nothing to put back: nothing is undone.", "`pagelog activity` lists all."),
    "NothingToRedo:since": (
        "There is nothing to put back: something else was done here since the undo.",
        "`pagelog activity` lists it; to take that back first: `pagelog undo`.",
    ),
    "NoSuchAction": ('"{text}" names nothing that was done in this library.', "`pagelog activity` lists what was."),
    "SeveralActions": ('"{text}" begins more than one commit: {commits}.', "Type more of it."),
    "NotUndoable": (
        "{commit} cannot be taken back by `undo`: its action is {action}.",
        "`pagelog log LINK` and `pagelog restore LINK VERSION` bring back what a link was before.",
    ),
    "AlreadyUndone": ("{commit} is taken back already: {summary}.", "`pagelog redo` puts back the last undo."),
    "NothingHeld": ("No capture of {id} is held.", "`pagelog list is:held` shows those that wait for your word."),
    "NotTrashed": ("{id} is not in the trash.", "`pagelog trash --list` shows what is."),
    "AlreadyTaken": ("{url} is already the link {id}.", "`pagelog show {id}` shows it; one page is one link."),
    "NoOriginal": (
        "The bytes of the page {id} are not kept on this machine.",
        "`pagelog refresh {id}` fetches them again; [library] originals in {config} sets how many are kept.",
    ),
    "DamagedDocument": (
        "The head of {path} cannot be read: {reason}.",
        "Mend the lines between the two --- in an editor, or take an older version: `git log -p -- {quoted_path}`.",
    ),
}

_LIBRARY = {
    "NoLibrary": (
        "There is no library at {path}.",
        "Check the spelling. `pagelog --library {quoted_path} add URL` makes a new one there.",
    ),
    "NotALibrary": (
        "{path} is not a pagelog library.",
        "Name another folder with --library; `add` makes a library in an empty or a new one.",
    ),
    "FolderTaken": ("The folder {path} holds something already.", "Name a new or an empty folder."),
    "BadSettings": ("The library's settings {path} cannot be read: {reason}.", "Mend the file, or take it from git."),
    "NewerFormat": (
        "The library {path} has format {format}; this pagelog knows {known}.",
        "Install a newer pagelog. Nothing was changed.",
    ),
    "Untrusted": (
        "The library {path} was not made on this machine, and git would obey what stands in it: {found}.",
        "If you know who put that there: `pagelog --library {quoted_path} trust` shows it all and lets it be used.",
    ),
    "OtherOwner": (
        "The library {path} belongs to another user, so git does not trust it.",
        "If you do: git config --global --add safe.directory {quoted_path}",
    ),
    "UnknownRefFormat": (
        "The repository {path} is stored as {format}, which pagelog does not write.",
        "Make the library with a plain `git init`, or let `pagelog add` make it.",
    ),
    "Locked": (
        "Another pagelog has been writing to {path} for {seconds} seconds.",
        "Wait for it to end, then try again. Nothing was changed.",
    ),
    "Busy": (
        "Another program has kept {what} of {path} for {seconds} seconds.",
        "Look for a git command that has not ended; if there is none, one died and left a lock behind: remove"
        " .git/refs/heads/main.lock and .git/HEAD.lock if they are there.",
    ),
    "Busy:index.lock": (
        "Another git program has held the index of {path} for {seconds} seconds.",
        "Look for a git command that has not ended, such as a commit waiting in an editor; if there is none, one died"
        " and left .git/index.lock behind: remove that file.",
    ),
    "NotWritable": ("{path} cannot be written ({detail}).", "Check its owner and its disk. Reading still works."),
    "DiskFull": ("The disk is full at {path}.", "Free some space, then run the command again. Nothing was lost."),
    "NotOnMain": (
        "The library {path} is not on its branch main but on {head}.",
        "Go back with: git -C {quoted_path} switch main",
    ),
    "MergeInProgress": (
        "A {what} of your own is not finished in {path}.",
        "Finish or abort it with git, then try again. Reading still works.",
    ),
    "GitMissing": ("git was not found.", "Install git 2.38 or newer: https://git-scm.com/downloads"),
    "GitTooOld": ("This git is {found}; pagelog needs {needed} or newer.", "See https://git-scm.com/downloads"),
    "GitFailed": (
        "git {command} failed: {detail}.",
        "`pagelog check` looks through the library. If it is sound, please report this.",
    ),
}

_KEYS = "`git ls-remote {url}` must work without asking: set up a key or a password helper for git."

_REMOTE = {
    "NoRemote": (
        "This library has no remote to sync with.",
        "Make an empty repository on any git host, then once: `pagelog sync --remote URL`.",
    ),
    "BadRemote": ('"{url}" is no address of a repository.', "Give https://..., ssh://..., user@host:path or a folder."),
    "BadRemote:kind": (
        "pagelog does not sync with {url}: only https, http, ssh and folders.",
        "Give https://..., ssh://..., user@host:path or a folder.",
    ),
    "BadRemote:password": (
        "The address {url} came with a password, which would be kept in .git/config for all to read.",
        "Give it without one, and let a password helper of git know it (git help credentials).",
    ),
    "RemoteUnreachable": ("No connection to {url} ({detail}).", "Check the network and the address; nothing is lost."),
    "RemoteSilent": (
        "{url} has said nothing for {seconds} seconds, so it was hung up.",
        "Try again later; what was done so far is kept.",
    ),
    "RemoteMissing": (
        "There is no repository at {url}, or none that you may see.",
        "Check the address; a new one has to be made there first, empty: `git init --bare` makes one in a folder.",
    ),
    "RemoteDenied": ("{url} does not let you in ({detail}).", _KEYS),
    "HostKeyUnknown": (
        "ssh does not know the host of {url}, or its key is another than it was.",
        "Connect once by hand with ssh and compare the key that it shows; then sync again.",
    ),
    "PushDenied": (
        "{url} may be read, and did not take what was pushed ({detail}).",
        "Ask for the right to push to its branch main. What came from there is merged already.",
    ),
    "RemoteCheckedOut": (
        "{url} is somebody's library with its files, not a bare repository, and takes no push.",
        "Make one between the two: `git clone --bare` of it in a third place, then `pagelog sync --remote` on both.",
    ),
    "RemoteMoving": (
        "Others pushed to {url} each time before we did ({tries} times).",
        "Everything of theirs is merged already; sync again in a moment.",
    ),
    "RemoteFailed": ("git could not talk to {url}: {detail}.", "Try the same by hand: `git ls-remote {url}`."),
    "UnrelatedRemote": (
        "What stands at {url} is no pagelog library: its history begins elsewhere.",
        "Sync with an empty repository, or with one that another pagelog has pushed to. Nothing was changed.",
    ),
    "RewrittenRemote": (
        "The history at {url} was rewritten: {old}, where we were in step, is not in it any more.",
        "If that is wanted: `pagelog sync --accept-rewrite` puts your work on top of it and keeps the old history"
        " under refs/pagelog/before/. Nothing was changed.",
    ),
    "PushUnknown": (
        "The connection to {url} broke before it said whether it took what was pushed.",
        "Sync again: that settles it.",
    ),
    "UnsafeTree": (
        "Nothing was taken over: what was fetched holds {path}, which is never put on a disk: {reason}.",
        "It has to be removed there, or renamed, by somebody who can; your library is as it was.",
    ),
}

_SETTINGS = {
    "BadConfig": ("{key} in {path} must be {reason}.", "Mend that line, or take it out for the default."),
    "BadConfig:": (
        "The config file {path} cannot be read: {reason}.",
        'Mend the file; it is TOML, as in: key = "value"',
    ),
    "BadConfig:missing": ("There is no config file {path}.", "Check the spelling of --config."),
    "BadConfig:unreadable": ("The config file {path} cannot be opened as UTF-8 text.", "Check its owner and encoding."),
}

_OUTSIDE = {
    "NoEditor": ("No editor was found.", "Say which: export EDITOR=nano, or use the options of `pagelog edit --help`."),
    "EditorFailed": (
        "The editor {command} ended with status {status}, so nothing was changed.",
        "Your text is kept in {kept}.",
    ),
    "NoSuchEditor": ("The editor {command} was not found.", "Check $VISUAL and $EDITOR."),
    "NoBrowser": ("No browser can be opened here.", "The address: {url}"),
}

_FORCE = "If it is the page all the same: `pagelog refresh LINK --force`."

_DOUBTS = {
    "SoftNotFound": ("The page says that there is no such page.", f"Check the address. {_FORCE}"),
    "SiteTrouble": ("The site shows an error of its own, or a notice of maintenance.", f"Try again later. {_FORCE}"),
    "LoginWall": ("This looks like a login page.", f"pagelog keeps what opens without signing in. {_FORCE}"),
    "RobotCheck": ("The site asks whether you are a robot, or says that it was asked too often.", _SAVE_IT),
    "CookieWall": ("A question about cookies stands in the place of the page.", _SAVE_IT),
    "Paywall": ("An offer to subscribe stands where the text should go on.", _FORCE),
    "DomainParked": ("The domain seems to be for sale, or to have expired.", f"Check the address. {_FORCE}"),
    "ScriptWanted": ("The page says that it needs JavaScript.", _SAVE_IT),
    "FrontPage": ("This looks like the site's front page.", f"Check the address. {_FORCE}"),
    "MuchShorter": (
        "The text is much shorter than it was: {after} letters after {before}.",
        "Where the page stays like this for a day, the next refresh takes it.",
    ),
    "OtherLanguage": (
        'The text is in another language: "{after}" after "{before}".',
        "Where the page stays like this for a day, the next refresh takes it.",
    ),
    "BothChanged": (
        "The page changed where your copy did too: the new capture is set aside, your text stays.",
        "Compare them: `pagelog diff LINK --held`. Then `pagelog refresh LINK --accept` or `--drop`.",
    ),
}

SENTENCES: dict[str, tuple[str, str]] = (
    _ADDRESSES | _FETCHING | _CONVERTING | _DOUBTS | _REQUESTS | _LIBRARY | _REMOTE | _SETTINGS | _OUTSIDE
)
