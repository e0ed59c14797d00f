"""What a page of React sends late."""

from store.capture.markdown import to_markdown
from store.capture.tree import parse

URL = "https://example.org/notes/page.html"


def markdown_of(inner: str) -> str:
    return to_markdown(parse(f"<html><body>{inner}</body></html>", URL).find("body"), URL)


def test_late_parts_stand_in_their_places_and_parts_of_parts_too():
    late = "<div hidden id=S:a><p>c</p></div><div hidden id=S:6><pre>a\n b</pre><template id=P:a></template></div>"

    markdown = markdown_of(f"<p>One.</p><!--$?--><template id=B:6></template><!--/$--><p>Two.</p>{late}")

    assert markdown == "One.\n\n```\na\n b\n```\n\nc\n\nTwo.\n"


def test_a_part_without_a_place_stays_where_it_is():
    assert markdown_of("<p>One.</p><div hidden id=S:1><p>Two.</p></div>") == "One.\n\nTwo.\n"
    assert markdown_of("<p>One.</p><div hidden id=S:1>Two.<template id=B:1></template></div>") == "One.\n\nTwo.\n"


def test_a_template_that_is_full_is_no_place():
    assert markdown_of("<template id=B:1><p>One.</p></template><div hidden id=S:1><p>Two.</p></div>") == "Two.\n"
