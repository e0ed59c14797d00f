"""What pages say against themselves, and that good ones say nothing."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from pages import PROSE, article
from store.capture.convert import convert
from store.capture.converted import Converted, Sign, Strength, Wall, received
from store.capture.shape import language_of_text, share_kept, weight
from store.capture.wallwords import phrases_in, walls_of_title
from store.errors import PagelogError
from walls import STUBS, WALLS, WallPage, page, shortenings

URL = "https://example.org/log"


def converted(html: str, url: str = URL) -> Converted:
    return convert(html.encode(), url, "text/html", "utf-8")


def strongest(found: Converted) -> Strength | None:
    return max((sign.strength for sign in found.signs), default=None)


@pytest.mark.parametrize(
    "wall", [wall for wall in WALLS + STUBS if wall.doubt != "Paywall"], ids=lambda wall: wall.name
)
def test_a_wall_is_plainly_no_page_by_its_own_looks(wall: WallPage) -> None:
    assert strongest(converted(wall.html)) is Strength.CLEAR


@pytest.mark.parametrize("wall", [wall for wall in STUBS if wall.doubt == "Paywall"], ids=lambda wall: wall.name)
def test_a_page_that_breaks_off_at_an_offer_is_doubtful(wall: WallPage) -> None:
    assert Wall.PAYWALL in {sign.wall for sign in converted(wall.html).signs if sign.strength >= Strength.DOUBTFUL}


def test_an_ordinary_page_has_no_sign() -> None:
    assert converted(article()).signs == ()


@pytest.mark.parametrize(("name", "before", "after"), shortenings(), ids=lambda words: words[:12])
def test_a_short_page_in_the_frame_of_its_site_has_no_sign(name: str, before: str, after: str) -> None:
    assert (converted(before).signs, converted(after).signs) == ((), ())


def test_a_page_about_walls_is_a_page() -> None:
    about = "".join(
        f"<p>{sentence} A site that says “page not found”, “please log in” or “verify you are human” is no page.</p>"
        for sentence in PROSE * 4
    )
    found = converted(page("How to fix 404 Not Found and captcha errors", f"<article><h1>Walls</h1>{about}</article>"))

    assert strongest(found) is Strength.HINT


TALK = "".join(
    f"<p>Our offer number {number} has something for your whole family, at any time.</p>" for number in range(60)
)
TEASERS = "".join(
    f"<h3><a href='/s{n}'>The story of boat number {n}</a></h3><p>{PROSE[n % 5]} {n}</p>" for n in range(9)
)


@pytest.mark.parametrize(
    ("inner", "wall"),
    [
        (f"<h1>We value your privacy</h1><p>We and our 842 partners store data.</p>{TALK}", Wall.COOKIES),
        (f"<h1>Sorry</h1><p>This article has been removed or is no longer available.</p>{TALK}", Wall.GONE),
        (f"<h1>Something went wrong</h1><p>We are experiencing technical difficulties.</p>{TALK}", Wall.TROUBLE),
        (f"<h1>Tidewater</h1><p>Please verify you are a human.</p>{TALK}", Wall.ROBOT),
        (f"<h1>tidewater.example</h1><p>This website is for sale!</p>{TALK}", Wall.PARKED),
        (f"<h1>Welcome</h1><p>Create a free account to keep reading.</p>{TALK}", Wall.LOGIN),
        (f"<h1>Tidewater</h1>{TEASERS}", Wall.HOME),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_wall_of_any_length_hints_at_what_it_is(inner: str, wall: Wall) -> None:
    found = converted(page("Tidewater", f"<article>{inner}</article>"))

    assert wall in {sign.wall for sign in found.signs}


def test_a_long_article_hints_at_nothing() -> None:
    assert converted(article(inner=TALK)).signs == ()


def test_forms_and_scripts_of_a_good_page_are_no_sign() -> None:
    head = "<script src='https://www.google.com/recaptcha/api.js'></script><script>var g='g-recaptcha'</script>"
    html = article(head=head).replace("<aside", "<form><input type='password'></form><aside")

    assert converted(html).signs == ()


def test_a_page_that_sends_the_browser_on_to_a_login_says_so() -> None:
    html = "<title>Tidewater</title><meta http-equiv=refresh content='0; url=/login?next=/log'>" + "".join(PROSE)

    assert Sign(Wall.LOGIN, Strength.CLEAR, "address") in converted(html).signs


@pytest.mark.parametrize(
    ("title", "wall"),
    [
        ("404 - Not Found | Site", Wall.GONE),
        ("Page not found · GitHub", Wall.GONE),
        ("页面不存在_潮汐网", Wall.GONE),
        ("PÁGINA NO ENCONTRADA", Wall.GONE),
        ("Just a moment...", Wall.ROBOT),
        ("请稍候…", Wall.ROBOT),
        ("百度安全验证", Wall.ROBOT),
        ("Log in to Facebook", Wall.LOGIN),
        ("登录 - 知乎", Wall.LOGIN),
        ("Before you continue to YouTube", Wall.COOKIES),
    ],
)
def test_a_title_says_it_as_a_whole_or_in_one_of_its_parts(title: str, wall: Wall) -> None:
    assert wall in walls_of_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "How to fix a 404 Not Found",
        "登录界面的设计与实现",
        "The captcha and its enemies",
        "My home is for sale",
        "",
        "|",
    ],
)
def test_a_word_in_a_longer_title_says_nothing(title: str) -> None:
    assert walls_of_title(title) == frozenset()


def test_phrases_are_counted_by_wall_whatever_case_and_accents() -> None:
    said = phrases_in("VEUILLEZ VOUS CONNECTER. Mot de passe oublie ? 访问过于频繁")

    assert said == {Wall.LOGIN: 2, Wall.ROBOT: 1}


def test_a_wall_without_an_article_is_kept_as_it_is_so_that_it_can_be_looked_at() -> None:
    found = converted("<title>访问验证</title><body><nav><a href='/v'>访问验证</a></nav>")

    assert (found.markdown, strongest(found)) == ("[访问验证](https://example.org/v)\n", Strength.CLEAR)


def test_signs_travel_as_json_and_come_back_the_same() -> None:
    found = Converted("x\n", "T", signs=(Sign(Wall.LOGIN, Strength.CLEAR, "title"),))

    again = received(json.loads(json.dumps(asdict(found))))

    assert again == found
    assert type(again.signs[0].strength) is Strength


def test_the_share_that_is_kept_is_of_the_old_text() -> None:
    old = "\n".join(PROSE)

    assert share_kept(old, old + "\nMore.") == 1.0
    assert share_kept(old, PROSE[0]) == pytest.approx(0.2, abs=0.05)
    assert share_kept(old, "Nothing of it at all.") == share_kept("", old) == 0.0


def test_links_weigh_what_they_say_and_han_weighs_twice() -> None:
    assert (weight("two words"), weight("潮汐")) == (8, 4)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (" ".join(PROSE), "en"),
        ("渡轮早上六点离开码头，那时外岛上的雾已经散去，船上的人都站在甲板上看日出。", "zh"),
        ("フェリーは朝六時に岸壁を離れ、そのころには島々の霧はもう晴れています。", "ja"),
        ("Die Fähre verlässt den Kai um sechs Uhr, und der Nebel hat sich dann schon gehoben, wie es ist.", "de"),
        ("Paris, Berlin, Madrid", None),
    ],
)
def test_a_language_is_told_by_script_or_by_small_words(text: str, language: str | None) -> None:
    assert language_of_text(text) == language


def test_the_judge_reads_no_page_and_loads_no_parser() -> None:
    code = (
        "import sys, store.capture.judge; print(sorted({'lxml', 'trafilatura', 'httpx', 'numpy'} & set(sys.modules)))"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())

    assert said.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.shared
def test_real_pages_are_seldom_doubted(shared: Path) -> None:
    """Of 1,891 pages with content; one of them is a robot check that somebody took for a page."""
    rows = [json.loads(line) for line in (shared / "corpus" / "index.jsonl").read_text("utf-8").split("\n") if line]
    counts: Counter[Strength | None] = Counter()
    for row in rows:
        try:
            found = convert(
                gzip.decompress((shared / "corpus" / row["file"]).read_bytes()), row["url"], "text/html", None
            )
        except PagelogError:
            continue
        counts[strongest(found)] += 1

    assert sum(counts.values()) > 1_850
    assert counts[Strength.CLEAR] <= 3
    assert counts[Strength.DOUBTFUL] <= 15
