"""Two hundred real pages, sixty of them Chinese, through the real command."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import corpus
from local_site import Site
from program import Pagelog

TRUE_REASONS = {"NoArticle", "NotAWebPage", "EmptyBody", "TooLarge", "ConversionTooBig"}


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.usefixtures("site_allowed")
def test_two_hundred_real_pages_are_kept_and_stay_unchanged(pagelog: Pagelog, site: Site, shared: Path) -> None:
    addresses = corpus.serve(site, shared, corpus.chosen(shared))

    first = pagelog("add", "--from", "-", "--json", stdin="\n".join(addresses), timeout=600).objects
    commits = len(pagelog.commits())
    second = pagelog("refresh", "--all", "--json", timeout=600).objects

    results = Counter(row["result"] for row in first)
    assert len(first) == 200
    assert results["added"] >= 196, results
    assert {row["error"]["name"] for row in first if row["result"] == "pending"} <= TRUE_REASONS
    assert Counter(row["result"] for row in second if row["result"] != "pending") == {"unchanged": results["added"]}
    assert len(pagelog.commits()) == commits
    pagelog.assert_whole()
