"""Nothing is lost on the way to disk and back, whoever wrote the file in between."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from store import frontmatter
from store.errors import DamagedDocument
from store.link import Capture, Link

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
CAPTURES = st.builds(Capture, st.none() | st.integers(0, 999), TEXT, TEXT, TEXT, TEXT)
LINKS = st.builds(
    Link, id=st.just("012345670123"), url=TEXT, title=TEXT, added=TEXT, tags=st.lists(TEXT, max_size=3).map(tuple),
    captured=st.none() | TEXT, site=st.none() | TEXT, note=st.none() | TEXT, starred=st.booleans(),
    capture=st.none() | CAPTURES, body=st.sampled_from(["", "a\n", "---\nb: c\n---\n\nd\n"]),
)  # fmt: skip
PLAIN = (
    b'---\nid: "012345670123"\nurl: "https://example.org/"\ntitle: "T"\ntags: []\nadded: "x"\n'
    b'status: "unread"\n---\nB\n'
)


@given(LINKS)
def test_a_link_comes_back_the_same_through_us_and_through_yaml(link: Link) -> None:
    data = frontmatter.dumps(link)

    assert frontmatter.loads(data) == link
    front = data.decode().split("---\n")[1]
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        assert yaml.load(front, Loader=loader)["title"] == link.title
    assert frontmatter.fields_of(data)["url"] == link.url


def test_our_own_form_loads_no_yaml() -> None:
    script = f"import sys; from store import frontmatter; frontmatter.loads({PLAIN!r}); print('yaml' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "False\n"


def test_other_programs_may_drop_quotes_reorder_and_use_block_lists() -> None:
    data = (
        b"---\r\ntags:\r\n  - no\r\n  - 2024\r\n  - 1e3\r\nid: 012345670123\r\ntitle: 1.50\r\nurl: https://example.org/\r\n"
        b"added: 2026-11-22T10:00:00Z\r\nstarred: yes\r\ncapture:\r\n  status: 200\r\n  sha256: abc\r\n---\r\nbody\r\n"
    )
    link = frontmatter.loads(b"\xef\xbb\xbf" + data)

    assert (link.id, link.title, link.tags, link.starred) == ("012345670123", "1.50", ("no", "2024", "1e3"), True)
    assert link.capture == Capture(status=200, sha256="abc")
    assert link.body == "body\n"


def test_unknown_keys_and_comments_keep_their_lines_and_their_place() -> None:
    data = PLAIN.replace(b"tags: []\n", b'tags: []\n# mine\naliases:\n  - "a"\n  - b: [1, 2]\nrating: 5\n')

    again = frontmatter.dumps(frontmatter.loads(data)).decode()

    assert '# mine\naliases:\n  - "a"\n  - b: [1, 2]\nrating: 5\nadded:' in again


def test_a_status_nobody_knows_is_kept_as_a_comment() -> None:
    link = frontmatter.loads(PLAIN.replace(b'"unread"', b"someday"))

    assert link.status == "unread"
    assert b"# status: someday" in frontmatter.dumps(link)


def test_line_ends_and_a_missing_newline_are_no_edit() -> None:
    link = frontmatter.loads(PLAIN)

    assert frontmatter.loads(PLAIN.replace(b"\n", b"\r\n")).body == link.body
    assert frontmatter.loads(PLAIN.rstrip(b"\n")).body == link.body


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"text", "no front matter"), (b"---\nid: x\n", "no end"), (b"---\nid: [\n---\n", "syntax"),
     (b"---\nurl: x\n---\n", "no id"), (b"---\nid: 012345670123\n---\n", "no url"), (b"---\n- a\n---\n", "no map"),
     (b"---\nid: a\nid: b\n---\n", "duplicate key"), (b"---\nid: &x a\nurl: *x\n---\n", "anchor"),
     (b"---\nid: !!int 1\n---\n", "tag"), (b"---\nid: \xff\n---\n", "encoding")],
)  # fmt: skip
def test_a_damaged_file_is_named_and_its_body_readable(data: bytes, reason: str) -> None:
    with pytest.raises(DamagedDocument) as caught:
        frontmatter.loads(data)

    assert caught.value.reason == reason
    assert isinstance(frontmatter.body_of(data + b"body\n"), str)
    assert frontmatter.id_of(data) is None or reason in ("no url",)


@given(st.binary(max_size=120) | st.binary(max_size=80).map(lambda data: b"---\n" + data + b"\n---\nbody"))
def test_any_bytes_are_a_link_or_damaged(data: bytes) -> None:
    try:
        assert frontmatter.loads(data).id
    except DamagedDocument:
        pass
    frontmatter.body_of(data)
    frontmatter.id_of(data)
