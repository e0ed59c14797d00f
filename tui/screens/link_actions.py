"""What the keys of links do: the same actions on every screen that shows some, each one call on the library.

Dialogs are imported when they are opened: the first picture does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from store.link import Status
from store.text import visible
from tui import external
from tui.desk import Trouble
from tui.screens.acting import Acting, counted, counted_with_hidden
from tui.screens.editing import in_editor
from tui.shown import line
from tui.tasks import Task

if TYPE_CHECKING:
    from store.changing import Pace
    from store.drafting import Draft
    from store.library import Change, Library
    from tui.screens.asking import Addition, Fields, TagChange, TagScreen
    from tui.shelf import Taken

_LONGEST_TITLE = 8192  # characters
_ASK_ABOVE = 20  # links to refresh without asking


class LinkActions(Acting):
    """A screen with links, and what can be done to them."""

    def on_paste(self, event: events.Paste) -> None:
        """Addresses pasted where nothing is typed are to be added."""
        if event.text.strip():
            event.stop()
            self.action_add(event.text)

    # --- adding and capturing -----------------------------------------------------------------------------------------

    def action_add(self, text: str = "") -> None:
        """Ask for addresses, and capture them."""
        self._ask_to_add(text)

    def _ask_to_add(self, text: str, tags: str = "", wrong: str = "") -> None:
        from tui.screens.asking import AddScreen

        self.app.push_screen(AddScreen(self.offers(), text, tags, wrong), self._add)

    def _add(self, entered: Addition | None) -> None:
        if entered is not None:
            self.begin(partial(self._added, entered))

    async def _added(self, entered: Addition) -> None:
        try:
            ids = await self.pagelog.add(entered.addresses, entered.tags)
        except Trouble as error:  # what was typed is not lost
            self._ask_to_add("\n".join(entered.addresses), " ".join(entered.tags), error.sentence)
            return
        self.added(ids)

    def action_refresh(self) -> None:
        """Capture the links again."""
        self.with_links("Refresh", self._refresh, ask_above=_ASK_ABOVE)

    def _refresh(self, ids: tuple[str, ...]) -> None:
        self.pagelog.refresh_links(ids)
        self.changed(ids)

    # --- fields -------------------------------------------------------------------------------------------------------

    def action_tag(self) -> None:
        """Put tags on, take tags off."""
        self.with_links("Tag", self._ask_for_tags)

    def _ask_for_tags(self, ids: tuple[str, ...]) -> None:
        from tui.screens.asking import TagScreen

        dialog = TagScreen(len(ids), self.offers())
        self.app.push_screen(dialog, lambda wanted: self._tag(ids, wanted))
        self.begin(partial(self._tell_present, ids, dialog))

    async def _tell_present(self, ids: tuple[str, ...], dialog: TagScreen) -> None:
        """Which tags are there: of very many links that takes a moment, in which one can type."""
        try:
            present = await self.pagelog.desk.look(lambda library: _tags_of(library, ids))
        except Trouble as error:
            self.pagelog.say(error.sentence, trouble=True)
            return
        dialog.tell_present(present, self.offers(present))

    def _tag(self, ids: tuple[str, ...], wanted: TagChange | None) -> None:
        from store.tags import clean_tag

        if wanted is None or not (wanted.add or wanted.remove):
            return
        add, remove = tuple(map(clean_tag, wanted.add)), tuple(map(clean_tag, wanted.remove))
        words = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        call = partial(_retagged, add=add, remove=remove)
        self.begin(partial(self.changed_by, "Tag", f"tagged {words}.", call, ids))

    def action_edit(self) -> None:
        """Title, address and note in a dialog."""
        from tui.screens.asking import Fields

        link = self.current
        if link is not None:
            row = next(iter(self.pagelog.library.rows([link.id])), None)
            note = visible(row.note or "").strip() if row is not None else ""
            title = line(row.title, _LONGEST_TITLE) if row is not None else link.title
            before = Fields(title, link.url, note)
            self._ask_for_fields(link.id, before, before)

    def _ask_for_fields(self, id_: str, before: Fields, entered: Fields, wrong: str = "") -> None:
        from tui.screens.asking import EditScreen

        def done(given: Fields | None) -> None:
            if given is not None and given != before:
                self.begin(partial(self._edit, id_, before, given))

        self.app.push_screen(EditScreen(entered, wrong), done)

    async def _edit(self, id_: str, before: Fields, given: Fields) -> None:
        try:
            await self.pagelog.desk.change(partial(_edited, id_=id_, before=before, entered=given))
        except Trouble as error:  # what was typed is not lost
            self._ask_for_fields(id_, before, given, error.sentence)
            return
        self.changed((id_,), done=False)
        self.pagelog.say("Changed." if given.url == before.url else "Changed. r captures the page at its new address.")

    def action_edit_document(self) -> None:
        """The whole document in $EDITOR."""
        self.begin(self._edit_document)

    async def _edit_document(self) -> None:
        from store import drafting

        link = self.current
        if link is None:
            return
        draft = await self.carry_out(lambda library: drafting.begin(library, link.id))
        if draft is None:
            return
        edited = in_editor(self.app, draft.text.encode(), f"{link.id}.md")
        if edited.wrong:
            self.pagelog.say(edited.wrong, trouble=True)
            return
        await self._finish(draft, edited.text, edited.forget, str(edited.path))
        self.changed((link.id,), done=False)

    async def _finish(self, draft: Draft, data: bytes, forget: Callable[[], None], kept: str) -> None:
        from store import drafting

        try:
            change = await self.pagelog.desk.change(lambda library: drafting.finish(library, draft, data))
        except Trouble as error:
            self.pagelog.say(f"{error.sentence} Your text is kept in {kept}.", trouble=True)
            return
        forget()
        joined = " The document had changed meanwhile: both changes were joined." if change.joined else ""
        self.pagelog.say(f"Changed.{joined}" if change.commits else "Nothing to change.")

    def action_toggle_read(self) -> None:
        """Read, or unread again."""
        link = self.current
        status: Status = "unread" if link is not None and link.status == "read" else "read"
        self._set_status(status)

    def action_archive(self) -> None:
        """Into the archive, or back."""
        link = self.current
        status: Status = "read" if link is not None and link.status == "archived" else "archived"
        self._set_status(status)

    def _set_status(self, status: Status) -> None:
        from store import marking

        self.change(
            f"Mark as {status}:",
            f"marked as {status}.",
            lambda library, ids, pace: marking.set_status(library, ids, status, pace),
        )

    def action_star(self) -> None:
        """A star, or none."""
        from store import marking

        link = self.current
        starred = link is None or not link.starred
        verb, said = ("Star", "starred.") if starred else ("Take the star from", "without star.")
        self.change(verb, said, lambda library, ids, pace: marking.set_starred(library, ids, starred, pace))

    def action_trash(self) -> None:
        """Into the trash; in the trash: back."""
        if self.in_trash:
            self.change("Put back", "put back.", _put_back)
        else:
            said = "moved to the trash; u takes it back."
            self.change("Trash", said, lambda library, ids, pace: library.trash(ids, pace))

    def action_remove(self) -> None:
        """Out of the trash, for good: the files go, history keeps them."""
        if not self.in_trash:
            self.pagelog.say("D removes what is in the trash: d moves there, 1 shows the views.")
            return
        taken = self.taken_links()
        if taken is not None:
            self._ask_to_remove(taken)

    def _ask_to_remove(self, taken: Taken) -> None:
        from tui.screens.asking import ConfirmScreen

        files = "Its file goes" if len(taken.ids) == 1 else "Their files go"
        what_then = f"{files}, as one commit that u takes back; history keeps what was there."
        ask = ConfirmScreen(f"Remove {counted_with_hidden(taken)} from the library? {what_then}", "Remove")
        self.app.push_screen(ask, lambda yes: self.begin(partial(self._removed, taken.ids)) if yes else None)

    async def _removed(self, ids: tuple[str, ...]) -> None:
        task = Task(f"Remove {counted(len(ids))}")
        change = await self.take_time(task, lambda library, pace: _remove(library, ids, pace))
        if change is None:
            return
        self.gone(change.ids)
        self.changed(ids)
        said = "removed; u takes it back, and history keeps the text."
        self.pagelog.say(f"{counted(len(change.ids))} {said}" if change.ids else "Nothing to remove.")

    # --- looking ------------------------------------------------------------------------------------------------------

    def action_history(self) -> None:
        """Versions and what changed."""
        from tui.screens.history import HistoryScreen

        link = self.current
        if link is not None:
            self.opened()
            history = HistoryScreen(link)
            self.app.push_screen(history, lambda _: self.changed((link.id,), done=False) if history.touched else None)

    def opened(self) -> None:
        """The user looks at the link in focus: it is no longer marked as changed."""
        link = self.current
        if link is not None and link.badge == "changed":
            self.begin(partial(self._no_longer_changed, link.id))

    async def _no_longer_changed(self, id_: str) -> None:
        await self.carry_out(lambda library: library.opened(id_))
        self.changed((id_,), done=False)

    def action_browse(self) -> None:
        """The page in the browser."""
        link = self.current
        if link is not None:
            self.browse(link.url)

    def browse(self, address: str) -> None:
        """An address in the browser; where there is none it is copied."""
        from store.address import normalise
        from store.errors import AddressError

        try:
            address = normalise(address)
        except AddressError:
            self.pagelog.say("That is no web address: it is not opened.", trouble=True)
            return
        try:
            external.browse(address, self.pagelog.session.config.environment)
        except external.NoProgram:
            self.app.copy_to_clipboard(address)
            self.pagelog.say(f"No graphical browser was found; the address is copied: {address}")
            return
        self.pagelog.say(f"Opened in the browser: {address}")

    def action_copy(self) -> None:
        """The address to the clipboard."""
        link = self.current
        if link is not None:
            self.app.copy_to_clipboard(link.url)
            self.pagelog.say(f"Copied: {link.url}")


def _tags_of(library: Library, ids: Sequence[str]) -> list[tuple[str, int]]:
    """The tags of these links with their counts, the most used first."""
    from collections import Counter

    rows = library.catalogue.rows(ids)
    counts = Counter(line(tag) for row in rows.values() for tag in row.tags)
    return counts.most_common()


def _put_back(library: Library, ids: Sequence[str], pace: Pace) -> Change:
    return library.untrash(_trashed(library, ids), pace)


def _remove(library: Library, ids: Sequence[str], pace: Pace) -> Change:
    from store import removing

    return removing.remove(library, _trashed(library, ids), pace)


def _trashed(library: Library, ids: Sequence[str]) -> list[str]:
    """Those of them that are in the trash: one that was put back stays in its view for a while."""
    found = {row.id for row in library.rows(ids) if row.trashed is not None}
    return [id_ for id_ in ids if id_ in found]


def _retagged(library: Library, ids: Sequence[str], pace: Pace, *, add: Sequence[str], remove: Sequence[str]) -> Change:
    return library.tag(ids, add, remove, pace)


def _edited(library: Library, id_: str, before: Fields, entered: Fields) -> Change:
    """One edit of what differs."""
    return library.edit(
        id_,
        title=entered.title if entered.title != before.title else None,
        url=entered.url if entered.url != before.url else None,
        note=entered.note if entered.note != before.note else None,
    )
