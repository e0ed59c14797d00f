"""What is being captured and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import keys
from tui.captures import Job
from tui.shown import line, reason_of
from tui.widgets.items import Item, Items
from tui.widgets.row_list import RowList
from tui.widgets.status import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from store.settling import Result
    from tui.app import PagelogApp

_STYLES = {  # what went wrong first
    "failed": "error", "pending": "warn", "held": "warn", "unchanged": "dim", "updated": "good", "added": "good",
}  # fmt: skip


class _Box(ModalScreen[None]):
    """A box with a list over the screen."""

    DEFAULT_CSS = """
    _Box { align: center middle; }
    _Box > #box {
        width: 100; max-width: 100%; height: 80%; padding: 0 1;
        border: round $primary; background: $surface; border-title-color: $foreground;
    }
    _Box #whole { height: auto; max-height: 5; display: none; padding: 0 1; background: $boost; }
    """

    def compose(self) -> ComposeResult:
        """A list over its keys."""
        with Vertical(id="box"):
            yield Items[object](id="items")
            yield Static("", id="nothing", markup=False)
            yield Static("", id="whole", markup=False)
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Follow the jobs."""
        self.show()
        self.query_one("#items").focus()
        cast("PagelogApp", self.app).captured.subscribe(self, lambda _: self.show())

    def show(self) -> None:
        """What is to be seen now."""
        raise NotImplementedError

    def put(self, title: str, items: list[Item[object]], nothing: str) -> None:
        """A title, the lines, and what to say when there are none."""
        self.query_one("#box").border_title = Content(title)
        self.query_one("#items", Items).show(items)
        said = self.query_one("#nothing", Static)
        said.update(Content("" if items else nothing))
        said.display = not items

    def action_move(self, by: int) -> None:
        """One down."""
        self.query_one("#items", Items).action_move(by)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)


class JobsScreen(_Box):
    """Every job of this run, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("jobs")]

    @property
    def _captures(self) -> list[Job]:
        return cast("PagelogApp", self.app).captures.jobs

    def show(self) -> None:
        """A line for each."""
        jobs = list(reversed(self._captures))
        self.put("Jobs", [_job_line(job) for job in jobs], "Nothing has been captured yet. a adds links, r refreshes.")
        self.query_one("#keys", KeyLine).show(keys.footer("jobs"))

    @property
    def _current(self) -> Job | None:
        found = self.query_one("#items", Items).current
        return found if isinstance(found, Job) else None

    def on_row_list_chosen(self) -> None:
        """Clicked twice."""
        self.action_details()

    def action_details(self) -> None:
        """What became of each page."""
        if self._current is not None:
            self.app.push_screen(JobScreen(self._current))

    def action_cancel(self) -> None:
        """End the job."""
        job = self._current
        if job is not None and job.active:
            cast("PagelogApp", self.app).cancel(job)
            self.show()

    def action_retry(self) -> None:
        """Capture again what failed."""
        job = self._current
        if job is not None and not job.active and (job.failed or job.left):
            cast("PagelogApp", self.app).refresh_links((*job.failed, *job.left))
            self.show()


class JobScreen(_Box):
    """What became of each page of a job; the line in focus also in full."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("job")]

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def show(self) -> None:
        """A line for each page, what went wrong first."""
        items = [*_result_lines(self._job.results)]
        left = len(self._job.left)
        if left:
            items.append(Item(f"{left:,} not yet" if self._job.active else f"{left:,} not captured", style="dim"))
        if self._job.trouble:
            items.insert(0, Item(self._job.trouble, style="error", value=self._job))
        self.put(job_title(self._job), items, "Nothing yet.")
        self.query_one("#keys", KeyLine).show(keys.footer("job"))
        self._show_whole()

    @on(RowList.Moved, "#items")
    def _show_whole(self) -> None:
        items = self.query_one("#items", Items)
        whole = self.query_one("#whole", Static)
        whole.display = items.current is not None
        whole.update(Content(items.items[items.at].text if items.items else ""))


def job_title(job: Job) -> str:
    """What a job does, in a few words."""
    verb = "Add" if job.kind == "add" else "Refresh"
    if job.total == 1 and job.results:
        return f"{verb} {line(job.results[0].title or job.results[0].input, 60)}"
    return f"{verb} {job.total:,} {'link' if job.total == 1 else 'links'}"


def outcome(job: Job) -> str:
    """What became of its pages so far, counted."""
    counts: Counter[str] = Counter(result.result for result in job.results)
    return ", ".join(f"{counts[word]:,} {word}" for word in reversed(_STYLES) if counts[word])


def _job_line(job: Job) -> Item[object]:
    progress = f"{job.done:,}/{job.total:,} {job.state}"
    style = {"failed": "error", "cancelled": "dim", "running": "accent"}.get(job.state, "")
    return Item(f"{job_title(job)}   {job.trouble or outcome(job)}", job, progress, style)


def _result_lines(results: list[Result]) -> Iterator[Item[object]]:
    order = list(_STYLES)
    for result in sorted(results, key=lambda result: order.index(result.result)):
        why = f" - {reason_of(result.error)}" if result.error is not None else ""
        text = f"{result.result:<9} {line(result.title or result.input)}{why}"
        yield Item(text, result, style=_STYLES[result.result])
