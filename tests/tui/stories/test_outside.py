"""A library that changes while it is open: what others do, then what the screen says."""

from __future__ import annotations

import pytest

from pages import article
from person import use

pytestmark = pytest.mark.usefixtures("site_allowed")


def test_a_library_changed_underneath_is_shown(pagelog, kept, site):
    new = site.put("/delta", article("Delta"))

    async def story(person):
        await person.sees("1/3")
        assert pagelog("add", new).status == 0
        await person.sees("Delta", "/4", patience=4)

    use(pagelog, story)


def test_an_edit_in_another_editor_is_shown(pagelog, kept):
    path = next(pagelog.library.glob("pages/*/*gamma*.md"))

    async def story(person):
        await person.sees("Gamma stands alone")
        path.write_text(path.read_text(encoding="utf-8").replace("stands alone", "was edited"), encoding="utf-8")
        await person.sees("Gamma was edited", patience=4)

    use(pagelog, story)


def test_an_edit_that_has_been_still_is_adopted(pagelog, kept, monkeypatch):
    from functools import partial

    from store.edits import Stillness

    monkeypatch.setattr("tui.app._LOOK_AT_EDITS", 0.2)
    monkeypatch.setattr("tui.app.Stillness", partial(Stillness, lasting=1.0))
    path = next(pagelog.library.glob("pages/*/*gamma*.md"))

    async def story(person):
        await person.sees("Gamma stands alone")
        path.write_text(path.read_text(encoding="utf-8").replace("stands alone", "was edited"), encoding="utf-8")
        await person.sees("Taken over by hand: 1 edit", patience=10)

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("edit: by hand")
    pagelog.assert_whole()
