"""All facts of a page, each with the place it stood in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from store.capture.metadata.author import read_author
from store.capture.metadata.dates import read_modified, read_published
from store.capture.metadata.found import Found
from store.capture.metadata.notice import number_alone, read_notice
from store.capture.metadata.origin import read_source
from store.capture.metadata.sources import read_sources
from store.capture.metadata.title import read_site, read_title
from store.capture.tree import Element

_DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description", "dcterms.description")


@dataclass(frozen=True, slots=True)
class Metadata:
    """As `Converted` has it, not yet cleaned. `sources`: field -> where it stood, for each that is there."""

    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    description: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    publisher: str | None = None
    issued: str | None = None
    subject: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


def read_metadata(root: Element, url: str = "") -> Metadata:
    """What a parsed page says of itself. The tree stays as it is."""
    sources = read_sources(root, url)
    site = read_site(sources)
    title = read_title(sources, site.value if site else None)
    sources = replace(sources, article_title=title.value if title else "")
    notice = read_notice(sources)
    published = notice.published or read_published(sources)
    official = notice.index_number or notice.publisher or "articletitle" in sources.meta
    found: dict[str, Found | None] = {
        "title": title,
        "author": read_author(sources, site.value if site else None),
        "site": site,
        "published": published,
        "modified": read_modified(sources),
        "description": sources.from_meta(*_DESCRIPTION),
        "doc_number": notice.doc_number or (number_alone(sources) if official else None),
        "index_number": notice.index_number,
        "publisher": notice.publisher or read_source(sources),
        "issued": notice.issued,
        "subject": notice.subject,
    }
    said = {name: fact for name, fact in found.items() if fact}
    return Metadata(
        **{name: fact.value for name, fact in said.items()}, sources={name: fact.source for name, fact in said.items()}
    )
