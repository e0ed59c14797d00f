"""What is being done in the background, captures and other work that takes long, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType

from tui import keys
from tui.captures import Job
from tui.screens.boxes import Box
from tui.shown import line, reason_of
from tui.tasks import Task
from tui.widgets.items import Item, Items
from tui.widgets.status import KeyLine

if TYPE_CHECKING:
    from store.results import Result
    from tui.app import PagelogApp

_STYLES = {  # what went wrong first
    "failed": "error", "pending": "warn", "held": "warn", "unchanged": "dim", "updated": "good", "added": "good",
}  # fmt: skip


class _Followed(Box[None]):
    """A box about jobs, which go on meanwhile."""

    def on_mount(self) -> None:
        """Follow them."""
        super().on_mount()
        app = cast("PagelogApp", self.app)
        app.captured.subscribe(self, lambda _: self.show())
        app.worked.subscribe(self, lambda _: self.show())


class JobsScreen(_Followed):
    """Every job of this run, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("jobs")]

    def show(self) -> None:
        """A line for each."""
        app = cast("PagelogApp", self.app)
        jobs: list[Job | Task] = sorted([*app.captures.jobs, *app.tasks.all], key=lambda job: job.began, reverse=True)
        lines = [_job_line(job) if isinstance(job, Job) else _task_line(job) for job in jobs]
        self.put("Jobs", lines, "Nothing so far. a adds links, r refreshes them, S syncs.")
        self.query_one("#keys", KeyLine).show(keys.footer("jobs"))

    @property
    def _current(self) -> Job | Task | None:
        found = self.query_one("#items", Items).current
        return found if isinstance(found, (Job, Task)) else None

    def on_row_list_chosen(self) -> None:
        """Clicked twice."""
        self.action_details()

    def action_details(self) -> None:
        """What became of each page."""
        job = self._current
        if job is not None:
            self.app.push_screen(JobScreen(job) if isinstance(job, Job) else TaskScreen(job))

    def action_cancel(self) -> None:
        """End the job."""
        job = self._current
        if job is None or not job.active:
            return
        app = cast("PagelogApp", self.app)
        if isinstance(job, Job):
            app.cancel(job)
        else:
            app.tasks.cancel(job)
        self.show()

    def action_retry(self) -> None:
        """Capture again what failed."""
        job = self._current
        if isinstance(job, Job) and not job.active and (job.failed or job.left):
            cast("PagelogApp", self.app).refresh_links((*job.failed, *job.left))
            self.show()


class JobScreen(_Followed):
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
        self.show_whole()


class TaskScreen(_Followed):
    """What a task did, line by line."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("job")]

    def __init__(self, task: Task) -> None:
        super().__init__()
        self._followed = task

    def show(self) -> None:
        """What became of it, and what there is to tell."""
        said = self._followed.said or self._followed.far
        lines = [*([said] if said else []), *self._followed.told]
        self.put(self._followed.what, [Item(text, text) for text in lines], "Nothing yet.")
        self.query_one("#keys", KeyLine).show(keys.footer("job"))
        self.show_whole()


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


def _task_line(task: Task) -> Item[object]:
    state = "giving up" if task.active and task.cancelled.is_set() else task.state
    style = {"failed": "error", "cancelled": "dim", "running": "accent"}.get(task.state, "")
    return Item(f"{task.what}   {task.far or task.said}", task, state, style)


def _result_lines(results: list[Result]) -> Iterator[Item[object]]:
    order = list(_STYLES)
    for result in sorted(results, key=lambda result: order.index(result.result)):
        why = f" - {reason_of(result.error)}" if result.error is not None else ""
        text = f"{result.result:<9} {line(result.title or result.input)}{why}"
        yield Item(text, result, style=_STYLES[result.result])
