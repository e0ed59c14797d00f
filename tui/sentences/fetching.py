"""Words for addresses, and for pages that did not come whole."""

from __future__ import annotations

from tui.sentences.hints import AGAIN, ELSEWHERE, SAVE_IT

ADDRESSES = {
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

FETCHING = {
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
    "ConnectionFailed": ("No connection to {host} ({detail}).", AGAIN),
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
        "Check your clock; else the site has to mend it. " + SAVE_IT,
    ),
    "CertificateMismatch": (
        "The certificate that {host} shows is for another host, so it was not trusted.",
        "Check the address; the right one may begin with www. or without it. " + SAVE_IT,
    ),
    "UnknownIssuer": (
        "The certificate of {host} was signed by nobody that is trusted here ({detail}).",
        'If you know who signed it, put into {config}: [fetch] ca_file = "/path/to/ca.pem"',
    ),
    "ProxyFailed": (
        "The proxy {proxy} did not help: {detail}.",
        "Check [fetch] proxy in {config}, and HTTP_PROXY, HTTPS_PROXY and NO_PROXY.",
    ),
    "TimedOut": ("The page did not come within {seconds} seconds.", AGAIN),
    "TimedOut:connect": ("No connection within {seconds} seconds.", AGAIN),
    "TimedOut:answer": ("Connected, but no answer within {seconds} seconds.", AGAIN),
    "TimedOut:body": ("The page began to come and was not whole after {seconds} seconds.", AGAIN),
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
    "HeadersTooLarge": ("The server sends more headers than any honest one.", ELSEWHERE),
    "IncompleteBody": ("The page was cut off before its end; half a page is not kept.", AGAIN),
    "BadEncoding": ("The page is damaged: it is not the {encoding} that it claims to be.", AGAIN),
    "UnsupportedEncoding": ("The page is packed as {encoding}, which was not asked for.", ELSEWHERE),
    "ProtocolBroken": ("The answer is not HTTP ({detail}).", ELSEWHERE),
    "TooManyRedirects": ("The page sends the visitor on more than {limit} times.", ELSEWHERE),
    "RedirectRefused": ('The page sends the visitor on to "{target}", where pagelog does not go.', ELSEWHERE),
    "RedirectRefused:missing": ("The page sends the visitor on and does not say where.", ELSEWHERE),
    "RedirectRefused:scheme": ('The page sends the visitor on to "{target}", which is not on the web.', ELSEWHERE),
    "BadStatus": ("The server answers with status {status}, not with a page.", ELSEWHERE),
    "BadStatus:401": ("The page wants a password (401).", "pagelog keeps only pages that open without signing in."),
    "BadStatus:403": ("The server refuses this page to pagelog (403).", SAVE_IT),
    "BadStatus:404": ("There is no page at this address (404).", "Check the address; it may have moved."),
    "BadStatus:410": ("The page is gone for good (410).", "What was captured before stays in the library."),
    "BadStatus:500": ("The server has an error of its own (500).", AGAIN),
    "BrowserWanted": (
        "The server lets only browsers in: it answers with a challenge of {by} (status {status}).",
        "Save the page in your browser, then: `pagelog add URL --html FILE`.",
    ),
    "TryLater": ("The server asks to come back later ({status}).", AGAIN),
    "EmptyBody": ("The answer is empty.", ELSEWHERE),
}
