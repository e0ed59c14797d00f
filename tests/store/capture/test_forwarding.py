"""Pages that only send a browser on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local_site import Site
from store.capture.convert import convert
from store.capture.fetch import Fetcher, FetchSettings, Page, Validators
from store.capture.forwarding import sent_on
from store.errors import AddressRefused, FramesOnly, RedirectRefused, SentOn, TooManyRedirects

PROSE = "<p>" + "The committee met on Tuesday and decided that the library should stay open. " * 6


def refresh(content: str, body: str = "Redirecting") -> str:
    return (
        f'<html><head><title>x</title><meta http-equiv="Refresh" content="{content}"></head><body>{body}</body></html>'
    )


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(FetchSettings(allow_private=("127.0.0.0/8",), total_seconds=3))
    yield made
    made.close()


@pytest.mark.parametrize(
    "content", ["0; url=/page", "0;URL='/page'", "0, url=/page", "1;/page", "0.5; url = &quot;/page&quot;", "0 /page"]
)
def test_a_page_without_a_text_is_followed_where_it_sends(fetcher: Fetcher, site: Site, content: str) -> None:
    site.put("/page", PROSE)

    page = fetcher.fetch(site.put("/old", refresh(content)))

    assert isinstance(page, Page)
    assert page.final_url == site.url("/page")


@pytest.mark.parametrize(
    "source",
    [refresh("0; url=/page", PROSE), refresh("30; url=/page"), refresh("5; url=/", "Sorry, this page is gone."),
     refresh("3; url=https://example.org/index.html", "页面不存在"), refresh("300"), refresh("0"), refresh("0; url="),
     "<noscript>" + refresh("0; url=/page") + "</noscript>", "<!--" + refresh("0; url=/page") + "-->",
     "<script>'" + refresh("0; url=/page") + "'</script>", '<meta name=refresh content="0; url=/page">'],
)  # fmt: skip
def test_a_page_that_is_one_stays(source: str) -> None:
    assert sent_on(source.encode(), "utf-8") is None


@pytest.mark.parametrize(
    ("target", "error"),
    [("javascript:x", RedirectRefused), ("file:///etc/passwd", RedirectRefused), ("data:text/html,x", RedirectRefused),
     ("http://10.0.0.1/", AddressRefused), ("http://169.254.169.254/", AddressRefused), ("/loop", TooManyRedirects)],
)  # fmt: skip
def test_it_goes_nowhere_a_redirect_may_not(fetcher: Fetcher, site: Site, target: str, error: type[Exception]) -> None:
    url = site.put("/loop", refresh(f"0; url={target}"))

    with pytest.raises(error):
        fetcher.fetch(url)


def test_the_validators_of_one_page_are_not_those_of_another(fetcher: Fetcher, site: Site) -> None:
    site.put("/page", PROSE, etag='"v1"')
    url = site.put("/old", refresh("0; url=/page"))

    page = fetcher.fetch(url, validators=Validators('"v1"'))

    assert isinstance(page, Page)
    assert page.validators == Validators()


def test_a_saved_page_that_only_sends_on_says_where() -> None:
    with pytest.raises(SentOn) as sent:
        convert(refresh("0; url=/page").encode(), "https://a.example/x/y", "text/html", None)

    assert sent.value.target == "https://a.example/page"


def test_a_frameset_names_the_frame_with_the_text() -> None:
    frames = '<frame name=menu src="menu.html"><frame src="text.html">'
    page = f'<frameset cols="20%,*">{frames}</frameset><noframes>No</noframes>'

    with pytest.raises(FramesOnly) as found:
        convert(page.encode(), "https://a.example/x/", "text/html", None)

    assert found.value.target == "https://a.example/x/text.html"
