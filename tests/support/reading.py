"""A reader on a screen of its own, and what comes of keys in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.style import Style
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from screens import run, settle, style_of, text_of
from tui.widgets.reader import Reader, prepare

DOC = """# 市图书馆夜间开放通知

> 自六月一日起施行，`旧办法`同时*废止*，~~另有通知者~~**除外**。

请[在线预约](https://lib.example.org/book)，或见 https://lib.example.org/faq 。

![阅览室](img/room.jpg)

## 开放时间

| 馆名 | 备注 | 电话 |
| --- | --- | ---: |
| 市图书馆 | 节假日照常开放，[平面图](map/1.png) | 021-5555 |
| 江北分馆 | 八十 | 021-6666 |

### Code

```python
def seats(branch):  # 座位
    return "一个相当长的字符串，长到一行放不下，所以要折到下一行，颜色仍然是对的" + branch
```

- first
  1. inner
"""
LONG = "\n\n".join(
    f"## Part {n}\n\nParagraph {n} 段落" + "文字" * 60 + f" [link {n}](https://x.org/{n})" for n in range(40)
)
WORDS = "\n\n".join(f"line {n}" for n in range(60))


class Host(App[None]):
    """Nothing but a reader, and a note of what it says."""

    BINDINGS: ClassVar = [("x", "outside"), ("1", "outside")]

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Any] = []
        self.outside = 0

    def compose(self) -> ComposeResult:
        yield Reader(id="reader")

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    def action_outside(self) -> None:
        self.outside += 1

    @on(Reader.LinkChosen, "#reader")
    def _link(self, event: Reader.LinkChosen) -> None:
        self.said.append(event.url)

    @on(Reader.Neighbour, "#reader")
    def _neighbour(self, event: Reader.Neighbour) -> None:
        self.said.append(event.step)

    @on(Reader.Hits, "#reader")
    def _hits(self, event: Reader.Hits) -> None:
        self.said.append((event.at, event.count))

    @on(Reader.Nothing, "#reader")
    def _nothing(self, event: Reader.Nothing) -> None:
        self.said.append(f"no {event.what}")

    @on(Reader.Find, "#reader")
    @on(Reader.Contents, "#reader")
    def _asked(self, event: Reader.Find | Reader.Contents) -> None:
        self.said.append(type(event).__name__)


@dataclass(frozen=True)
class Reading:
    """What came of some keys: the lines on the screen, what was posted, the styles in which some texts begin."""

    lines: list[str]
    said: list[Any]
    looks: list[Style]
    outside: int


def reading(source: str, size: tuple[int, int], *keys: str, find: str = "", looks: Sequence[str] = ()) -> Reading:
    """A text on a screen of this size, after a find and these keys."""
    host = Host()

    async def steps(pilot: Pilot[None]) -> Reading:
        await opened(pilot, source)
        if find:
            host.reader.find(find)
        await pilot.press(*keys)
        await settle(pilot)
        return Reading(text_of(host, host.reader), host.said, [style_of(host, text) for text in looks], host.outside)

    return run(host, size, steps)


async def opened(pilot: Pilot[None], source: str) -> Reader:
    """The reader with this text, at its beginning."""
    reader = pilot.app.query_one(Reader)
    reader.focus()
    reader.show(prepare(source, reader.columns))
    await settle(pilot)
    return reader


def answers(source: str, size: tuple[int, int], *questions: Sequence[str], find: str = "") -> list[list[Any]]:
    """What is posted by each of these rows of keys, one after another."""
    host = Host()

    async def steps(pilot: Pilot[None]) -> list[list[Any]]:
        await opened(pilot, source)
        if find:
            host.reader.find(find)
        found = []
        for keys in questions:
            host.said.clear()
            await pilot.press(*keys)
            await settle(pilot)
            found.append(list(host.said))
        return found

    return run(host, size, steps)


def shown(source: str, size: tuple[int, int], *keys: str, find: str = "") -> list[str]:
    return reading(source, size, *keys, find=find).lines


def said(source: str, size: tuple[int, int], *keys: str, find: str = "") -> list[Any]:
    return reading(source, size, *keys, find=find).said


def looks(source: str, size: tuple[int, int], *texts: str, keys: Sequence[str] = (), find: str = "") -> list[Style]:
    return reading(source, size, *keys, find=find, looks=texts).looks
