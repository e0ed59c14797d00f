"""What a capture makes of its link: the body, every fact it writes, and the title where that is the page's own."""

from __future__ import annotations

from store import address, diff
from store.capture.many import Captured
from store.errors import PagelogError
from store.library import Library
from store.link import EXTRACTOR, Capture, Link, body_sha256


def counts(old: str, new: str) -> tuple[int, int]:
    """Characters that came and went."""
    compared = diff.compare(old, new)
    return compared.added_chars, compared.removed_chars


def title_is_edited(link: Link, last: Link | None) -> bool:
    """The title is the user's: marked by `page_title`, or by hand another one than the last capture's."""
    if last is None:
        return link.page_title is not None or (link.pending and link.title != link.url)
    if link.captured != last.captured:  # a restored version: its title came with it
        return link.page_title is not None
    return link.page_title is not None or link.title != (last.page_title or last.title)


def with_capture(library: Library, link: Link, outcome: Captured, last: Link | None) -> Link:
    """The link with this capture as its body, and everything else that a capture writes."""
    page, article = outcome.page, outcome.converted
    own = article.title or link.url
    edited_title = title_is_edited(link, last)
    facts = Capture(page.status, article.type, article.charset, EXTRACTOR, body_sha256(article.markdown))
    return link.with_(
        title=link.title if edited_title else own,
        page_title=own if edited_title and own != link.title else None,
        captured=library.now(),
        final_url=_final_url(link.url, page.final_url),
        site=article.site,
        author=article.author,
        published=article.published,
        modified=article.modified,
        lang=article.lang,
        description=article.description,
        doc_number=article.doc_number,
        index_number=article.index_number,
        publisher=article.publisher,
        issued=article.issued,
        subject=article.subject,
        capture=facts,
        body=article.markdown,
    )


def _final_url(url: str, final_url: str) -> str | None:
    try:
        final = address.normalise(final_url)
    except PagelogError:
        return None
    return final if final != url else None
