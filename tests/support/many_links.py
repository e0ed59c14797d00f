"""A real library of very many links, for benches and trials by hand: `python many_links.py FOLDER [COUNT]`.

The same every time, down to the commit HEAD is. What stands in it: Chinese and English titles on two thousand hosts,
three hundred nested tags, every status, pending and trashed links and notes; short bodies, but every 2,500th link has
55 KB of Chinese Markdown in several versions. Catalogue and file times are filled, so it opens as one used for years.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from store import address, commit, diff, frontmatter, layout
from store.commit import Commit
from store.errors import HostNotFound, pack
from store.library import Library
from store.link import STATUSES, Capture, Link, body_sha256, timestamp
from store.repo import stream
from store.repo.places import MAIN, head_commit
from store.repo.run import EMAIL, NAME

COUNT = 100_000
LONG = 55_000  # bytes of a long body
LONG_EVERY = 2_500
A_COMMIT = 1_000  # links
AT_ONCE = 10  # commits in one stream
FIRST_DAY = datetime(2019, 1, 1, 8, tzinfo=UTC)
LAST_DAY = datetime(2026, 11, 1, 8, tzinfo=UTC)
ENGLISH = (
    "tides salt marsh energy storage grid policy open data compiler release notes history of the library version "
    "control archive reading city water river climate report annual budget transport housing school garden memory "
    "kernel network protocol search index typography font paper museum letter map coast harbour field guide winter"
).split()
CHINESE = (
    "湿地 长三角 政策 通知 发展 公共 图书馆 开放 数据 管理 办法 关于 印发 城市 规划 生态 环境 保护 年度 "
    "报告 预算 交通 住房 教育 历史 档案 版本 记录 研究 能源 储能 电网 气候 水务 河流 海岸 港口 博物馆 "
    "阅览室 读者 服务 标准 解读 实施 方案 意见 试行 经济 技术"
).split()
ROOTS = (
    "policy energy 读书 code city nature 历史 science art travel 工作 home media law health maps food music 技术 later"
).split()
BRANCHES = "长三角 storage 2024 reports 资料 people ideas Élan tools 案例 archive drafts reference 笔记".split()
NOTES = (
    "read this before the meeting",
    "写报告时引用第三节",
    "compare with last year\n\nask Li about the numbers",
    "don’t forget the appendix",
)


@dataclass(slots=True)
class Places:
    """Where links come from, and what they are filed under."""

    hosts: list[str]
    tags: list[str]


def links(count: int, seed: int = 20) -> Iterator[Link]:
    """`count` links, oldest first, each with its own URL."""
    chance = random.Random(seed)
    places = Places(_hosts(chance), _tags())
    for number in range(count):
        yield _link(chance, places, number, FIRST_DAY + (LAST_DAY - FIRST_DAY) / count * number)


def make(top: Path, count: int = COUNT) -> None:
    """The library at `top`, a missing or empty folder: git writes the commits, then the files."""
    with Library.open(top, make=True, originals=None) as library:
        head = head_commit(library.places) or ""
        waiting = _commits(count)
        while batch := list(islice(waiting, AT_ONCE)):
            when = int(batch[-1][0].timestamp())
            head = stream.write_commits(library.git, head, [made for _, made in batch], (NAME, EMAIL), when)[-1]
        library.git.run("update-ref", MAIN, head)
        library.git.run("read-tree", "--reset", "-u", head, index=library.places.index)
        library.catch_up()
        library.catalogue.remember_stats(list(_stats(library)))
        _note_facts(library)


def _hosts(chance: random.Random) -> list[str]:
    """Two thousand, the first ones far more often than the last."""
    names = [f"{chance.choice(ENGLISH)}-{number}.example.org" for number in range(1_980)]
    return ["www.gov.cn", "news.gov.cn", "example.com", "读书.example", "docs.example.net"] * 4 + names


def _tags() -> list[str]:
    nested = [f"{root}/{branch}" for root in ROOTS for branch in BRANCHES]
    return [*nested, *ROOTS[::2], "Policy", "policy/reports/2023", "policy/reports/2024", "code/tools/editors"]


def _link(chance: random.Random, places: Places, number: int, added: datetime) -> Link:
    title = _title(chance)
    url = _url(chance, places, number, title, added)
    plain = Link(
        id=layout.link_id(url),
        url=url,
        title=title,
        added=timestamp(added),
        tags=tuple(dict.fromkeys(_tag(chance, places) for _ in range(chance.choice((0, 0, 1, 1, 2, 3))))),
        status=chance.choices(STATUSES, (6, 3, 1))[0],
        starred=chance.random() < 0.05,
        trashed=timestamp(added + timedelta(days=9)) if chance.random() < 0.01 else None,
        note=chance.choice(NOTES) if chance.random() < 0.1 else None,
    )
    if number % LONG_EVERY == LONG_EVERY // 2:
        return captured(plain, long_body(chance, title), added)
    if chance.random() < 0.02:
        return plain.with_(title=url, status="unread")
    return captured(plain, f"# {title}\n\n{_sentence(chance)}\n", added + timedelta(seconds=chance.randrange(10**7)))


def captured(link: Link, body: str, when: datetime) -> Link:
    """The link with this body, as a capture leaves it."""
    capture = Capture(200, "text/html", "utf-8", "pagelog 1", body_sha256(body))
    return link.with_(body=body, captured=timestamp(min(when, LAST_DAY)), page_title=link.title, capture=capture)


def _title(chance: random.Random) -> str:
    chinese, english = _chinese(chance, 3, 8), " ".join(chance.choices(ENGLISH, k=chance.randint(3, 8))).capitalize()
    return chance.choice((chinese, chinese, english, english, f"{' '.join(english.split()[:4])}：{chinese}"))


def _url(chance: random.Random, places: Places, number: int, title: str, added: datetime) -> str:
    """As sites have them: a slug, a number with its day, now and then the title itself, escaped."""
    host = places.hosts[min(int(chance.expovariate(1) * 200), len(places.hosts) - 1)]
    slug = "-".join(title.lower().split()[:6])
    if not slug.isascii() and number % 12:
        slug = f"content_{number}" if number % 2 else f"{added:%Y%m}/t{added:%Y%m%d}_{number}"
    return address.normalise(f"https://{host}/{chance.choice(ENGLISH)}/{slug}-{number}.html")


def _tag(chance: random.Random, places: Places) -> str:
    return places.tags[min(int(chance.expovariate(1) * 60), len(places.tags) - 1)]


def _chinese(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choices(CHINESE, k=chance.randint(least, most)))


def _sentence(chance: random.Random) -> str:
    clauses = [_chinese(chance, 3, 9) for _ in range(chance.randint(2, 5))]
    return "，".join(clauses) + chance.choice("。。！？")


# --- long bodies ------------------------------------------------------------------------------------------------------


def long_body(chance: random.Random, title: str) -> str:
    """About 55 KB of Chinese Markdown with headings, lists, tables, links, quotes and code."""
    parts, size, section = [f"# {title}"], 0, 0
    while size < LONG:
        section += 1
        made = _section(chance, section)
        parts += made
        size += sum(len(part.encode()) + 2 for part in made)
    return "\n\n".join(parts) + "\n"


def revised(chance: random.Random, body: str) -> str:
    """The body as its page reads some months later: a few paragraphs changed, one gone, one new."""
    parts = body.rstrip("\n").split("\n\n")
    for at in chance.sample(range(2, len(parts) - 2), 6):
        if parts[at][0] not in "#|-1>`":
            parts[at] = parts[at].replace("，", f"，{_chinese(chance, 2, 4)}，", 1)
    del parts[chance.randrange(2, len(parts) - 2)]
    parts.insert(chance.randrange(2, len(parts) - 2), _paragraph(chance))
    return "\n\n".join(parts) + "\n"


def _section(chance: random.Random, number: int) -> list[str]:
    kinds = [_paragraph, _paragraph, _list, _paragraph, _table, _quote, _numbered, _code]
    parts = [f"{'##' if number % 3 == 1 else '###'} {number} {_chinese(chance, 2, 4)}"]
    return parts + [chance.choice(kinds)(chance) for _ in range(5)]


def _paragraph(chance: random.Random) -> str:
    sentences = [_sentence(chance) for _ in range(chance.randint(2, 6))]
    host = chance.choice(ENGLISH)
    sentences.insert(
        1, f"参见[{_chinese(chance, 2, 4)}](https://{host}.example.org/{host})与 **{host}** 的`{host}()`。"
    )
    return "".join(sentences)


def _list(chance: random.Random) -> str:
    return "\n".join(f"- {_sentence(chance)}\n  - {_chinese(chance, 2, 6)}" for _ in range(chance.randint(3, 6)))


def _numbered(chance: random.Random) -> str:
    return "\n".join(f"{number}. {_sentence(chance)}" for number in range(1, chance.randint(4, 7)))


def _table(chance: random.Random) -> str:
    rows = [f"| {_chinese(chance, 1, 3)} | {chance.randrange(9000)} | {_chinese(chance, 2, 6)} |" for _ in range(6)]
    return "\n".join(["| 项目 | 数量 | 说明 |", "| --- | ---: | --- |", *rows])


def _quote(chance: random.Random) -> str:
    return f"> {_sentence(chance)}\n>\n> {_sentence(chance)}"


def _code(chance: random.Random) -> str:
    return "```python\n" + "\n".join(f"{word} = open('{word}')" for word in chance.choices(ENGLISH, k=5)) + "\n```"


# --- commits ----------------------------------------------------------------------------------------------------------


def _commits(count: int) -> Iterator[tuple[datetime, Commit]]:
    """Every link once, in commits of a thousand; then what the long ones became, in commits of their own."""
    waiting, long = links(count), []
    while batch := list(islice(waiting, A_COMMIT)):
        long += [link for link in batch if len(link.body) > LONG // 6]
        yield datetime.fromisoformat(batch[-1].added), _commit("import", f"import: {len(batch)} links", batch)
    chance = random.Random(7)
    for link in long:
        for month in range(chance.randint(1, 5)):
            old, when = link, LAST_DAY + timedelta(days=month)
            link = captured(old, revised(chance, old.body), when).with_(captured=timestamp(when))
            change = diff.compare(old.body, link.body)
            subject = commit.updated(link.title, change.added_chars, change.removed_chars)
            yield when, _commit("update", subject, [link])


def _commit(action: commit.Action, subject: str, changed: Sequence[Link]) -> Commit:
    files: dict[str, bytes | None] = {layout.page_path(link.url, link.id): frontmatter.dumps(link) for link in changed}
    return Commit(subject, action, tuple(link.id for link in changed), files)


def _stats(library: Library) -> Iterator[tuple[str, str, int, int]]:
    for row in library.catalogue.select():
        found = os.stat(library.places.file(row.path))
        yield row.path, row.blob, found.st_size, found.st_mtime_ns


def _note_facts(library: Library) -> None:
    """Some broken, some changed."""
    with library.state.batch():
        for number, row in enumerate(islice(library.catalogue.select(), 3_000)):
            if number % 30 == 0:
                library.state.fail(row.id, pack(HostNotFound(row.url, row.host)), broken=True)
            elif number % 30 == 1:
                library.state.set_changed(row.id, True)


def main(arguments: list[str]) -> None:
    top, count = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else COUNT
    if top.exists() and any(top.iterdir()):
        sys.exit(f"{top} is not empty")
    begin = time.perf_counter()
    make(top, count)
    print(f"{count} links in {time.perf_counter() - begin:.0f} s: {top}")


if __name__ == "__main__":
    main(sys.argv[1:])
