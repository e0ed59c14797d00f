"""`pagelog diff`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click

from store import commit, diff, frontmatter
from store.errors import NoVersions
from store.files import blob_name
from store.library import Library
from store.link import Row
from tui.commands.options import as_json, link
from tui.output import Look, Output, Styled
from tui.session import Session


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: a version's number (None: not committed), its name, its bytes."""

    number: int | None
    name: str
    data: bytes


@click.command("diff")
@link
@click.argument("old", metavar="[FROM", required=False)
@click.argument("new", metavar="[TO]]", required=False)
@click.option("--held", is_flag=True, help="What the held capture would change.")
@click.option("--meta", is_flag=True, help="Compare the front matter instead of the text.")
@as_json
@click.pass_obj
def diff_command(
    session: Session, link: str, old: str | None, new: str | None, held: bool, meta: bool, as_json: bool
) -> int:
    """Compare two versions of a page: words, and Chinese character by character.

    Without versions: the last two whose text differs (with --meta: the last two), or an edit of yours that is not
    committed yet.
    """
    output = session.output(as_json=as_json)
    with session.open() as library:
        row = library.find(link)
        sides = _held(library, row) if held else _sides(library, row, old, new, meta=meta)
        if sides is None:
            output.note("There is one text only: nothing to compare.")
            return output.status
        _print(output, row.id, *sides, meta=meta)
        own = _page_s_own(library, row, sides) if old is None and not held else None
        if own is not None:
            output.note(f"This is your own edit, kept. The page's own change: pagelog diff {row.id} {own}")
    return output.status


def _sides(library: Library, row: Row, old: str | None, new: str | None, *, meta: bool) -> tuple[_Side, _Side] | None:
    from store import history

    def at(text: str) -> _Side:
        version = history.find_version(library, row.id, text)
        return _Side(version.number, f"version {version.number}, {version.when[:10]}", history.raw_at(library, version))

    present = _present(library, row)
    if old is not None:
        return at(old), at(new) if new is not None else present
    if present.number is None:
        last = history.versions(library, row.id)
        return (at(str(last[-1].number)), present) if last else None
    if meta:  # every version has another front matter
        return (at(str(present.number - 1)), present) if present.number > 1 else None
    two = history.last_two(library, row.id)
    return None if two is None else (at(str(two[0].number)), at(str(two[1].number)))


def _page_s_own(library: Library, row: Row, sides: tuple[_Side, _Side]) -> str | None:
    """The two versions between which the page changed, where these two are a capture and the edit that was kept in it.

    The one before is the capture before it: what stands between the two is the user's.
    """
    from store import history

    found = {version.number: version for version in history.versions(library, row.id)}
    captured, kept = (found.get(side.number or 0) for side in sides)
    if captured is None or kept is None or kept.subject != commit.KEPT:
        return None
    earlier = [number for number, each in found.items() if number < captured.number and each.action in history.CAPTURES]
    return f"{max(earlier)} {captured.number}" if earlier else None


def _present(library: Library, row: Row) -> _Side:
    """What stands on disk: the newest version, or an edit that is not committed."""
    from store import history

    data = library.raw(row.id)
    versions = history.versions(library, row.id)
    if not versions:
        raise NoVersions(row.id)
    last = versions[-1]
    if blob_name(data) == row.blob:
        return _Side(last.number, f"version {last.number}, {last.when[:10]}", data)
    return _Side(None, "not committed", data)


def _held(library: Library, row: Row) -> tuple[_Side, _Side]:
    from store.keeping import holding

    waiting = holding.held(library, row.id)
    return _present(library, row), _Side(None, "held", frontmatter.dumps(waiting.link))


def _print(output: Output, id_: str, old: _Side, new: _Side, *, meta: bool) -> None:
    text_of = _front if meta else frontmatter.body_of
    before, after = text_of(old.data), text_of(new.data)
    output.put(_DiffRecord(id_, old, new, before, after))


def _front(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return text.removesuffix(frontmatter.body_of(data))


@dataclass(frozen=True, slots=True)
class _DiffRecord:
    id: str
    old: _Side
    new: _Side
    before: str
    after: str

    def as_object(self) -> dict[str, object]:
        compared = diff.compare(self.before, self.after)
        return {
            "id": self.id,
            "from": self.old.number,
            "to": self.new.number,
            "added_chars": compared.added_chars,
            "removed_chars": compared.removed_chars,
            "changes": [{"op": change.op, "old": change.old, "new": change.new} for change in compared.changes],
        }

    def as_text(self, look: Look) -> Iterator[Styled]:
        if look.columns is None:
            for line in diff.unified(self.before, self.after, self.old.name, self.new.name):
                yield Styled(line + "\n")
            return
        yield from words(self.before, self.after, self.old.name, self.new.name, colour=look.colour)


def words(before: str, after: str, old_name: str, new_name: str, *, colour: bool) -> Iterator[Styled]:
    """The changed paragraphs with their words marked; unchanged text folded."""
    compared = diff.compare(before, after)
    yield Styled(f"{old_name} -> {new_name}", "strong")
    yield Styled(f"  +{compared.added_chars} −{compared.removed_chars}\n\n", "dim")
    for hunk in diff.hunks(compared):
        if hunk.folded:
            yield Styled(f"... {hunk.folded} {'paragraph' if hunk.folded == 1 else 'paragraphs'} unchanged\n\n", "dim")
        for row in hunk.rows:
            if row.blank and row.kind == "=":
                continue
            for op, text in row.parts:
                yield _marked(op, text, colour=colour)
            if not row.parts or not row.parts[-1][1].endswith("\n"):
                yield Styled("\n")
            yield Styled("\n")


def _marked(op: str, text: str, *, colour: bool) -> Styled:
    if op == "=":
        return Styled(text)
    if colour:
        return Styled(text, "inserted" if op == "+" else "deleted")
    body, end = (text[:-1], "\n") if text.endswith("\n") else (text, "")
    return Styled(f"{{+{body}+}}{end}" if op == "+" else f"[-{body}-]{end}")
