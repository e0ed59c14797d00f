"""Every endpoint of the hostile server's first groups, through the real command: what it answers, what it leaves."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from hostile import Hostile
from program import Outcome, Pagelog

pytestmark = [pytest.mark.slow, pytest.mark.shared]

GROUPS = {"baseline", "size", "slow", "framing", "headers", "redirect"}
TIMEOUT = 6  # seconds for one page, so that the slow ones are soon done
MOST_MEMORY = 400_000  # KiB of the largest process
CAPTURED = "captured"

# What may come of each: captured, or the names of the errors that are a true reason.
EXPECTED: dict[str, set[str]] = {
    "/ok": {CAPTURED},
    "/changing": {CAPTURED},
    "/volatile": {CAPTURED},
    "/gzip-bomb": {"TooLarge"},
    "/gzip-gzip-bomb": {"TooLarge", "UnsupportedEncoding"},
    "/deflate-bomb": {"TooLarge"},
    "/br-bomb": {"UnsupportedEncoding"},
    "/zstd-bomb": {"UnsupportedEncoding"},
    "/gzip-layers": {"UnsupportedEncoding"},
    "/br-unasked": {"UnsupportedEncoding"},
    "/gzip-truncated": {"IncompleteBody"},
    "/gzip-lie": {"BadEncoding"},
    "/infinite": {"TooLarge"},
    "/infinite-close": {"TooLarge"},
    "/big-oneline": {"TooLarge"},
    "/slow-body": {"TimedOut"},
    "/slow-headers": {"TimedOut"},
    "/hang": {"TimedOut"},
    "/slow-redirects": {"TimedOut"},
    "/short-body": {"IncompleteBody"},
    "/long-body": {"NoArticle", CAPTURED},  # sixty bytes of it
    "/chunk-cut": {"IncompleteBody"},
    "/chunk-garbage": {"ProtocolBroken"},
    "/chunk-huge": {"ProtocolBroken", "TooLarge", "IncompleteBody"},  # it hangs up before a limit is met
    "/chunk-ext-flood": {"ProtocolBroken", "TooLarge", "HeadersTooLarge"},
    "/cl-and-te": {"ProtocolBroken", "NoArticle", CAPTURED},  # the chunks hold a title and no text
    "/cl-twice": {"ProtocolBroken"},
    "/cl-negative": {"ProtocolBroken"},
    "/not-http": {"ProtocolBroken"},
    "/reset": {"IncompleteBody", "ConnectionFailed"},
    "/header-huge": {"HeadersTooLarge", "ProtocolBroken"},
    "/header-many": {"HeadersTooLarge", "ProtocolBroken", CAPTURED},
    "/header-control": {"ProtocolBroken", CAPTURED},
    "/reason-escape": {"BadStatus", "ProtocolBroken"},
    "/status-999": {"BadStatus", "ProtocolBroken"},
    "/interim-flood": {"ProtocolBroken", "HeadersTooLarge", CAPTURED},
    "/empty": {"EmptyBody"},
    "/no-content": {"BadStatus", "EmptyBody"},
    "/unsolicited-304": {"BadStatus"},
    "/redirect-loop": {"TooManyRedirects"},
    "/redirect-chain": {"TooManyRedirects"},
    "/redirect-to": {CAPTURED, "RedirectRefused", "AddressRefused", "BadStatus"},
    "/redirect-creds": {CAPTURED, "RedirectRefused"},
    "/redirect-cross": {CAPTURED},
    "/redirect-crlf": {"ProtocolBroken", "RedirectRefused", "BadStatus", CAPTURED},
    "/redirect-long": {"RedirectRefused", "HeadersTooLarge"},
    "/redirect-empty": {"RedirectRefused"},
    "/meta-refresh": {CAPTURED, "NoArticle"},
    "/refresh-header": {CAPTURED},
    "/link-preload": {CAPTURED},
    "/echo": {CAPTURED},
}
REFUSED = {"RedirectRefused", "AddressRefused"}  # every other redirect: to where no page is, or nobody may look


@pytest.fixture(autouse=True)
def allowed(hostile: Hostile, home: Path) -> None:
    """Both sites are allowed by host and port, nothing else is."""
    hostile.allow(home, TIMEOUT)


def test_every_endpoint_behaves_as_it_must(pagelog: Pagelog, hostile: Hostile, shared: Path, tmp_path: Path) -> None:
    wrong = {}
    for number, path in enumerate(hostile.paths(GROUPS)):
        one = Pagelog(pagelog.program, tmp_path / f"library-{number}")
        started = time.monotonic()
        outcome = one("add", hostile.url(path), "--json")
        found = came_of(outcome)
        if found not in EXPECTED.get(path, REFUSED) or time.monotonic() - started > TIMEOUT + 15:
            wrong[path] = found, round(time.monotonic() - started)
        assert_harmless(one, outcome, kept=found == CAPTURED)

    assert wrong == {}
    assert [entry for entry in hostile.log() if entry["listener"] == "canary"] == []
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_MEMORY


def came_of(outcome: Outcome) -> str:
    """`captured`, or the name of the error; status and object agree."""
    (row,) = outcome.objects
    error = row["error"]
    assert (outcome.status, row["result"]) == ((0, "added") if error is None else (1, "pending"))
    return CAPTURED if error is None else error["name"]


def assert_harmless(library: Pagelog, outcome: Outcome, *, kept: bool) -> None:
    """Nothing of the page reaches the terminal raw, no secret is anywhere, a failed page leaves no body."""
    said = outcome.out + outcome.err
    assert not {character for character in said if ord(character) < 32 or 127 <= ord(character) < 160} - {"\n"}
    (document,) = (library.library / "pages").rglob("*.md")
    text = document.read_text(encoding="utf-8")
    assert "hunter2" not in said + text + library.git("log", "-p")
    assert "Traceback" not in outcome.err
    assert bool(text.split("---\n", 2)[2]) == kept
    library.assert_whole()


def test_a_changing_page_has_one_more_version_and_a_volatile_one_has_not(pagelog: Pagelog, hostile: Hostile) -> None:
    changing, volatile = hostile.url("/changing"), hostile.url("/volatile")
    pagelog("add", changing, volatile)
    commits = len(pagelog.commits())

    results = [row["result"] for url in (changing, volatile) for row in pagelog("refresh", url, "--json").objects]

    assert results == ["updated", "unchanged"]
    assert len(pagelog.commits()) == commits + 1
    (change,) = pagelog("diff", changing, "--json").objects[0]["changes"]
    assert change["old"] == ""


def test_an_empty_answer_leaves_the_good_copy(pagelog: Pagelog, hostile: Hostile) -> None:
    good = hostile.url("/ok")
    pagelog("add", good)
    before = pagelog("show", good, "--raw").out
    pagelog("edit", good, "--url", hostile.url("/empty"))

    (row,) = pagelog("refresh", hostile.url("/empty"), "--json").objects

    assert (row["result"], row["error"]["name"]) == ("failed", "EmptyBody")
    assert pagelog("show", hostile.url("/empty"), "--raw").out == before.replace(good, hostile.url("/empty"))


def test_nothing_secret_goes_from_one_site_to_another(pagelog: Pagelog, hostile: Hostile) -> None:
    pagelog("add", hostile.url("/redirect-cross"), hostile.url("/redirect-creds"))

    reached = [entry for entry in hostile.log() if entry["listener"] == "alt"]
    names = {name.lower() for entry in reached for name in dict(entry.get("headers", {}))}
    assert reached
    assert not names & {"authorization", "cookie", "referer", "proxy-authorization"}
