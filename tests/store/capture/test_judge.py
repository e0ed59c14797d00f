"""The table of captures: each row a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store.capture.converted import Converted, Sign, Strength, Wall
from store.capture.judge import BELIEVED_AFTER, Judgement, Known, Verdict, judge
from store.errors import (
    BothChanged,
    CookieWall,
    FrontPage,
    Garbled,
    LoginWall,
    MuchShorter,
    OtherLanguage,
    OtherText,
    Paywall,
    RobotCheck,
)
from store.link import Capture, Link, body_sha256, timestamp

URL = "https://example.org/log"
NOW = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
OLD = "The ferry leaves the quay at six. Salt and coffee were what no household could do without.\n" * 2
OLD += "A schoolteacher measured the tides every afternoon, and his notebooks are kept in a cellar.\n"
NEW = "The council of the harbour has decided that the pier is to be repaired in the summer of this year.\n"
NEW += "The stone will come over by barge, as it did when the pier was built, and the work takes three months.\n"
SHORT = "The pier is closed.\n"
GERMAN = "Die Fähre verlässt den Kai um sechs Uhr, und der Nebel hat sich dann schon über den Inseln gehoben.\n"
GERMAN += "Salz und Kaffee waren die Dinge, ohne die kein Haushalt in den Monaten des Eises auskam.\n"


def link_with(body: str, **fields: object) -> Link:
    capture = Capture(sha256=body_sha256(body)) if body else None
    captured = "2026-11-20T00:00:00Z" if body else None
    link = Link(id="0" * 12, url=URL, title="T", added="x", captured=captured, body=body, capture=capture)
    return link.with_(**fields)


LINK = link_with(OLD)
KNOWN = Known(LINK, LINK)


def seen(body: str, title: str | None = "T", **fields: object) -> Converted:
    return replace(Converted(body, title), **fields)  # type: ignore[arg-type]


def judged(known: Known, page: Converted, final_url: str = URL, now: datetime = NOW) -> Judgement:
    return judge(known, page, final_url, now)


def verdict(known: Known, body: str, title: str | None = "T") -> Verdict:
    return judged(known, seen(body, title)).verdict


def signs(wall: Wall, strength: Strength, name: str = "text") -> tuple[Sign, ...]:
    return (Sign(wall, strength, name),)


CLEAR = signs(Wall.LOGIN, Strength.CLEAR)
DOUBTFUL = signs(Wall.ROBOT, Strength.DOUBTFUL)


# --- first captures -----------------------------------------------------------------------------------------------


def test_the_first_capture_is_taken() -> None:
    assert judged(Known(link_with("")), seen(NEW)) == Judgement(Verdict.FIRST)


def test_a_first_capture_that_is_plainly_no_page_is_none() -> None:
    judgement = judged(Known(link_with("")), seen(SHORT, signs=CLEAR))

    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.NO_PAGE, LoginWall)


def test_a_first_capture_that_is_doubtful_is_taken_with_a_warning() -> None:
    judgement = judged(Known(link_with("")), seen(SHORT, signs=DOUBTFUL))

    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.FIRST, RobotCheck)


def test_a_hint_is_nothing_to_a_first_capture() -> None:
    page = seen(NEW, signs=signs(Wall.PAYWALL, Strength.HINT))

    assert judged(Known(link_with("")), page) == Judgement(Verdict.FIRST)


@pytest.mark.parametrize("page", [seen(SHORT, signs=CLEAR), seen(SHORT, signs=DOUBTFUL)])
def test_what_the_user_vouches_for_is_the_page(page: Converted) -> None:
    assert judged(Known(link_with(""), vouched=True), page) == Judgement(Verdict.FIRST)
    assert judged(replace(KNOWN, vouched=True), page) == Judgement(Verdict.NEW_BODY)


def test_a_first_capture_sent_to_a_login_is_none_and_one_sent_home_is_doubtful() -> None:
    pending = Known(link_with(""))

    assert judged(pending, seen(NEW), "https://example.org/login?next=/log").verdict is Verdict.NO_PAGE
    home = judged(pending, seen(NEW), "https://example.org/")
    assert (home.verdict, type(home.doubt)) == (Verdict.FIRST, FrontPage)


# --- the same, and good new bodies --------------------------------------------------------------------------------


def test_the_same_body_is_unchanged_and_a_new_title_alone_a_version() -> None:
    assert verdict(KNOWN, OLD) is Verdict.SAME
    assert verdict(KNOWN, OLD, "U") is Verdict.NEW_TITLE
    assert verdict(KNOWN, OLD, None) is Verdict.SAME
    mine = Known(LINK.with_(title="Mine"), LINK, title_edited=True)
    assert verdict(mine, OLD, "U") is Verdict.SAME


def test_the_same_body_is_the_page_whatever_its_signs() -> None:
    assert judged(KNOWN, seen(OLD, signs=CLEAR)).verdict is Verdict.SAME


def test_a_good_new_body_replaces_also_a_restored_one() -> None:
    restored = Known(link_with("older\n"), LINK)

    assert verdict(KNOWN, NEW) is Verdict.NEW_BODY
    assert verdict(restored, NEW) is Verdict.NEW_BODY
    assert verdict(restored, OLD) is Verdict.SAME


def test_an_edited_body_is_never_overwritten() -> None:
    edited = Known(LINK.with_(body="mine\n"), LINK)

    assert verdict(edited, OLD) is Verdict.SAME
    judgement = judged(edited, seen(NEW))
    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.HELD, BothChanged)


def test_a_wall_over_an_edited_body_is_held_as_the_wall() -> None:
    judgement = judged(Known(LINK.with_(body="mine\n"), LINK), seen(SHORT, signs=CLEAR))

    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.HELD, LoginWall)


def test_a_dropped_body_is_never_new_again_unless_it_is_vouched_for() -> None:
    dropped = replace(KNOWN, dropped=frozenset({body_sha256(SHORT)}))

    assert verdict(dropped, SHORT) is Verdict.SAME
    assert verdict(replace(dropped, held=link_with(SHORT)), SHORT) is Verdict.SAME
    assert verdict(replace(dropped, vouched=True), SHORT) is Verdict.NEW_BODY


def test_a_newer_extractor_is_not_a_newer_page() -> None:
    assert verdict(replace(KNOWN, old_page_anew=NEW), NEW) is Verdict.SAME


# --- suspicious ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wall", list(Wall))
@pytest.mark.parametrize("strength", [Strength.CLEAR, Strength.DOUBTFUL])
def test_every_wall_is_held_and_time_never_lets_it_in(wall: Wall, strength: Strength) -> None:
    page = seen(SHORT, signs=signs(wall, strength))
    first = judged(KNOWN, page)
    waits = replace(KNOWN, held=link_with(SHORT, captured=timestamp(NOW)))

    years_later = judged(waits, page, now=NOW + timedelta(days=1000))

    assert (first.verdict, years_later.verdict) == (Verdict.HELD, Verdict.HELD)
    assert (first.waits, years_later.waits) == (False, True)


@pytest.mark.parametrize(("body", "doubt"), [(SHORT, MuchShorter), (GERMAN, OtherLanguage)])
def test_a_doubt_of_shape_ends_a_day_later_with_an_equal_body(body: str, doubt: type) -> None:
    waits = replace(KNOWN, held=link_with(body, captured=timestamp(NOW)))
    first = judged(KNOWN, seen(body))
    earlier = judged(waits, seen(body), now=NOW + BELIEVED_AFTER - timedelta(seconds=1))
    a_day_later = judged(waits, seen(body), now=NOW + BELIEVED_AFTER)

    assert (first.verdict, type(first.doubt)) == (Verdict.HELD, doubt)
    assert (earlier.verdict, earlier.waits) == (Verdict.HELD, True)
    assert a_day_later.verdict is Verdict.NEW_BODY


def test_another_short_body_a_day_later_waits_anew() -> None:
    waits = replace(KNOWN, held=link_with("The pier is open.\n", captured=timestamp(NOW)))

    judgement = judged(waits, seen(SHORT), now=NOW + 3 * BELIEVED_AFTER)

    assert (judgement.verdict, judgement.waits) == (Verdict.HELD, False)


@pytest.mark.parametrize("captured", [None, "yesterday", "2026-11-27T04:00:00"])
def test_a_held_capture_without_a_sound_time_is_not_let_in(captured: str | None) -> None:
    waits = replace(KNOWN, held=link_with(SHORT, captured=captured))

    assert judged(waits, seen(SHORT), now=NOW + timedelta(days=9)).verdict is Verdict.HELD


def test_a_shortened_body_that_was_edited_here_is_held_though_time_has_passed() -> None:
    edited = Known(LINK.with_(body="mine\n"), LINK, held=link_with(SHORT, captured=timestamp(NOW)))

    judgement = judged(edited, seen(SHORT), now=NOW + BELIEVED_AFTER)

    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.HELD, BothChanged)


def test_a_hint_counts_where_much_of_the_text_was_lost() -> None:
    offer = signs(Wall.PAYWALL, Strength.HINT)
    beginning = OLD.splitlines()[0] + "\n"

    assert type(judged(KNOWN, seen(beginning, signs=offer)).doubt) is Paywall
    assert judged(KNOWN, seen(NEW, signs=offer)).verdict is Verdict.NEW_BODY


def test_a_page_that_still_has_its_text_is_good_whatever_stands_beside_it() -> None:
    assert judged(KNOWN, seen(OLD + NEW, signs=DOUBTFUL)).verdict is Verdict.NEW_BODY


LIBRARY = link_with(OLD, title="The library stays open in the evening - Tidewater News", lang="en")


@pytest.mark.parametrize("name", ["opening", "heading", "text", "page"])
def test_a_hint_counts_at_any_length_where_all_of_the_text_went_and_the_title_too(name: str) -> None:
    page = seen(NEW * 9, "Tidewater", signs=signs(Wall.COOKIES, Strength.HINT, name))
    waits = Known(LIBRARY, LIBRARY, held=link_with(NEW * 9, captured=timestamp(NOW)))

    years_later = judged(waits, page, now=NOW + timedelta(days=1000))

    assert (years_later.verdict, type(years_later.doubt)) == (Verdict.HELD, CookieWall)


def test_under_the_same_title_a_hint_counts_where_the_text_begins_with_it() -> None:
    known = Known(LIBRARY, LIBRARY)
    hints = {
        name: seen(NEW, LIBRARY.title, signs=signs(Wall.LOGIN, Strength.HINT, name)) for name in ("opening", "page")
    }

    assert type(judged(known, hints["opening"]).doubt) is LoginWall
    assert judged(known, hints["page"]).verdict is Verdict.NEW_BODY


def test_another_text_under_another_title_waits_a_day() -> None:
    waits = Known(LIBRARY, LIBRARY, held=link_with(NEW, captured=timestamp(NOW)))
    page = seen(NEW, "Football team wins again")

    first, later = judged(Known(LIBRARY, LIBRARY), page), judged(waits, page, now=NOW + BELIEVED_AFTER)

    assert (first.verdict, type(first.doubt)) == (Verdict.HELD, OtherText)
    assert later.verdict is Verdict.NEW_BODY


@pytest.mark.parametrize("title", ["The library stays open in the mornings", "The library stays open in the evening"])
def test_another_text_under_much_the_same_title_is_the_page(title: str) -> None:
    assert judged(Known(LIBRARY, LIBRARY), seen(NEW, title)).verdict is Verdict.NEW_BODY


def test_a_page_that_comes_where_a_wall_was_taken_for_it_is_good() -> None:
    wall = link_with(
        "Please log in to continue. You are not logged in, and so there is nothing to see.\n" * 2, title="Log in"
    )

    assert judged(Known(wall, wall), seen(NEW, "The council")).verdict is Verdict.NEW_BODY


def test_the_site_s_name_behind_the_old_title_is_the_front_page_as_a_title_alone() -> None:
    judgement = judged(Known(LIBRARY, LIBRARY), seen(NEW, "Tidewater News"))

    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.HELD, FrontPage)


CHINESE = "为进一步方便群众，经市政府同意，现将公共图书馆夜间阅览室开放的有关事项通知如下，请认真贯彻执行。\n" * 4
RUSSIAN = "Паром отходит в шесть часов утра.\n" * 5
BROKEN = {
    "U+FFFD": (OLD, OLD.translate({ord(vowel): "\ufffd" for vowel in "aeiou"})),
    "UTF-8 as Latin": (CHINESE, CHINESE.encode().decode("latin-1")),
    "UTF-8 as Windows": (CHINESE, CHINESE.encode().decode("cp1252", "replace")),
    "UTF-8 as GBK": (CHINESE, CHINESE.encode().decode("gb18030", "replace")),
    "GBK as Latin": (CHINESE, CHINESE.encode("gb18030").decode("latin-1")),
    "some accents": (GERMAN * 3, GERMAN.replace("ä", "Ã¤").replace("ö", "Ã¶") * 3),
    "UTF-8 as Russian": (RUSSIAN, RUSSIAN.encode().decode("cp1251", "replace")),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_letters_are_held_and_time_never_lets_them_in(kind: str) -> None:
    good, broken = BROKEN[kind]
    last = link_with(good)

    judgement = judged(
        Known(last, last, held=link_with(broken, captured=timestamp(NOW))), seen(broken), now=NOW + timedelta(9)
    )

    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.HELD, Garbled)


@pytest.mark.parametrize("kind", BROKEN)
def test_a_page_whose_letters_are_mended_is_good(kind: str) -> None:
    good, broken = BROKEN[kind]
    last = link_with(broken, title="Ð‘Ñ€Ð¾")

    assert judged(Known(last, last), seen(good, "The ferry")).verdict is not Verdict.SAME
    assert type(judged(Known(last, last), seen(good, "The ferry")).doubt) not in (Garbled, OtherText)


def test_what_the_good_copy_said_too_is_no_sign() -> None:
    about = link_with("Complete the captcha: why sites ask it.\n" + OLD, title="Captcha")
    known = Known(about, about)

    assert judged(known, seen(NEW, signs=DOUBTFUL)).verdict is Verdict.NEW_BODY
    assert judged(known, seen(NEW, signs=signs(Wall.ROBOT, Strength.CLEAR, "title"))).verdict is Verdict.NEW_BODY
    assert judged(known, seen(NEW, signs=CLEAR)).verdict is Verdict.HELD


@pytest.mark.parametrize(
    ("final", "doubt"),
    [
        ("https://example.org/", "FrontPage"),
        ("https://www.example.org/index.html", "FrontPage"),
        ("https://example.org/zh-cn/", "FrontPage"),
        ("https://example.org/404", "SoftNotFound"),
        ("https://example.org/error/404.html", "SoftNotFound"),
        ("https://example.org/users/sign_in", "LoginWall"),
        ("https://passport.example.org/?r=1", "LoginWall"),
        ("https://wappass.baidu.com/static/captcha/", "RobotCheck"),
        ("https://consent.example.org/v2/collect", "CookieWall"),
    ],
)
def test_where_the_page_was_found_is_a_sign(final: str, doubt: str) -> None:
    judgement = judged(KNOWN, seen(NEW), final)

    assert (judgement.verdict, judgement.doubt.name if judgement.doubt else None) == (Verdict.HELD, doubt)


@pytest.mark.parametrize(
    "final", ["http://example.org/log/", "https://www.example.org/log", "https://example.org/2026/log"]
)
def test_an_ordinary_redirect_is_none(final: str) -> None:
    assert judged(KNOWN, seen(NEW), final).verdict is Verdict.NEW_BODY


def test_the_address_that_the_good_copy_came_from_is_no_sign() -> None:
    home = LINK.with_(final_url="https://example.org/")

    assert judged(Known(home, home), seen(NEW), "https://example.org/").verdict is Verdict.NEW_BODY


def test_a_title_that_became_the_site_s_name_is_the_front_page() -> None:
    judgement = judged(KNOWN, seen(NEW, "Tidewater", site="Tidewater"))

    assert (judgement.verdict, type(judgement.doubt)) == (Verdict.HELD, FrontPage)


def test_two_thirds_less_is_sharply_shorter_and_half_is_not() -> None:
    half = NEW.splitlines()[0] + "\n"

    assert verdict(KNOWN, half) is Verdict.NEW_BODY
    assert verdict(KNOWN, SHORT) is Verdict.HELD
