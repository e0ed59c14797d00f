"""Character references as pages write them, to any length."""

from __future__ import annotations

import pytest

from store.capture.convert import convert
from store.capture.forwarding import sent_on
from store.capture.references import unescape

LONG = "&#" + "9" * 10_000 + ";"
ZEROS = "&#" + "0" * 10_000 + "65;"


@pytest.mark.parametrize(
    ("text", "read"),
    [("&amp;&#65;&#x41;", "&AA"), (LONG, "\ufffd"), (ZEROS, "A"), (f"a{LONG}b &lt;", "a\ufffdb <"),
     ("&#" + "9" * 10_000, "\ufffd"), ("&#x" + "f" * 10_000 + ";", "\ufffd")],
)  # fmt: skip
def test_references_are_read_as_html_says(text: str, read: str) -> None:
    assert unescape(text) == read


@pytest.mark.parametrize("written", [LONG, ZEROS])
def test_no_reference_is_too_long_for_a_page(written: str) -> None:
    meta = '<meta http-equiv="refresh" content="0; url=/on">'
    frame = f'<iframe src="/{written}"></iframe>'
    prose = "<p>The harbour was rebuilt in 1893 and has stood since.</p>" * 9
    page = f"<html><head><title>{written} Harbour</title>{meta}</head><body>{frame}<h1>{written} Harbour</h1>"

    assert sent_on(f"{page}</body></html>".encode(), "utf-8") == "/on"
    assert (
        "1893"
        in convert(
            f"{page}{prose}<p>{written}</p></body></html>".encode(), "https://a.example/", "text/html", None
        ).markdown
    )
