"""The app and its terminal: nothing typed goes astray, and whatever happens the terminal is left as it was found."""

from __future__ import annotations

import os
import re
import shlex
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app_terminal import IN_LIST, IN_READER, AppTerminal
from pages import article
from program import Pagelog
from terminal import UNTOUCHED, children_of, is_alive

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("site_allowed")]

BOTH = pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
SOON = 6.0  # seconds for what should happen at once
GONE = 3.0  # seconds in which a program whose terminal is gone has to go too
NOTICED = 6.0  # the same where no signal tells it
LEFT = "pagelog: 3 pages are not captured yet; the next start goes on with them."
BROKEN = """
import sys
if any(word.endswith("/pagelog") for word in sys.orig_argv):
    from {module} import {owner}
    def broken(*_, **__): raise ZeroDivisionError("on purpose")
    {owner}.{name} = broken
"""
_SGR = re.compile(r"\x1b\[([\d;]*)m")


@pytest.fixture
def slow(site):
    """Three pages that nobody waits for."""
    return [site.put(f"/slow{number}", article(f"Slow {number}"), delay=30.0) for number in range(3)]


# --- what is typed ----------------------------------------------------------------------------------------------------

# keys pressed at once; what the screen says then, and the subject of the last commit
TYPED_AHEAD = {
    "filter": (["/", "delta"], ["filter: delta", "No link matches"], "add: Gamma"),
    "filter, then read": (["/", "alp", "Enter", "Enter"], [IN_READER, "1/1"], "add: Gamma"),
    "read to the end": (["Enter", "G"], [IN_READER, "1/3", "Gamma stands alone"], "add: Gamma"),
    "read and find": (["Enter", "/", "lighthouse", "Enter"], [IN_READER, "1/1 hits"], "add: Gamma"),
    "add": (["a", "HARBOUR", "Enter"], ["Added: The harbour log."], "add: The harbour log"),
    "tag": (["t", "sea", "Enter"], ["1 link tagged +sea."], "tag: +sea"),
    "mark and tag": (["Space", "Space", "t", "sea", "Enter"], ["2 links tagged +sea."], "tag: +sea (2 links)"),
    "edit": (["E", "C-u", "Mine", "Enter"], ["Changed.", "Mine"], "edit: Mine"),
    "trash": (["d", "1", "G", "Enter"], ["Trash", "1/1", "Gamma"], "trash: Gamma"),
    "view": (["1", "j", "Enter", "j", "d"], ["Unread", "1 link moved to the trash"], "trash: Beta"),
    "order": ([",", "t", "m"], ["1 link marked as read."], "edit: Gamma"),
    "command": ([":", "star,", "BSpace", "Enter"], ["1 link starred."], "edit: Gamma"),
    "history": (["H", "q", "j"], ["2/3", IN_LIST], "add: Gamma"),
    "Escape, then a letter": (["/", "alp", "Escape", "k"], ["2/3", IN_LIST], "add: Gamma"),
    "Escape, then a sign": (["t", "Escape", "/", "bet"], ["filter: bet", "1/1"], "add: Gamma"),
}


@pytest.mark.parametrize("size", [(80, 24)], ids=["80x24"])  # here one pane takes the place of another
@pytest.mark.parametrize("name", TYPED_AHEAD)
def test_what_is_typed_ahead_reaches_what_it_is_for(pagelog, start, kept, harbour, name):
    keys, says, subject = TYPED_AHEAD[name]

    with start(EDITOR="true") as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys(*(harbour if key == "HARBOUR" else key for key in keys))
        terminal.shows(*says, patience=SOON)

    assert pagelog.commits()[0] == subject


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        (["C-u", "Mine"], "Mine"),
        (["BSpace", "BSpace", "e", "Home", "x", "Right", "y", "End", "z"], "xGyamez"),
    ],
    ids=["clear", "move"],
)
def test_a_field_takes_letters_and_other_keys_in_the_order_typed(pagelog, start, kept, keys, title):
    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("E")
        terminal.shows("Edit link", kept[2])
        terminal.keys(*keys)
        terminal.shows(f" {title} ", patience=SOON)


def test_enter_right_after_a_paste_takes_what_was_pasted(pagelog, start, harbour):
    with start() as terminal:
        terminal.shows("Your library is empty")
        terminal.keys("a")
        terminal.shows("Add links")
        terminal.paste(harbour, "Enter")
        terminal.shows("Added: The harbour log.", patience=SOON)
        terminal.leaves()

    assert pagelog.commits()[0] == "add: The harbour log"


# what no keyboard sends, but a terminal with another encoding, a cut paste or a broken connection may
@pytest.mark.parametrize(
    "data",
    [b"\xff", b"\xe6", b"\x1b[M\xff\xff\xff", b"\x00\x1b[9999~\x1b]52;c;\x07"],
    ids=["no UTF-8", "half a character", "a mouse of old", "no key"],
)
def test_bytes_that_mean_nothing_are_passed_over(start, kept, data):
    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.sends(data)
        terminal.keys("j")
        terminal.shows("2/3", "Beta", patience=SOON)
        terminal.leaves()


def test_a_long_paste_is_taken_whole(pagelog, start, site):
    addresses = [site.url(f"/page/{number}") for number in range(500)]

    with start() as terminal:
        terminal.shows("Your library is empty")
        terminal.paste("\n".join(addresses))
        terminal.shows("Add links", addresses[-1])
        terminal.keys("Escape")
        terminal.hides("Add links")
        terminal.leaves()

    assert pagelog.commits() == ["init: pagelog library"]


@BOTH
def test_the_address_is_copied_to_the_clipboard_of_the_terminal(start, kept):
    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("y")
        terminal.shows(f"Copied: {kept[2]}")
        terminal.waits(lambda _: terminal.clipboard() == kept[2], "it is copied")
        terminal.leaves()


# --- the window -------------------------------------------------------------------------------------------------------


def test_another_size_is_drawn_anew_and_the_old_one_comes_back(start, kept):
    with start() as terminal:
        first = terminal.shows("1/3", "Views", "Gamma stands alone", IN_LIST)
        terminal.resize(80, 24)
        fits(terminal, "1/3", "Beta", "127.0.0.1")
        terminal.resize(40, 12)
        fits(terminal, "1/3", "Beta", "Alpha")
        terminal.opens()
        fits(terminal, "The ferry leaves")
        terminal.resize(80, 24)
        fits(terminal, "The ferry leaves the quay at six in the morning,", IN_READER)
        terminal.back()
        terminal.resize(120, 40)
        terminal.waits(lambda screen: screen == first, "the first screen is back", SOON)
        terminal.leaves()


def fits(terminal: AppTerminal, *texts: str) -> None:
    """It says this, with the footer in the last line and nothing left from another size."""
    columns, lines = terminal.size
    terminal.waits(
        lambda screen: (
            all(text in screen for text in texts)
            and len(shown := screen.splitlines()) == lines
            and ("? help" in shown[-1])
            and sum("? help" in line for line in shown) == 1
        ),
        f"{columns}x{lines} says {texts}",
        SOON,
    )


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(pagelog, kept, home):
    env = {**pagelog.environment(), "PS1": "ready> "}

    with AppTerminal(["sh", "-i"], env=env) as terminal:
        terminal.shows("ready>")
        terminal.keys(f"stty -g >{home}/before; {shlex.join(pagelog.command())}", "Enter")
        terminal.shows("1/3", "Gamma")
        terminal.keys("C-z")
        terminal.shows("Stopped", "ready>")
        assert terminal.state() == UNTOUCHED
        terminal.keys(f"stty -g >{home}/stopped", "Enter")
        terminal.waits(lambda _: (home / "stopped").exists(), "the shell works")
        terminal.keys("fg", "Enter")
        terminal.shows("1/3", "Gamma", "Gamma stands alone", IN_LIST)
        terminal.keys("j")
        terminal.shows("2/3", "Beta stands alone")
        terminal.keys("q")
        terminal.shows("ready>")
        terminal.keys(f"stty -g >{home}/after; exit", "Enter")
        terminal.ends()

    settings = {(home / name).read_text() for name in ("before", "stopped", "after")}
    assert len(settings) == 1


# --- ends -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_and_says_what_is_left(pagelog, start, slow, name):
    with start() as terminal:
        terminal.shows("Your library is empty")
        terminal.adds(*slow)
        terminal.shows("Capturing 3 links.", "slow2")
        os.kill(terminal.pid(), getattr(signal, name))
        assert LEFT in terminal.ends(patience=SOON)

    assert pagelog.commits() == ["init: pagelog library"]
    pagelog.assert_whole()


def test_a_signal_ends_it_from_a_dialog(start, kept):
    with start() as terminal:
        terminal.shows("1/3")
        terminal.keys("E")
        terminal.shows("Edit link", kept[2])
        os.kill(terminal.pid(), signal.SIGTERM)
        terminal.ends(patience=SOON)


def test_a_signal_to_go_on_changes_nothing(start, kept):
    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        os.kill(terminal.pid(), signal.SIGCONT)
        terminal.keys("j")
        terminal.shows("2/3", "Beta")
        terminal.keys("q")
        terminal.ends(patience=SOON)


@pytest.mark.parametrize("doing", ["nothing", "moving", "a dialog", "capturing", "editing", "without SIGHUP"])
def test_without_its_terminal_it_goes(pagelog, size, kept, slow, home, doing):
    editor = home / "editor"
    editor.write_text("#!/bin/sh\necho the editor waits; read -r answer\n")
    editor.chmod(0o755)
    ignoring = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh"] if doing == "without SIGHUP" else []

    with AppTerminal(
        [*ignoring, *pagelog.command()], size=size, env={**pagelog.environment(), "EDITOR": str(editor)}
    ) as terminal:
        terminal.shows("1/3", "Gamma")
        if doing == "moving":
            terminal.keys("jjkk" * 50)
        elif doing == "a dialog":
            terminal.keys("a")
            terminal.shows("Add links")
        elif doing == "capturing":
            terminal.adds(*slow)
            terminal.shows("Capturing 3 links.")
        elif doing == "editing":
            terminal.keys("e")
            terminal.shows("the editor waits")
        family = list(family_of(terminal.pid()))
        terminal.hang_up()

        assert left_after(NOTICED if ignoring else GONE, family) == []


def family_of(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for child in children_of(pid):
        yield from family_of(child)


def left_after(seconds: float, processes: list[int]) -> list[str]:
    """What the processes are called that still run then; they are ended, so that a test leaves none behind."""
    end = time.monotonic() + seconds
    while any(map(is_alive, processes)) and time.monotonic() < end:
        time.sleep(0.02)
    left = [pid for pid in processes if is_alive(pid)]
    names = [Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in left]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return names


@pytest.mark.parametrize(
    ("module", "owner", "name", "keys"),
    [
        ("tui.screens.link_actions", "LinkActions", "action_star", ["s"]),  # a key
        ("tui.lookup", "Lookup", "find", []),  # steps beside the screen
        ("tui.widgets.link_list", "LinkList", "draw", []),  # drawing
        ("tui.screens.library", "LibraryScreen", "compose", []),  # before anything is drawn
        ("tui.app", "PagelogApp", "stop", ["q"]),  # at the end
    ],
    ids=["key", "steps", "drawing", "start", "end"],
)
def test_an_error_nobody_foresaw_leaves_one_sentence_and_the_terminal_as_found(
    start, kept, tmp_path, home, module, owner, name, keys
):
    folder = tmp_path / "python"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(BROKEN.format(module=module, owner=owner, name=name))

    with start(PYTHONPATH=str(folder)) as terminal:
        if keys:
            terminal.shows("1/3", "Gamma")
        terminal.keys(*keys)
        screen = terminal.ends(1)

    said = "".join(screen.split("\n")).rstrip()
    assert said.lower().startswith("pagelog: something unexpected happened (zerodivisionerror)")
    assert "Traceback" not in screen
    kept_in = next(home.glob(".local/state/pagelog/error-*.txt"))
    assert kept_in.name in said
    assert "on purpose" in kept_in.read_text()


def test_without_a_terminal_it_says_how_it_is_used(pagelog: Pagelog, kept):
    piped = pagelog()

    assert (piped.status, piped.out) == (2, "")
    assert "Usage: pagelog" in piped.err
    with AppTerminal(
        ["sh", "-c", f"{shlex.join(pagelog.command())} </dev/null"], env=pagelog.environment()
    ) as terminal:
        assert "pagelog add https://example.org" in terminal.ends(2)


# --- colours ----------------------------------------------------------------------------------------------------------


def test_no_color_means_greys_only(start, kept):
    with start(NO_COLOR="1") as terminal:
        terminal.shows("1/3", "Gamma stands alone", IN_LIST)
        terminal.keys("/")
        terminal.types("alp")
        terminal.shows("1/1")
        coloured = terminal.coloured()

    assert {colour for colour in colours(coloured) if len(set(colour[1])) > 1} == set()


@pytest.mark.parametrize(("told", "light"), [("0;15", True), ("15;0", False)], ids=["light", "dark"])
def test_it_is_as_light_as_the_terminal_says(start, kept, told, light):
    with start(COLORFGBG=told) as terminal:
        terminal.shows("1/3", "Gamma stands alone", IN_LIST)
        terminal.keeps("light" if light else "dark")
        coloured = terminal.coloured()

    most = {ground: bag.most_common(1)[0][0] for ground, bag in by_ground(coloured).items()}
    assert (sum(most["background"]) > 3 * 128) == light
    assert (sum(most["foreground"]) > 3 * 128) != light


def by_ground(coloured: str) -> dict[str, Counter[tuple[int, ...]]]:
    """How often each colour is set, for letters and what lies behind them."""
    found: dict[str, Counter[tuple[int, ...]]] = {"foreground": Counter(), "background": Counter()}
    for ground, colour in colours(coloured):
        found[ground][colour] += 1
    return found


def colours(coloured: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """(foreground or background, red green blue) of each colour that is set; one of a palette is (-1, number, 0)."""
    for sequence in _SGR.findall(coloured):
        codes = iter([int(code or 0) for code in sequence.split(";")])
        for code in codes:
            ground = "background" if code in (48, *range(40, 48), *range(100, 108)) else "foreground"
            if code in (38, 48):
                kind = next(codes)
                yield ground, tuple(next(codes) for _ in range(3)) if kind == 2 else (-1, next(codes), 0)
            elif code in (*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)):
                yield ground, (-1, code, 0)


# --- the network ------------------------------------------------------------------------------------------------------


@BOTH
def test_without_a_network_a_link_is_kept_with_the_reason_in_its_place(pagelog, start, kept):
    address = "http://no-such-host.invalid/page"

    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.adds(address)
        terminal.shows("1/4", "host not found")
        terminal.keeps("no-network")
        terminal.opens()
        terminal.shows("Pending: The host no-such-host.invalid was not")
        terminal.back("1/4", "Gamma")
        terminal.leaves()

    assert pagelog.commits()[:2] == [f"add: {address}", "add: Gamma"]
