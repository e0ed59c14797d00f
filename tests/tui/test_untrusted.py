"""Text from pages, files and repositories reaches every surface of the app, and does nothing but stand there."""

from __future__ import annotations

import pytest

from person import use
from screens import odd_characters
from store import frontmatter, layout
from store.link import Link

ESC = "\x1b]52;c;ZXZpbA==\x1b\\\x1b[31m\x1b]0;owned\x07"
C1 = "\x9b31m\x9d52;c;ZXZpbA==\x9c"
BIDI = "\u202e\u2066\u200f"
MARKUP = "[/x] [TODO] [red]red[/red] [@click=app.quit]here[/]"
HOSTILE = f"A {ESC}{C1}{BIDI}{MARKUP} Z"
LONG = "长" * 5_000 + "x" * 5_000
SEEN = "[/x] [TODO]"
BODY = f"# {HOSTILE}\n\n{HOSTILE} number NUMBER\n\n`{HOSTILE}`\n\n| a | b |\n|---|---|\n| {MARKUP} | x |\n\n{LONG}\n"


@pytest.fixture
def hostile(pagelog):
    """A library with one link of which everything is hostile, in three versions, committed by plain git."""
    pagelog("add", "--later", "https://example.org/sound")
    url = f"https://example.org/{'a' * 9000}"[:8000]
    id_ = layout.link_id(url, lambda _: False)
    path = pagelog.library / layout.page_path(url, id_)
    path.parent.mkdir(parents=True, exist_ok=True)
    for number in range(3):
        link = Link(
            id=id_,
            url=url,
            title=f"{HOSTILE} {LONG}",
            added="2026-11-22T10:00:00Z",
            captured="2026-11-22T10:00:00Z",
            tags=("[/x]", "a\u202eb", "policy/[TODO]"),
            note=f"{HOSTILE} {LONG}",
            site=HOSTILE,
            body=BODY.replace("NUMBER", str(number)),
        )
        path.write_bytes(frontmatter.dumps(link).replace(b"number 0", HOSTILE.encode()))
        pagelog.git("add", "-A")
        pagelog.git("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", f"{HOSTILE} {number}")
    return id_


async def looks_sound(person, *texts: str) -> None:
    """The texts stand there, and nothing that a terminal would obey."""
    await person.sees(*texts)
    assert odd_characters(person.app) == set()


@pytest.mark.parametrize("size", [(120, 40), pytest.param((40, 12), marks=pytest.mark.slow)])
def test_nothing_from_outside_is_obeyed_on_any_surface(pagelog, hostile, size):
    async def story(person):
        await looks_sound(person, "A ")
        for keys, back in (
            (("enter",), "escape"),  # the reader
            (("H",), "escape"),  # history, with a diff
            (("t",), "escape"),  # tags
            (("E",), "escape"),  # fields
            (("B",), "B"),  # the sidebar with its tags
            (("question_mark",), "escape"),
            (("slash", *"todo"), "escape"),  # hits
        ):
            await person.press(*keys)
            await person.pilot.pause(0.3)
            await looks_sound(person)
            await person.press(back)
            await person.pilot.pause(0.1)
        await person.press("enter", "c")
        await looks_sound(person, "Contents")
        await person.press("escape", "escape", "y")
        await looks_sound(person, "Copied")
        await person.press("space", "t")
        await person.sees("Tags")
        await person.types("[/x]")
        await looks_sound(person)
        await person.press("escape", "m")
        await looks_sound(person, "marked as read")
        await person.press("L")
        await looks_sound(person, "Everything that was done", "A ")
        await person.press("j", "enter")
        await person.pilot.pause(0.3)
        await looks_sound(person)
        await person.press("enter", "g", "u")
        await looks_sound(person, "Taken back")

    use(pagelog, story, size)


def test_what_is_pasted_into_a_field_is_clean(pagelog, hostile):
    async def story(person):
        await person.press("a")
        await person.sees("Add links")
        await person.pastes(LONG + "\n" + HOSTILE)
        await looks_sound(person, SEEN)
        await person.press("tab")
        await person.pastes(HOSTILE)
        await looks_sound(person)
        await person.press("enter")
        await looks_sound(person, "Add links")

    use(pagelog, story)


def test_the_message_line_and_the_jobs_show_results_as_text(pagelog, site, site_allowed):
    address = site.put("/evil", f"<title>{MARKUP}</title><h1>{MARKUP}</h1>" + f"<p>{'Some sound prose. ' * 60}</p>" * 4)

    async def story(person):
        await person.press("a")
        await person.sees("Add links")
        await person.pastes(address)
        await person.press("enter")
        await looks_sound(person, "Added:", SEEN)
        await person.press("w")
        await looks_sound(person, "Jobs", SEEN)
        await person.press("enter")
        await looks_sound(person, SEEN)

    use(pagelog, story)


@pytest.mark.slow
def test_hostile_tags_are_moved_about_and_hostile_titles_synced_as_text(pagelog, hostile, tmp_path):
    hub = tmp_path / "hub.git"
    pagelog.git("init", "--quiet", "--bare", "--initial-branch=main", str(hub))

    async def story(person):
        await person.sees("A ")
        await person.press("1")
        await looks_sound(person, "#a")
        entries = person.app.screen.sidebar.navigation.entries
        person.app.screen.sidebar.go(next(at for at, entry in enumerate(entries) if entry.tag.startswith("a")))
        await person.press("r")
        await looks_sound(person, "Rename #a")
        await person.press("ctrl+u")
        await person.types("b[/x]")
        await person.press("enter")
        await looks_sound(person, "Rename #a", "->  #b[/x]")
        await person.press("enter")
        await looks_sound(person, "1 link changed")
        await person.press("2", "S")
        await person.sees("Sync with which repository?")
        await person.pastes(str(hub))
        await person.press("enter")
        await looks_sound(person, "enter sync")
        await person.press("enter")
        await looks_sound(person, "Synced:")

    use(pagelog, story)


def test_what_comes_with_a_sync_is_planned_as_text(pagelog, hostile, tmp_path):
    from program import Pagelog

    hub = tmp_path / "hub.git"
    pagelog.git("init", "--quiet", "--bare", "--initial-branch=main", str(hub))
    assert pagelog("sync", "--remote", str(hub)).status == 0
    there = Pagelog(pagelog.program, tmp_path / "there")
    there("add", "--later", "https://example.org/other")
    there.git("remote", "add", "origin", str(hub))

    async def story(person):
        await person.sees("1/1")
        await person.press("S")
        await looks_sound(person, "come", SEEN)
        await person.press("enter")
        await looks_sound(person, "Synced:")

    use(there, story)
