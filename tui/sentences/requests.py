"""Words for what the user asked and cannot be done, and for programs outside that fail."""

from __future__ import annotations

_SHOW_LINKS = "`pagelog list` shows every link with its id."
_QUOTE = 'Put the query in single quotes; words, "phrases", tag:name, site:host, is:unread and -word can be used.'
_FACTS = "unread, read, archived, starred, broken, pending, held, changed, untagged, trashed or damaged"

REQUESTS = {
    "NoSuchLink": ('There is no link "{text}" in this library.', _SHOW_LINKS),
    "SeveralLinks": ('"{text}" begins more than one id: {ids}.', "Type more of the id."),
    "NoSuchVersion": ('"{text}" names none of the {versions} versions of {id}.', "`pagelog log {id}` lists them."),
    "NoSuchVersion:1": ('"{text}" names no version of {id}: there is only version 1.', "`pagelog log {id}` shows it."),
    "SeveralVersions": ('"{text}" begins more than one commit of {id}: {commits}.', "Type more of it."),
    "NoVersions": (
        "{id} has no versions so far: no commit holds it.",
        "Any command that changes the link commits it, for example `pagelog tag add`.",
    ),
    "BadTag": ('"{text}" cannot be a tag.', "A tag is letters and digits, with / to nest: policy/energy."),
    "BadTag:empty": ("A tag needs a name.", "Give one like policy or policy/energy."),
    "BadTag:comma": ('"{text}" cannot be a tag: commas part tags.', "Give them one by one, or as a,b."),
    "BadTag:blank": ('"{text}" cannot be a tag: it has a blank in it.', "Write it with a hyphen instead."),
    "BadTag:control": ('"{text}" cannot be a tag: it has control characters in it.', "Type it again by hand."),
    "BadTag:too long": ('"{text}" is too long for a tag.', "Use a shorter name; the note holds long texts."),
    "UnknownTag": ('No link has the tag "{tag}", or one below it.', "`pagelog tag list` shows every tag in use."),
    "BelowItself": (
        '"{tag}" cannot become "{into}", which is below it.',
        "Rename it to something else first; or `pagelog tag merge`, which leaves what is below the target where it is.",
    ),
    "BadQuery": ('The query "{text}" cannot be read.', _QUOTE),
    "BadQuery:bracket": ('The query "{text}" has a bracket without its other half.', _QUOTE),
    "BadQuery:quote": ('The query "{text}" has a quotation mark that is never closed.', _QUOTE),
    "BadQuery:nothing": (
        'The query "{text}" has a place where a word is missing, after `or`, `-` or a bracket.',
        _QUOTE,
    ),
    "BadQuery:value": (
        'The query "{text}" asks a field for something it does not know.',
        "is: takes " + _FACTS + "; dates are written added:>2026-01-01 or changed:<7d.",
    ),
    "BadQuery:field": (
        'The query "{text}" names a field that there is not.',
        "The fields are tag: site: title: url: is: added: changed:; put other words with a colon in double quotes.",
    ),
    "BadField": ('"{value}" cannot be the {field} of a link.', "`pagelog edit --help` says what can."),
    "BadField:status": ('"{value}" is no status.', "A status is unread, read or archived."),
    "BadField:title": ('"{value}" cannot be a title.', "A title is one line of text."),
    "BadEdit": (
        "What came back from the editor is not a document of {id}: {reason}.",
        "Nothing was changed. Mend your text, then put it in again: `pagelog edit {id}`.",
    ),
    "InTheWay": (
        "{path} stands in your library's folder and in no commit, and another one is to come in its place.",
        "Move it away, or commit it with git; then sync again.",
    ),
    "NothingToUndo": (
        "Nothing that was done here is left to take back. What was done by others, or by hand, is taken back by name.",
        "`pagelog activity` lists all; `pagelog undo {commit}` takes back {summary}.",
    ),
    "NothingToUndo:rewritten": (
        "What was done here last is not in the history any more, for git has changed that; so nothing was taken back.",
        "`pagelog activity` lists what is in it; `pagelog undo {commit}` takes back {summary}.",
    ),
    "NothingToUndo:nothing": ("There is nothing to take back.", "`pagelog activity` lists what was done."),
    "NothingToRedo": ("There is nothing to put back: nothing is undone.", "`pagelog activity` lists all."),
    "NothingToRedo:since": (
        "There is nothing to put back: something else was done here since the undo.",
        "`pagelog activity` lists it; to take that back first: `pagelog undo`.",
    ),
    "FewerActions": (
        "Of what was done here, {there} can be taken back, not {wanted}. Nothing was changed.",
        "`pagelog undo {there}` takes back all of it. A commit is named by at least 7 digits: `pagelog activity`.",
    ),
    "NoSuchAction": (
        '"{text}" names nothing that was done in this library.',
        "`pagelog activity` lists what was; a commit is named by at least 7 digits, a group by all 16. What a page was"
        " before: `pagelog log LINK`.",
    ),
    "SeveralActions": ('"{text}" begins more than one commit: {commits}.', "Type more of it."),
    "NotUndoable": (
        "{commit} cannot be taken back by `undo`: its action is {action}.",
        "`pagelog log LINK` and `pagelog restore LINK VERSION` bring back what a link was before.",
    ),
    "NotUndoable:redo": (
        "{commit} put something back.",
        "To take that back once more: `pagelog undo`, or by the commit that did it first (`pagelog activity`).",
    ),
    "AlreadyUndone": ("{commit} is taken back already: {summary}.", "`pagelog redo` puts back the last undo."),
    "NothingHeld": ("No capture of {id} is held.", "`pagelog list is:held` shows those that wait for your word."),
    "NotTrashed": ("{id} is not in the trash.", "`pagelog trash --list` shows what is."),
    "AlreadyTaken": ("{url} is already the link {id}.", "`pagelog show {id}` shows it; one page is one link."),
    "NoOriginal": (
        "The bytes of the page {id} are not kept on this machine.",
        "`pagelog refresh {id}` fetches them again; [library] originals in {config} sets how many are kept.",
    ),
    "DamagedDocument": (
        "The head of {path} cannot be read: {reason}.",
        "Mend the lines between the two --- in an editor, or take an older version: `git log -p -- {quoted_path}`.",
    ),
}

OUTSIDE = {
    "NoEditor": ("No editor was found.", "Say which: export EDITOR=nano, or use the options of `pagelog edit --help`."),
    "EditorFailed": (
        "The editor {command} ended with status {status}, so nothing was changed.",
        "Your text is kept in {kept}.",
    ),
    "NoSuchEditor": ("The editor {command} was not found.", "Check $VISUAL and $EDITOR."),
    "NoBrowser": ("No browser can be opened here.", "The address: {url}"),
}
