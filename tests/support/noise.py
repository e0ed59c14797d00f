"""What servers say anew at every look, put into a page: the same page for people, other bytes every time.

Works on bytes, so the page keeps its charset; what is put in is ASCII. The same seed gives the same noise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

KEPT = re.compile(rb"(<(script|style|pre|textarea|noscript|svg|template|title)\b.*?</\2\s*>|<!--.*?-->)", re.I | re.S)
TAG = re.compile(rb'<([a-z][a-z0-9]*)((?:\s+[a-z:_-]+="[^"<>]*")+)(\s*/?)>', re.I)
ATTRIBUTE = re.compile(rb'\s+[a-z:_-]+="[^"<>]*"', re.I)
PICTURE = re.compile(rb'(<img\b[^>]*?\ssrc=")((?:https?:)?//[^/"]+)?([^"]*)(")', re.I)
LINK = re.compile(rb'(<a\b[^>]*?\shref=")([^"#?;&]*[^"#?;&/.:\s])(\?[^"#;]*)?(#[^";]*)?(")', re.I)
TITLES = [
    "Ten sheds by the water", "A bridge that nobody crosses", "What the tide leaves", "Letters from the northern pier",
    "The last paper mill", "Bread for a thousand sailors", "How a map was lost", "Notes on rope and tar",
    "An orchard behind the dunes", "Songs of the salt road", "The clock without hands", "Three winters on the ice",
]  # fmt: skip


def noisy(page: bytes, seed: int, *, chinese: bool = False) -> bytes:
    """The page as a server gives it at one look: every kind of noise that this module knows."""
    if b"\0" in page:  # no ASCII in it
        return page
    random = Random(seed)
    page = with_lists_and_counters(page, random, chinese=chinese)
    return outside_of_kept(page, lambda markup: with_tokens(markup, random)).replace(
        b"<script", b'<script nonce="%s"' % token(random)
    )


def with_lists_and_counters(page: bytes, random: Random, *, chinese: bool = False) -> bytes:
    """Counters, a relative date, a clock, an advert and a rotated list of related pages."""
    words = CHINESE if chinese else ENGLISH
    views, hours, likes = random.randrange(100, 90_000), random.randrange(2, 23), random.randrange(2, 300)
    clock = b"<div class='clock'>%02d:%02d:%02d</div>" % (hours, likes % 60, views % 60)
    page = after(page, rb"<body\b[^>]*>", clock)
    page = after(page, rb"</h1\s*>", words["head"] % (views, hours))
    page = after(page, rb"</p\s*>", b"<div class='ad-slot' id='ad-%d'><iframe src='https://ads.invalid/?cb=%d'>"
                 b"</iframe></div>" % (views, likes))  # fmt: skip
    items = b"".join(
        b"<li><a href='/story/%d'>%s</a></li>" % (TITLES.index(title), title.encode())
        for title in random.sample(TITLES, 5)
    )
    related = words["related"] % items
    foot = words["foot"] % (likes, views % 77 + 2)
    place = rb"</article\s*>" if re.search(rb"</article\s*>", page, re.I) else rb"</body\s*>"
    return before(page, place, foot + related)


ENGLISH = {
    "head": b"<p class='meta'><span>%d views</span> &middot; <time>%d hours ago</time></p>",
    "foot": b"<p class='stats'>%d likes &middot; %d comments</p>",
    "related": b"<div class='related'><h3>Related articles</h3><ul>%s</ul></div>",
}
CHINESE = {
    "head": b"<p class='meta'><span>&#27983;&#35272;&#27425;&#25968;&#65306;%d</span> "
    b"<span>%d&#23567;&#26102;&#21069;</span></p>",
    "foot": b"<p class='stats'>&#28857;&#36190; %d &nbsp; &#35780;&#35770; %d</p>",
    "related": b"<div class='related'><h3>&#30456;&#20851;&#38405;&#35835;</h3><ul>%s</ul></div>",
}


def with_tokens(markup: bytes, random: Random) -> bytes:
    """Tokens in forms, session ids in links, hosts and numbers of pictures, attributes and blanks another way."""
    markup = LINK.sub(lambda found: with_session(found, random), markup)
    markup = PICTURE.sub(lambda found: on_a_cdn(found, random), markup)
    hidden = b"<input type='hidden' name='csrf_token' value='%s'>"
    markup = re.sub(rb"<form\b[^>]*>", lambda found: found[0] + hidden % token(random), markup, flags=re.I)
    markup = re.sub(rb"<(p|div|section)\b", lambda found: found[0] + b' data-uid="%s"' % token(random), markup)
    markup = TAG.sub(lambda found: reordered(found, random), markup)
    return re.sub(rb"(?<=>)[ \t]*\r?\n", lambda found: b"\n" + b" " * random.randrange(9), markup)


def with_session(found: re.Match[bytes], random: Random) -> bytes:
    """A link as the server writes it for this reader; only where there is a path to write it behind."""
    start, address, query, fragment, end = found.groups(default=b"")
    if re.match(rb"(?!https?:)[a-z]+:|(?:https?:)?//[^/]*$", address.strip(), re.I):
        return found[0]
    parameter = random.choice([b"PHPSESSID=%s", b"utm_source=%s", b"sid=%s", b"spm=%s", b"fbclid=%s"]) % token(random)
    if random.random() < 0.3:
        return start + address + b";jsessionid=" + token(random) + query + fragment + end
    return start + address + (query + b"&amp;" if query else b"?") + parameter + fragment + end


def on_a_cdn(found: re.Match[bytes], random: Random) -> bytes:
    """A picture from whichever machine had time; the number makes it new to every cache."""
    start, _, path, end = found.groups(default=b"")
    if path.startswith(b"data:") or not path:
        return found[0]
    path = path if path.startswith(b"/") else b"/" + path
    query = (b"&amp;" if b"?" in path else b"?") + b"v=%d" % random.randrange(10**9)
    return start + b"https://img%d.cdn.invalid" % random.randrange(9) + path + query + end


def reordered(found: re.Match[bytes], random: Random) -> bytes:
    """The attributes of a tag in another order."""
    attributes = ATTRIBUTE.findall(found[2])
    names = [attribute.split(b"=")[0].strip().lower() for attribute in attributes]
    if len(set(names)) < len(names):  # of two with one name the first counts
        return found[0]
    random.shuffle(attributes)
    return b"<" + found[1] + b"".join(attributes) + found[3] + b">"


def token(random: Random) -> bytes:
    """32 hex digits."""
    return b"%032x" % random.getrandbits(128)


def outside_of_kept(page: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The page with its markup changed, but not scripts, code and comments."""
    written, at = [], 0
    for found in KEPT.finditer(page):
        written += [change(page[at : found.start()]), found[0]]
        at = found.end()
    return b"".join(written) + change(page[at:])


def after(page: bytes, pattern: bytes, what: bytes) -> bytes:
    """`what` behind the first match."""
    return re.sub(pattern, lambda found: found[0] + what, page, count=1, flags=re.I)


def before(page: bytes, pattern: bytes, what: bytes) -> bytes:
    """`what` before the last match."""
    places = list(re.finditer(pattern, page, flags=re.I))
    return page[: places[-1].start()] + what + page[places[-1].start() :] if places else page
