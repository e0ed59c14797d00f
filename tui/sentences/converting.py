"""Words for pages that came and are not kept, or are set aside for the user's word."""

from __future__ import annotations

from tui.sentences.hints import SAVE_IT

_SAVE_AGAIN = "Save the page again in your browser, whole: as .mhtml, .webarchive, or with SingleFile as .html."

CONVERTING = {
    "NotAWebPage": (
        "This is {type}, not a web page; other kinds are not yet supported.",
        "The link is kept; `pagelog open` shows it in your browser.",
    ),
    "NotAWebPage:application/pdf": (
        "This is a PDF, and PDFs are not yet read.",
        "The link is kept; `pagelog open` shows it in your browser.",
    ),
    **dict.fromkeys(
        ("NotAWebPage:application/rss+xml", "NotAWebPage:application/atom+xml", "NotAWebPage:application/feed+json"),
        ("This is a feed, and feeds are not yet read.", "Add the pages that it names one by one."),
    ),
    "GarbledText": (
        "What came is no text in any encoding that is known.",
        "The link is kept; `pagelog open` shows it in your browser.",
    ),
    "BadSavedFile:cut": ("The saved file is an archive that was cut off before its end.", _SAVE_AGAIN),
    "BadSavedFile:damaged": ("The saved file is a damaged archive.", _SAVE_AGAIN),
    "BadSavedFile:no page": ("The saved file is an archive with no web page in it.", _SAVE_AGAIN),
    "BadSavedFile:no text": (
        "The saved file has no text worth keeping.",
        "Let the page build itself before you save it, as it is shown: as one .mhtml, or with SingleFile.",
    ),
    "BadSavedFile": ("The saved file cannot be read: {reason}.", _SAVE_AGAIN),
    "SentOn": ("The page has no text: it sends browsers on to {target}.", "Add that address instead."),
    "FramesOnly": (
        "The page is a frame around others and has no text of its own.",
        "Add the address of the frame with the text; it may be {target}.",
    ),
    "NoArticle": ("The page has no text worth keeping; it may need a login.", SAVE_IT),
    "NeedsBrowser": (
        "The page has no text of its own: scripts build it in the browser.",
        "Save it in your browser once it is there, then: `pagelog add URL --html FILE`.",
    ),
    "ConversionTimedOut": (
        "The page was not converted within {seconds} seconds.",
        "If it is worth the time, raise [fetch] convert_timeout in {config}.",
    ),
    "ConversionTooBig": (
        "The page is too big to convert: over {limit} ({measure}).",
        "The link is kept; `pagelog open` shows it in your browser.",
    ),
    "ConversionFailed": (
        "The page could not be converted ({detail}).",
        "This should not happen: please report it with the address of the page.",
    ),
}

_FORCE = "If it is the page all the same: `pagelog refresh LINK --force`."

DOUBTS = {
    "SoftNotFound": ("The page says that there is no such page.", f"Check the address. {_FORCE}"),
    "SiteTrouble": ("The site shows an error of its own, or a notice of maintenance.", f"Try again later. {_FORCE}"),
    "LoginWall": ("This looks like a login page.", f"pagelog keeps what opens without signing in. {_FORCE}"),
    "RobotCheck": ("The site asks whether you are a robot, or says that it was asked too often.", SAVE_IT),
    "CookieWall": ("A question about cookies stands in the place of the page.", SAVE_IT),
    "Paywall": ("An offer to subscribe stands where the text should go on.", _FORCE),
    "DomainParked": ("The domain seems to be for sale, or to have expired.", f"Check the address. {_FORCE}"),
    "ScriptWanted": ("The page says that it needs JavaScript.", SAVE_IT),
    "NotShownHere": ("The site does not show the page here: it asks for an age, a region or a browser.", SAVE_IT),
    "Garbled": (
        "The letters of the text are broken, as if it came in another encoding than it says.",
        f"Try again later. {_FORCE}",
    ),
    "FrontPage": ("This looks like the site's front page.", f"Check the address. {_FORCE}"),
    "MuchShorter": (
        "The text is much shorter than it was: {after} letters after {before}.",
        "Where the page stays like this for a day, the next refresh takes it.",
    ),
    "OtherLanguage": (
        'The text is in another language: "{after}" after "{before}".',
        "Where the page stays like this for a day, the next refresh takes it.",
    ),
    "OtherText": (
        'It is another page: next to nothing of the text is left, and "{before}" is called "{after}" now.',
        "Where the page stays like this for a day, the next refresh takes it.",
    ),
    "BothChanged": (
        "The page changed where your copy did too: the new capture is set aside, your text stays.",
        "Compare them: `pagelog diff LINK --held`. Then `pagelog refresh LINK --accept` or `--drop`.",
    ),
}
