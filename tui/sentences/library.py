"""Words for a library, or a config file, that cannot be used."""

from __future__ import annotations

LIBRARY = {
    "NoLibrary": (
        "There is no library at {path}.",
        "`pagelog --library {quoted_path} add URL` makes one there, `pagelog clone URL DIR` brings one from elsewhere;"
        " else check the spelling.",
    ),
    "NotALibrary": (
        "{path} is not a pagelog library.",
        "Name another folder with --library; `add` makes a library in an empty or a new one.",
    ),
    "FolderTaken": ("The folder {path} holds something already.", "Name a new or an empty folder."),
    "BadSettings": (
        "The library's settings {path} cannot be read: {reason}.",
        "Mend the file, or let `pagelog check --repair` take it from git.",
    ),
    "DamagedRepository": (
        "The git folder of the library {path} is damaged: git cannot read its {what}.",
        "`pagelog --library {quoted_path} check` names what is wrong; with --repair it shows what can be put right, and"
        " does it.",
    ),
    "NewerFormat": (
        "The library {path} has format {format}; this pagelog knows {known}.",
        "Install a newer pagelog. Nothing was changed.",
    ),
    "Untrusted": (
        "The library {path} was not made on this machine, and git would obey what stands in it: {found}.",
        "If you know who put that there: `pagelog --library {quoted_path} trust` shows it all and lets it be used.",
    ),
    "OtherOwner": (
        "The library {path} belongs to another user, so git does not trust it.",
        "If you do: git config --global --add safe.directory {quoted_path}",
    ),
    "UnknownRefFormat": (
        "The repository {path} is stored as {format}, which pagelog does not write.",
        "Make the library with a plain `git init`, or let `pagelog add` make it.",
    ),
    "Locked": (
        "Another pagelog has been writing to {path} for {seconds} seconds.",
        "Wait for it to end, then try again. Nothing was changed.",
    ),
    "Busy": (
        "Another program has kept {what} of {path} for {seconds} seconds.",
        "Look for a git command that has not ended; if there is none, one died and left a lock behind: remove"
        " .git/refs/heads/main.lock and .git/HEAD.lock if they are there.",
    ),
    "Busy:index.lock": (
        "Another git program has held the index of {path} for {seconds} seconds.",
        "Look for a git command that has not ended, such as a commit waiting in an editor; if there is none, one died"
        " and left .git/index.lock behind: remove that file.",
    ),
    "Busy:config.lock": (
        "Another git program has held the settings of {path} for {seconds} seconds.",
        "Look for a git command that has not ended; if there is none, one died and left .git/config.lock behind:"
        " remove that file.",
    ),
    "NotWritable:not a folder": (
        "{path} is no folder, and a page is to be written in it.",
        "Move it away (`git mv`, if it is committed), then try again.",
    ),
    "NotWritable": ("{path} cannot be written ({detail}).", "Check its owner and its disk. Reading still works."),
    "DiskFull": ("The disk is full at {path}.", "Free some space, then run the command again. Nothing was lost."),
    "NotOnMain": (
        "The library {path} is not on its branch main but on {head}.",
        "Go back with: git -C {quoted_path} switch main",
    ),
    "MergeInProgress": (
        "A {what} of your own is not finished in {path}.",
        "Finish or abort it with git, then try again. Reading still works.",
    ),
    "GitMissing": ("git was not found.", "Install git 2.38 or newer: https://git-scm.com/downloads"),
    "GitTooOld": ("This git is {found}; pagelog needs {needed} or newer.", "See https://git-scm.com/downloads"),
    "GitFailed": (
        "git {command} failed: {detail}.",
        "`pagelog check` looks through the library. If it is sound, please report this.",
    ),
}

SETTINGS = {
    "BadConfig": ("{key} in {path} must be {reason}.", "Mend that line, or take it out for the default."),
    "BadConfig:": (
        "The config file {path} cannot be read: {reason}.",
        'Mend the file; it is TOML, as in: key = "value"',
    ),
    "BadConfig:missing": ("There is no config file {path}.", "Check the spelling of --config."),
    "BadConfig:unreadable": ("The config file {path} cannot be opened as UTF-8 text.", "Check its owner and encoding."),
}
