"""How each result looks: as one JSON object, and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commit import KEPT
from store.errors import PagelogError
from store.link import Link, Row
from store.text import clip, one_line, width
from tui.output import Look, Record, Styled
from tui.wording import words

if TYPE_CHECKING:
    from store.actions import Action
    from store.library import Library

_TITLE_COLUMNS = 60
_LEAST_TITLE = 20


def link_object(row: Row) -> dict[str, object]:
    """The object of `list`."""
    return {
        "id": row.id,
        "url": row.url,
        "title": row.title,
        "tags": list(row.tags),
        "status": row.status,
        "starred": row.starred,
        "added": row.added or None,
        "captured": row.captured,
        "path": row.path or None,
        "versions": row.versions,
        "state": row.state,
    }


def error_object(error: PagelogError | None, config: str) -> dict[str, object] | None:
    """Name, message and hint."""
    if error is None:
        return None
    said = words(error, config)
    return {"name": error.name, "message": said.sentence, "hint": said.hint}


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A row of `list`."""

    row: Row

    def as_object(self) -> Mapping[str, object]:
        """The list object."""
        return link_object(self.row)

    def as_text(self, look: Look) -> Iterator[Styled]:
        """id, day, marks, title, host, tags; cut to the terminal's width, whole in a pipe."""
        row = self.row
        yield Styled(row.id, "id")
        yield Styled(f"  {(row.added or '')[:10]:10}  ")
        state = "" if row.state == "ok" else f"({row.state}) "
        star = "* " if row.starred else ""
        title = one_line(row.title)
        after = "  " + one_line(row.host) + "".join(f" #{tag}" for tag in row.tags)
        if look.columns is None:
            yield Styled(f"{star}{state}{title}{after}\n")
            return
        room = look.columns - 26 - width(star + state)
        title = clip(title, max(_LEAST_TITLE, room - min(width(after), room // 3)))
        yield Styled(star)
        yield Styled(state, "warning")
        yield Styled(title, "strong")
        yield Styled(clip(after, max(0, room - width(title))) + "\n", "dim")


@dataclass(frozen=True, slots=True)
class CapturedRecord:
    """What became of one input of `add` or `refresh`."""

    input: str
    id: str | None
    url: str | None
    title: str | None
    path: str | None
    result: str
    error: PagelogError | None
    added_chars: int
    removed_chars: int
    config: str

    def as_object(self) -> Mapping[str, object]:
        """The object of `add` and `refresh`."""
        told = self.error if self.result in ("pending", "failed") else None
        return {
            "input": self.input,
            "id": self.id,
            "url": self.url,
            "title": self.title,
            "path": self.path,
            "result": self.result,
            "error": error_object(told, self.config),
        }

    def as_text(self, look: Look) -> Iterator[Styled]:
        """result, id, title, and what changed."""
        good = {"added": "added", "updated": "added", "failed": "bad", "pending": "warning", "held": "warning"}
        yield Styled(f"{self.result:9}", good.get(self.result, "dim"))
        yield Styled(f"  {self.id or '-':12}  ", "id")
        counts = f"  (+{self.added_chars} −{self.removed_chars})" if self.added_chars or self.removed_chars else ""
        room = _TITLE_COLUMNS if look.columns is None else look.columns - 26 - len(counts)
        yield Styled(clip(one_line(self.title or self.input), max(_LEAST_TITLE, min(room, _TITLE_COLUMNS))))
        yield Styled(counts + "\n", "dim")


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A line of `log`."""

    version: int
    commit: str
    date: str
    action: str
    title: str
    added_chars: int
    removed_chars: int
    subject: str = ""

    def as_object(self) -> Mapping[str, object]:
        """The object of `log`."""
        return {
            "version": self.version,
            "commit": self.commit,
            "date": self.date,
            "action": self.action or None,
            "title": self.title,
            "added_chars": self.added_chars,
            "removed_chars": self.removed_chars,
        }

    def as_text(self, look: Look) -> Iterator[Styled]:
        """number, day and time, action, commit, size of the change, title."""
        yield Styled(f"{self.version:>4}", "id")
        action = "edit kept" if self.subject == KEPT else self.action or "by hand"
        yield Styled(f"  {self.date[:10]} {self.date[11:16]}  {action:9} ")
        yield Styled(f"{self.commit[:10]}  ", "dim")
        yield Styled(f"+{self.added_chars}", "added")
        yield Styled(f" −{self.removed_chars}", "removed")
        title = one_line(self.title)
        yield Styled(f"  {title if look.columns is None else clip(title, _TITLE_COLUMNS)}\n")


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """A line of `activity`, and one for everything that a merge or an undo could not keep of both sides."""

    action: Action
    told: tuple[str, ...] = ()
    in_words: tuple[str, ...] = ()

    def as_object(self) -> Mapping[str, object]:
        """The object of `activity`. `commit`: the newest of a group; `group`: where there is one."""
        action = self.action
        return {
            "commit": action.commits[0] if action.commits else None,
            "date": action.when,
            "action": action.action or None,
            "summary": action.summary,
            "links": action.links,
            "undone": action.undone,
            "group": action.name if action.name not in action.commits else None,
            "told": list(self.told),
        }

    def as_text(self, look: Look) -> Iterator[Styled]:
        """commit or group, day and time, what was done; whether it is taken back."""
        action = self.action
        name = action.commits[0][:12] if action.name in action.commits else action.name  # a group is named whole
        yield Styled(f"{name:16}", "id")
        yield Styled(f"  {action.when[:10]} {action.when[11:16]}  ")
        summary, after = one_line(action.summary), "  taken back" if action.undone else ""
        room = None if look.columns is None else max(_LEAST_TITLE, look.columns - 36 - len(after))
        yield Styled(summary if room is None else clip(summary, room), "dim" if action.undone else "")
        yield Styled(f"{after}\n", "warning")
        for line in self.in_words:
            said = one_line(line)
            yield Styled(f"{'':18}{said if look.columns is None else clip(said, look.columns - 18)}\n", "dim")


def with_titles(library: Library, told: Sequence[str]) -> tuple[str, ...]:
    """What could not be kept of both sides, `id: field: what`, with the title of the link before its id."""
    ids = {line.partition(": ")[0] for line in told}
    titles = {row.id: clip(one_line(row.title), _LEAST_TITLE * 2) for row in library.rows(list(ids))}
    return tuple(
        f"{titles[whose]} ({whose}): {what}" if whose in titles else line
        for line in told
        for whose, _, what in [line.partition(": ")]
    )


@dataclass(frozen=True, slots=True)
class ObjectRecord:
    """An object with a text of its own."""

    fields: Mapping[str, object]
    pieces: tuple[Styled, ...]

    def as_object(self) -> Mapping[str, object]:
        """The object."""
        return self.fields

    def as_text(self, look: Look) -> Iterator[Styled]:
        """The text."""
        yield from self.pieces


@dataclass(frozen=True, slots=True)
class Planned:
    """A record of what would be."""

    record: Record

    def as_object(self) -> Mapping[str, object]:
        """Its object, and that it is only planned."""
        return {**self.record.as_object(), "planned": True}

    def as_text(self, look: Look) -> Iterable[Styled]:
        """Its text."""
        return self.record.as_text(look)


def document_object(row: Row, link: Link | None, others: Mapping[str, object], markdown: str) -> dict[str, object]:
    """The object of `show`: the list object, every key of the front matter, and the body."""
    found = link_object(row)
    for name in (
        "page_title", "final_url", "site", "author", "published", "modified", "lang", "description", "doc_number",
        "index_number", "publisher", "issued", "subject", "trashed", "note",
    ):  # fmt: skip
        found[name] = getattr(link, name) if link is not None else None
    found["capture"] = _capture_object(link)
    for name, value in others.items():
        found.setdefault(name, value)
    found["markdown"] = markdown
    return found


def _capture_object(link: Link | None) -> dict[str, object] | None:
    if link is None or link.capture is None:
        return None
    capture = link.capture
    return {
        "status": capture.status,
        "type": capture.type,
        "charset": capture.charset,
        "extractor": capture.extractor,
        "sha256": capture.sha256,
        **dict(capture.others),
    }
