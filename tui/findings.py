"""What each finding of `check` means, and what `check --repair` does about it."""

from __future__ import annotations

MEANINGS = {
    "head-damaged": "git's HEAD is missing or damaged",
    "main-lost": "the branch main is missing or damaged",
    "git-settings-damaged": "git's own settings are missing or damaged",
    "ref-damaged": "a file of git's refs is damaged",
    "ref-to-nothing": "a ref names a commit that is not there",
    "folder-missing": "a folder that git needs is missing",
    "object-damaged": "an object of the history cannot be read",
    "object-lost": "the history needs an object that is not there",
    "pack-damaged": "a pack of objects cannot be read to its end",
    "commit-lost": "git has lost the commit that main names, or a folder of it",
    "settings-damaged": "the library's settings cannot be read",
    "settings-missing": "the file of the library's settings is missing",
    "document-lost": "the repository has lost the text of this document",
    "index-damaged": "git's index is missing or damaged; the next command that writes makes it anew",
    "unfinished": "a command died before it was done; the next one that writes puts that right",
    "damaged": "the front matter cannot be read",
    "twin": "another file has this id already and counts",
    "same-url": "another link has this address too",
    "merging": "work of your own is not finished here; finish or abort it with git: until then nothing is written",
    "edited-by-hand": "edited, and not committed yet",
    "added-by-hand": "put here by hand, and not committed yet",
    "misnamed": "a link stands in a file whose name is not accepted: rename it to something plain that ends in .md",
    "removed-by-hand": "removed, and not committed yet",
}

REMEDIES = {
    "head-damaged": "HEAD names main again",
    "main-lost": "main names the newest whole commit that is found; files newer than that are committed anew",
    "git-settings-damaged": "plain ones take their place; a remote has to be set again: `pagelog sync --remote URL`",
    "ref-damaged": "it is set aside, what can be read of it kept",
    "ref-to-nothing": "it is set aside",
    "folder-missing": "it is made",
    "object-damaged": "it is set aside, and made again from your files or fetched from the remote",
    "object-lost": "it is made again from your files, or fetched from the remote",
    "pack-damaged": "it is set aside, and what can be read of it kept",
    "commit-lost": "made again or fetched; else main names the newest whole commit, and newer files are committed anew",
    "settings-damaged": "they are taken from git",
    "settings-missing": "they are taken from git",
    "document-lost": "its text is taken from your file, the remote, or its newest version that is left",
    "index-damaged": "it is made anew",
    "unfinished": "it is finished, or taken back",
    "damaged": "the head of its newest readable version is put over the text, as a new version",
    "twin": "one page: both become one link; another page: it gets an id of its own",
    "same-url": "they become one link, the one added first, with the tags and notes of all",
}
NO_HISTORY = (
    "Nothing of the history is left here. The files of your pages are, and can begin a new one, once you are sure that"
    " there is no copy: in {library}, move .git away, then `git init -b main`, `git add -A`, `git commit -m anew`."
)
BY_HAND = (
    "{count} you have to put right yourself: open the file and mend what stands between its two `---`"
    " (`git -C {library} log -p FILE` has what that was), or move it out of pages/ if it is no page."
)
REMOVED = (
    "What was removed comes back with `git -C {library} checkout -- FILE`. The next `pagelog sync` takes the removal"
    " over; then `pagelog undo COMMIT` brings it back."
)
NO_REMEDY = (
    "{count} cannot be repaired from here. A copy of the library on another machine or disk may have what is missing:"
    " `git -C {library} fetch --refetch COPY main`, then `pagelog check --repair` again."
)
