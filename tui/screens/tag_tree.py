"""What the keys of the navigation do to tags: rename, merge, delete; each first a plan, then one commit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from tui.desk import Trouble
from tui.navigation import Entry, tag_query
from tui.screens.acting import Acting, counted
from tui.shown import line
from tui.tasks import Task

if TYPE_CHECKING:
    from store.retagging import Retagging
    from store.tagging import Retagged

Verb = Literal["rename", "merge"]
_SAID = 60  # characters of a tag


class TagTree:
    """The tags of a screen with a sidebar; `retagged` is told what became of one (None: it is gone)."""

    def __init__(self, screen: Acting, retagged: Callable[[str, str | None], None]) -> None:
        self._screen = screen
        self._retagged = retagged

    def begin(self, entry: Entry, verb: Verb | Literal["delete"]) -> None:
        """What the user wants to become of an entry."""
        if entry.kind != "tag":
            self._screen.pagelog.say("That is a view. r, M and d are for the tags below.")
        elif verb == "delete":
            self._screen.begin(partial(self._plan, entry, "delete", None))
        else:
            self._ask(entry, verb, entry.tag if verb == "rename" else "")

    def _ask(self, entry: Entry, verb: Verb, entered: str, wrong: str = "") -> None:
        from tui.screens.tag_dialogs import TagNameScreen

        dialog = TagNameScreen(verb, entry.tag, line(entered, 200), self._screen.offers(), wrong)
        self._screen.app.push_screen(dialog, lambda name: self._named(entry, verb, name))

    def _named(self, entry: Entry, verb: Verb, name: str | None) -> None:
        if name is not None:
            self._screen.begin(partial(self._plan, entry, verb, name))

    async def _plan(self, entry: Entry, verb: Verb | Literal["delete"], name: str | None) -> None:
        from store import tagging
        from store.errors import PagelogError
        from tui.screens.tag_dialogs import TagPlanScreen, shown
        from tui.surprise import trouble

        try:
            wanted = _wanted(entry.tag, verb, name)
            planned = await self._screen.pagelog.desk.look(lambda library: tagging.plan(library, wanted))
        except (PagelogError, Trouble) as error:
            self._refused(entry, verb, name, error.sentence if isinstance(error, Trouble) else trouble(error))
            return
        if not planned.plan.links:
            self._screen.pagelog.say("Nothing to change.")
            return
        dialog = TagPlanScreen(shown(_title(entry.tag, wanted), planned))
        carry_out = partial(self._carry_out, entry, wanted)
        self._screen.app.push_screen(dialog, lambda yes: self._screen.begin(carry_out) if yes else None)

    def _refused(self, entry: Entry, verb: Verb | Literal["delete"], name: str | None, sentence: str) -> None:
        if verb == "delete":
            self._screen.pagelog.say(sentence, trouble=True)
        else:  # what was typed is not lost
            self._ask(entry, verb, name or "", sentence)

    async def _carry_out(self, entry: Entry, wanted: Retagging) -> None:
        from store import tagging

        task = Task(_title(entry.tag, wanted))
        done = await self._screen.take_time(task, lambda library, pace: tagging.carry_out(library, wanted, pace))
        if done is None:
            return
        self._retagged(entry.tag, wanted.into)
        self._screen.changed(done.change.ids, done=False)
        self._screen.pagelog.say(_said(done, wanted))


def _wanted(tag: str, verb: Verb | Literal["delete"], name: str | None) -> Retagging:
    from store import retagging

    if verb == "delete" or name is None:
        return retagging.delete(tag)
    return retagging.rename(tag, name) if verb == "rename" else retagging.merge((tag,), name)


def _title(tag: str, wanted: Retagging) -> str:
    joint = {"rename": " to ", "merge": " into ", "delete": ""}[wanted.verb]
    into = f"#{line(wanted.into, _SAID)}" if wanted.into else ""
    return f"{wanted.verb.capitalize()} #{line(tag, _SAID)}{joint}{into}"


def _said(done: Retagged, wanted: Retagging) -> str:
    if not done.change.commits:
        return "Nothing to change."
    left = f" {counted(len(done.left))} could not be read, and stay as they are." if done.left else ""
    tag = line(wanted.sources[0], _SAID)
    became = f"#{tag} is #{line(wanted.into, _SAID)} now" if wanted.into else f"#{tag} is gone"
    return f"{counted(len(done.change.ids))} changed: {became}; u takes it back.{left}"


def query_after(query: str, old: str, new: str | None) -> str:
    """A view's query once `old` has become `new`: that of the same tag, all links where it is gone."""
    begin = tag_query(old)
    if query.casefold() == begin.casefold():
        return tag_query(new) if new else ""
    if not query.casefold().startswith((begin.rstrip('"') + "/").casefold()):
        return query
    below = query[len(begin.rstrip('"')) :].rstrip('"')
    return tag_query(new + below) if new else ""
