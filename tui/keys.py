"""Every key of the app, in one table: bindings, footer, help and palette are made from it.

A key belongs to a place: where it works. `action` is the name of the method behind it, so a place and an action name a
key for good (`list.mark`). With a Chinese input method on, `?` arrives as `？`: such twins are bound beside the keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from textual.binding import Binding

Place = Literal[
    "everywhere", "links", "list", "sidebar", "reader", "history", "activity", "action", "dialog", "sync", "jobs",
    "job",
]  # fmt: skip

PLACES: dict[Place, str] = {
    "everywhere": "Everywhere",
    "list": "Lists",
    "links": "Links (the marked ones, else the one in focus)",
    "sidebar": "Navigation",
    "reader": "Reader",
    "history": "History",
    "activity": "Activity",
    "action": "One thing that was done",
    "dialog": "Dialogs",
    "sync": "Sync",
    "jobs": "Jobs",
    "job": "One job",
}

_TWINS = {
    "?": "？", "/": "、／", ":": "：", ",": "，", "*": "＊", "[": "【", "]": "】", "{": "｛", "}": "｝",
}  # fmt: skip
_NAMES = {
    "question_mark": "?", "slash": "/", "colon": ":", "comma": ",", "asterisk": "*", "left_square_bracket": "[",
    "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}", "pagedown": "PgDn",
    "pageup": "PgUp", "escape": "esc", "up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End",
    "delete": "del", "f1": "F1", "f4": "F4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """What one action is called, and which keys reach it.

    `keys` are Textual's names, the first is the one shown; `word` is the footer's, `says` the help's sentence.
    `footer`: it stands in the footer of its place; `spare`: if there is room for it.
    `palette`: it can be started without its place in focus.
    """

    place: Place
    action: str
    keys: tuple[str, ...]
    word: str
    says: str
    footer: bool = False
    palette: bool = True
    spare: bool = False

    @property
    def id(self) -> str:
        """Its name, for good."""
        return f"{self.place}.{self.action}"

    @property
    def lasting(self) -> bool:
        """It stands in every footer, however little room there is."""
        return self.place == "everywhere" and not self.spare

    @property
    def shown(self) -> str:
        """The keys as a person reads them."""
        return " ".join(shown(key) for key in self.keys)


def _key(place: Place, action: str, keys: str, word: str, says: str, *marks: str) -> Key:
    footer = "footer" in marks or "spare" in marks
    return Key(place, action, tuple(keys.split()), word, says, footer, "hidden" not in marks, "spare" in marks)


TABLE: tuple[Key, ...] = (
    # everywhere
    _key("everywhere", "help", "question_mark f1", "help", "Show every key that works here.", "footer"),
    _key("everywhere", "palette", "colon ctrl+p", "commands", "Find an action by its name.", "hidden"),
    _key("everywhere", "add", "a", "add", "Keep pages: type or paste their addresses.", "footer"),
    _key("everywhere", "undo", "u", "undo", "Take back what was done last.", "spare"),
    _key("everywhere", "redo", "ctrl+r", "redo", "Put back what the last undo took back."),
    _key("everywhere", "activity", "L", "activity", "Everything that was done; take back any of it."),
    _key("everywhere", "sync", "S", "sync", "Sync with a git remote: first the plan, then the work.", "spare"),
    _key("everywhere", "jobs", "w", "jobs", "What is being done in the background, and what became of it."),
    _key("everywhere", "navigation", "B", "navigation", "Show or leave the views and tags."),
    _key("everywhere", "pane('sidebar')", "1", "views", "Go to the views and tags.", "hidden"),
    _key("everywhere", "pane('list')", "2", "list", "Go to the list.", "hidden"),
    _key("everywhere", "pane('reader')", "3", "reader", "Go to the reader.", "hidden"),
    _key("everywhere", "next_pane", "tab", "next pane", "Go to the next pane.", "hidden"),
    _key("everywhere", "previous_pane", "shift+tab", "previous pane", "Go to the pane before.", "hidden"),
    _key("everywhere", "left", "h", "left", "Go to the pane at the left.", "hidden"),
    _key("everywhere", "zoom", "z", "zoom", "Give the whole screen to this pane, and take it back."),
    _key("everywhere", "back", "escape", "back", "Leave what was opened last: exactly one thing.", "hidden"),
    _key("everywhere", "redraw", "ctrl+l", "redraw", "Draw anew; links that match no more leave the list."),
    _key("everywhere", "suspend", "ctrl+z", "suspend", "Go back to the shell; `fg` brings pagelog back.", "hidden"),
    _key("everywhere", "copy_or_hint", "ctrl+c", "copy", "Copy what is selected with the mouse.", "hidden"),
    _key("everywhere", "leave", "q", "quit", "Go back; from the list, quit.", "footer", "hidden"),
    _key("everywhere", "quit", "ctrl+q", "quit", "Quit at once. Pages that are being added go on at the next start."),
    # lists
    _key("list", "move(1)", "j down", "down", "One down.", "hidden"),
    _key("list", "move(-1)", "k up", "up", "One up.", "hidden"),
    _key("list", "first", "g home", "first", "To the top.", "hidden"),
    _key("list", "last", "G end", "last", "To the end.", "hidden"),
    _key("list", "half(1)", "ctrl+d", "half a page down", "Half a page down.", "hidden"),
    _key("list", "half(-1)", "ctrl+u", "half a page up", "Half a page up.", "hidden"),
    _key("list", "page(1)", "pagedown", "page down", "A page down.", "hidden"),
    _key("list", "page(-1)", "pageup", "page up", "A page up.", "hidden"),
    _key("list", "mark", "space", "mark", "Mark the link, or unmark it, and go down.", "spare"),
    _key("list", "read", "enter l right", "read", "Read what is kept of the page.", "footer"),
    _key("list", "filter", "slash", "filter", "Filter as you type; Enter keeps the filter, esc clears it.", "footer"),
    _key("list", "range", "v", "range", "Begin a range; press it again where the range ends."),
    _key("list", "mark_all", "ctrl+a", "mark all", "Mark everything shown; again: unmark it."),
    _key("list", "invert", "asterisk", "invert", "Of what is shown, mark just what is not."),
    _key("list", "unread(1)", "n", "next unread", "To the next unread link."),
    _key("list", "unread(-1)", "N", "previous unread", "To the unread link before."),
    _key("list", "preview(1)", "ctrl+e", "scroll preview", "Scroll the reader down from here.", "hidden"),
    _key("list", "preview(-1)", "ctrl+y", "scroll preview back", "Scroll the reader up from here.", "hidden"),
    _key("list", "sort", "comma", "sort", "Then d date added, t title, h host, u updated, r reverse."),
    # links
    _key("links", "browse", "o", "browser", "Open the page in the browser.", "spare"),
    _key("links", "tag", "t", "tags", "Put tags on, take tags off.", "footer"),
    _key("links", "edit", "E", "edit", "Change title, address and note."),
    _key("links", "edit_document", "e", "editor", "Edit the whole document in $EDITOR."),
    _key("links", "refresh", "r", "refresh", "Capture the page again; a change becomes a version.", "footer"),
    _key("links", "history", "H", "history", "Versions, what changed, and older texts.", "footer"),
    _key("links", "toggle_read", "m", "read/unread", "Mark as read, or as unread."),
    _key("links", "archive", "M", "archive", "Archive, or bring back from the archive."),
    _key("links", "star", "s", "star", "Star, or take the star away."),
    _key("links", "copy", "y", "copy URL", "Copy the address."),
    _key("links", "trash", "d delete", "trash", "Move to the trash; in the trash: put back.", "footer"),
    _key("links", "remove", "D", "remove", "In the trash: remove the files. One commit; history keeps them."),
    # navigation
    _key("sidebar", "move(1)", "j down", "down", "One down.", "hidden"),
    _key("sidebar", "move(-1)", "k up", "up", "One up.", "hidden"),
    _key("sidebar", "first", "g home", "first", "To the top.", "hidden"),
    _key("sidebar", "last", "G end", "last", "To the end.", "hidden"),
    _key("sidebar", "page(1)", "pagedown ctrl+d", "page down", "A page down.", "hidden"),
    _key("sidebar", "page(-1)", "pageup ctrl+u", "page up", "A page up.", "hidden"),
    _key("sidebar", "choose", "enter l", "show", "Show these links.", "footer", "hidden"),
    _key("sidebar", "fold", "space", "fold", "Fold the tags below, or show them.", "footer", "hidden"),
    _key("sidebar", "rename", "r", "rename", "Rename the tag, with all below it.", "footer", "hidden"),
    _key("sidebar", "merge", "M", "merge", "Merge the tag into another.", "footer", "hidden"),
    _key("sidebar", "delete", "d delete", "delete", "Take the tag off every link.", "footer", "hidden"),
    _key("sidebar", "open_fold", "right", "unfold", "Show the tags below.", "hidden"),
    _key("sidebar", "close_fold", "left", "fold", "Fold the tags below.", "hidden"),
    # reader
    _key("reader", "move(1)", "j down", "down", "A line down.", "hidden"),
    _key("reader", "move(-1)", "k up", "up", "A line up.", "hidden"),
    _key("reader", "page(1)", "space pagedown", "page", "A page down.", "footer", "hidden"),
    _key("reader", "page(-1)", "b pageup", "page up", "A page up.", "hidden"),
    _key("reader", "half(1)", "ctrl+d", "half a page down", "Half a page down.", "hidden"),
    _key("reader", "half(-1)", "ctrl+u", "half a page up", "Half a page up.", "hidden"),
    _key("reader", "first", "g home", "top", "To the top.", "hidden"),
    _key("reader", "last", "G end", "end", "To the end.", "hidden"),
    _key("reader", "find", "slash", "find", "Find in the text; Enter keeps the hits, esc ends it.", "footer"),
    _key("reader", "hit(1)", "n", "next hit", "To the next hit.", "hidden"),
    _key("reader", "hit(-1)", "N", "previous hit", "To the hit before.", "hidden"),
    _key("reader", "heading(1)", "right_square_bracket", "next heading", "To the next heading.", "hidden"),
    _key("reader", "heading(-1)", "left_square_bracket", "previous heading", "To the heading before.", "hidden"),
    _key("reader", "link(1)", "right_curly_bracket", "next link", "To the next link of the text.", "hidden"),
    _key("reader", "link(-1)", "left_curly_bracket", "previous link", "To the link of the text before.", "hidden"),
    _key("reader", "follow", "enter", "follow", "Open the chosen link of the text.", "hidden"),
    _key("reader", "contents", "c", "contents", "The headings; choose one to go there.", "footer"),
    _key("reader", "hints", "f", "follow", "Number the links on the screen; type a number to open it.", "footer"),
    _key("reader", "neighbour(1)", "J", "next link", "Read the next link of the list."),
    _key("reader", "neighbour(-1)", "K", "previous link", "Read the link of the list before."),
    # history
    _key("history", "version(1)", "j down", "older", "To the version before.", "hidden"),
    _key("history", "version(-1)", "k up", "newer", "To the next version.", "hidden"),
    _key("history", "first", "g home", "newest", "To the newest version.", "hidden"),
    _key("history", "last", "G end", "oldest", "To the oldest version.", "hidden"),
    _key("history", "show", "enter", "compare", "Compare with the version before, or read the text.", "footer"),
    _key("history", "pick", "space", "pick", "Pick a version; with two picked, they are compared.", "footer"),
    _key("history", "change(1)", "n", "next change", "To the next change.", "footer"),
    _key("history", "change(-1)", "N", "previous change", "To the change before.", "hidden"),
    _key("history", "sides", "v", "side by side", "Side by side, or in one column.", "footer"),
    _key("history", "unfold", "Z", "fold", "Fold what is the same, or show it.", "footer"),
    _key("history", "restore", "R", "restore", "Bring this version back, as a new one.", "footer"),
    _key("history", "accept", "A", "accept", "Accept the capture that is held.", "footer"),
    _key("history", "drop", "X", "drop", "Drop the capture that is held.", "footer"),
    _key("history", "scroll(1)", "pagedown ctrl+d", "scroll", "Scroll the text down.", "hidden"),
    _key("history", "scroll(-1)", "pageup ctrl+u", "scroll back", "Scroll the text up.", "hidden"),
    # activity
    _key("activity", "move(1)", "j down", "older", "To what was done before.", "hidden"),
    _key("activity", "move(-1)", "k up", "newer", "To what was done after.", "hidden"),
    _key("activity", "first", "g home", "newest", "To what was done last.", "hidden"),
    _key("activity", "last", "G end", "oldest", "To the beginning.", "hidden"),
    _key("activity", "page(1)", "pagedown ctrl+d", "page", "A page down.", "hidden"),
    _key("activity", "page(-1)", "pageup ctrl+u", "page back", "A page up.", "hidden"),
    _key("activity", "details", "enter l", "details", "Which links it was about, and what would stay.", "footer"),
    _key("activity", "take_back", "u", "take back", "Take just this back.", "footer"),
    _key("action", "move(1)", "j down", "down", "One down.", "hidden"),
    _key("action", "move(-1)", "k up", "up", "One up.", "hidden"),
    _key("action", "take_back", "u", "take back", "Take it back.", "footer", "hidden"),
    _key("action", "leave", "escape q enter", "back", "Back to the activity.", "footer", "hidden"),
    # dialogs
    _key("dialog", "save", "enter", "save", "Take it as it stands.", "footer", "hidden"),
    _key("dialog", "newline", "ctrl+j", "new line", "A new line, where there is room for several.", "hidden"),
    _key("dialog", "cancel", "escape", "cancel", "Leave everything as it was.", "footer", "hidden"),
    _key("dialog", "next_field", "tab", "next", "Take the completion on offer, else go to the next field.", "hidden"),
    _key("dialog", "previous_field", "shift+tab", "previous", "To the field before.", "hidden"),
    _key("dialog", "editor", "f4", "editor", "Write the field in $EDITOR.", "hidden"),
    _key("sync", "remote", "r", "other remote", "Sync with another remote.", "footer", "hidden"),
    _key("sync", "give_up", "x n q", "give up", "The same as esc: nothing is changed.", "hidden"),
    # jobs
    _key("jobs", "move(1)", "j down", "down", "One down.", "hidden"),
    _key("jobs", "move(-1)", "k up", "up", "One up.", "hidden"),
    _key("jobs", "details", "enter", "details", "What became of each page of the job.", "footer", "hidden"),
    _key("jobs", "cancel", "x", "cancel", "Cancel the job; what is done stays.", "footer", "hidden"),
    _key("jobs", "retry", "r", "retry", "Try again what failed.", "footer", "hidden"),
    _key("jobs", "leave", "escape q w", "back", "Back.", "footer", "hidden"),
    _key("job", "move(1)", "j down", "down", "One down.", "hidden"),
    _key("job", "move(-1)", "k up", "up", "One up.", "hidden"),
    _key("job", "leave", "escape q", "back", "Back to the jobs.", "footer", "hidden"),
)


def shown(key: str) -> str:
    """One key as a person reads it."""
    return _NAMES.get(key, key)


def of(*places: Place) -> tuple[Key, ...]:
    """The keys of these places, place after place, in the order of the table."""
    return tuple(key for place in places for key in TABLE if key.place == place)


def covered(pane: Place) -> frozenset[str]:
    """The actions of links that another action of a pane, by the same key, stands before while the pane is in front."""
    own = {name for key in of(pane) for name in key.keys}
    return frozenset(key.action for key in of("links") if own.intersection(key.keys))


def footer(*places: Place, home: bool = True) -> Iterator[Key]:
    """Those that stand in the footer, what matters most first; away from `home` the way back instead of the way out."""
    for key in sorted(of(*places), key=lambda key: (key.lasting, key.spare)):
        if (key.action == "back" and not home) or (key.footer and (home or key.id != "everywhere.leave")):
            yield key


def bindings(*places: Place) -> list[Binding]:
    """The same as Textual wants them, twins included.

    All have priority: a key is carried out before the next is looked at, so who types ahead reaches the right pane.
    """
    from textual.binding import Binding

    return [
        Binding(",".join((*key.keys, *_twins(key))), key.action, key.word, show=key.footer, id=key.id, priority=True)
        for key in of(*places)
    ]


def _twins(key: Key) -> Iterator[str]:
    for name in key.keys:
        yield from _TWINS.get(shown(name), "")
