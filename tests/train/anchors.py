"""What others make of a page, for the corpus' evaluator: `--callable anchors:by_trafilatura`, `anchors:by_readability`.

Both choose; html2text writes the Markdown. The bytes are decoded by our own charset code: that is not what is compared.
"""

from __future__ import annotations

import html2text

from store.capture.charset import decode


def by_trafilatura(page: bytes, url: str) -> dict[str, str | None]:
    """trafilatura's HTML."""
    import trafilatura

    source = decode(page, None).text
    tree = trafilatura.load_html(source)
    if tree is None:
        return {"markdown": ""}
    found = trafilatura.extract(tree, url=url, output_format="html", include_comments=True, include_links=True)
    return {"markdown": _markdown(found or "", url)}


def by_readability(page: bytes, url: str) -> dict[str, str | None]:
    """readability-lxml's HTML and title."""
    from readability import Document

    document = Document(decode(page, None).text, url=url)
    return {"markdown": _markdown(document.summary(), url), "title": document.short_title()}


def _markdown(html: str, url: str) -> str:
    writer = html2text.HTML2Text(baseurl=url, bodywidth=0)
    writer.unicode_snob = True
    return writer.handle(html)
