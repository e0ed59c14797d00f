"""A library that belongs to another user: git ends at once, and that is a sentence."""

from __future__ import annotations

import pytest

from program import Pagelog

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("words", [["add", "https://example.org/2", "--later"], ["undo"], ["sync"]])
def test_another_users_library_is_status_3_with_gits_own_remedy(pagelog: Pagelog, words: list[str]) -> None:
    pagelog("add", "https://example.org/1", "--later")
    pagelog.git("remote", "add", "origin", "/nowhere")
    before = pagelog.git("rev-parse", "HEAD")
    another = Pagelog(pagelog.program, pagelog.library, {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
    outcome = another(*words)

    assert (outcome.status, outcome.out) == (3, "")
    assert "belongs to another user" in outcome.err
    assert "safe.directory" in outcome.err
    assert pagelog.git("rev-parse", "HEAD") == before
