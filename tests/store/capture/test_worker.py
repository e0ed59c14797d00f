"""A page that hangs, swells or crashes costs one child, never us."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from pages import PROSE, article
from store.capture.converted import ConvertSettings
from store.capture.worker import Workers
from store.errors import ConversionFailed, ConversionTimedOut, ConversionTooBig, NoArticle

URL = "https://example.org/"


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(ConvertSettings(seconds=8), 1)
    made.warm()
    yield made
    made.close()


def test_a_page_comes_back_converted_and_its_errors_by_name(workers: Workers) -> None:
    assert PROSE[0] in workers.convert(article().encode(), URL, "text/html", None).markdown
    with pytest.raises(NoArticle):
        workers.convert(b" ", URL, "text/html", None)
    assert workers.convert(article("汉字").encode(), URL, None, None).title == "汉字"


def test_a_child_that_takes_too_long_is_ended_and_the_next_page_gets_another() -> None:
    workers = Workers(ConvertSettings(seconds=-4.95), 1)  # the first page of a child may take five seconds more
    begun = time.monotonic()
    with pytest.raises(ConversionTimedOut):
        workers.convert(article().encode(), URL, None, None)

    assert time.monotonic() - begun < 4
    workers.close()


def test_a_child_that_dies_is_named_and_replaced(workers: Workers) -> None:
    child = workers._idle[-1]
    child._process.kill()
    child._process.wait()
    child.is_alive = lambda: True  # type: ignore[method-assign]

    with pytest.raises(ConversionFailed):
        workers.convert(article().encode(), URL, None, None)
    assert workers.convert(article().encode(), URL, None, None).title


def test_memory_and_output_are_bounded() -> None:
    small = Workers(ConvertSettings(output_limit=100), 1)
    with pytest.raises(ConversionTooBig):
        small.convert(article().encode(), URL, None, None)
    small.close()
