"""What a git folder would make git do: settings, hooks, attributes and borrowed objects that came with a library.

Our own git calls switch most of it off, but not all (`filter.*.clean`, `remote.*.uploadpack` run even so), and the
user's own git in that folder obeys everything. So a folder that comes from elsewhere may hold only what is known to be
harmless; it is read by our own code, never by git.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from store import files
from store.repo import configfile
from store.repo.places import Places

_MOST = 1 << 20  # bytes of a config file
_WORD = re.compile(r"[0-9A-Za-z+][0-9A-Za-z ._,+/*=-]*|")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HELPER = re.compile(r"[0-9A-Za-z+.-]*::")
_SCHEME = re.compile(r"([0-9A-Za-z+.-]+)://")
_REFSPEC = re.compile(r"[+^]?[^-+^:\s][^:\s]*(?::refs/(?:remotes|tags)/[^:\s]+)?")


@dataclass(frozen=True, slots=True)
class Order:
    """One thing that git would obey. `text` is from outside, not cleaned."""

    kind: Literal["setting", "hook", "file", "place"]
    text: str

    @property
    def brief(self) -> str:
        """Without the value of a setting."""
        return self.text.partition(" = ")[0]


def orders(places: Places) -> list[Order]:
    """Everything in the git folder that is not known to be harmless; nothing is run."""
    folders = list(dict.fromkeys((places.commondir, places.gitdir)))
    found: list[Order] = []
    for folder in folders:
        for name in ("config", "config.worktree"):
            found += _settings(os.path.join(folder, name), places)
        found += _hooks(os.path.join(folder, "hooks"))
        found += _files(folder)
    return found


def elsewhere(places: Places) -> list[Order]:
    """The git folder, where `.git` is a link or a file that leads out of the work tree to one that knows nothing of it.

    Such a `.git` would make whatever stands in this folder an edit of another library. A worktree that git made is
    named in its repository, so it is none.
    """
    gitdir, commondir = os.path.realpath(places.gitdir), os.path.realpath(places.commondir)
    expected = os.path.join(os.path.realpath(places.top), ".git")
    if gitdir == commondir == expected:
        return []
    if os.path.dirname(gitdir) == os.path.join(commondir, "worktrees") and _names(gitdir, expected):
        return []
    return [Order("place", f".git -> {places.gitdir}" if gitdir == commondir else f".git -> {places.commondir}")]


def _names(gitdir: str, expected: str) -> bool:
    try:
        named = os.fsdecode(files.read(os.path.join(gitdir, "gitdir"), 4096)).strip("\n")
    except OSError:
        return False
    named = os.path.normpath(os.path.join(gitdir, named))  # git 2.48 may write it relative
    return os.path.join(os.path.realpath(os.path.dirname(named)), os.path.basename(named)) == expected


def _settings(path: str, places: Places) -> Iterator[Order]:
    try:
        data = files.read(path, _MOST + 1)
    except FileNotFoundError:
        return
    except OSError:
        yield Order("file", f".git/{os.path.basename(path)} cannot be read as a file")
        return
    if len(data) > _MOST:
        yield Order("file", f".git/{os.path.basename(path)} is too large")
        return
    for setting in configfile.settings(data):
        if not is_harmless(setting, places):
            yield Order("setting", f"{setting.key} = {setting.value}" if setting.key else str(setting.value))


def _hooks(folder: str) -> Iterator[Order]:
    for entry in sorted(files.entries(folder), key=lambda entry: entry.name):
        if not entry.name.endswith(".sample") and _is_program(entry):
            yield Order("hook", entry.name)


def _is_program(entry: os.DirEntry[str]) -> bool:
    try:
        return not entry.is_dir() and entry.stat().st_mode & 0o111 != 0
    except OSError:  # a link to nothing, today
        return True


def _files(folder: str) -> Iterator[Order]:
    for name in ("info/attributes", "info/grafts", "objects/info/alternates", "objects/info/http-alternates"):
        try:
            data = files.read(os.path.join(folder, name), _MOST)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            yield Order("file", f".git/{name}")
            continue
        if any(line.strip() and not line.startswith(b"#") for line in data.splitlines()):
            yield Order("file", f".git/{name}")


# --- what is harmless -----------------------------------------------------------------------------------------------


def is_harmless(setting: configfile.Setting, places: Places) -> bool:
    """The key is on the list, and the value of the kind that belongs to it."""
    value = "true" if setting.value is None else setting.value
    if setting.key == "core.worktree":  # as git writes it for a submodule
        return os.path.realpath(os.path.join(places.gitdir, value)) == os.path.realpath(places.top)
    section, _, rest = setting.key.partition(".")
    sub, _, name = rest.rpartition(".")
    key = f"{section}.*.{name}" if sub else setting.key
    judge = _HARMLESS.get(key)
    return judge is not None and judge(value) and not sub.startswith("-") and not _CONTROL.search(sub)


def _word(value: str) -> bool:
    return _WORD.fullmatch(value) is not None


def _anything(value: str) -> bool:
    return not _CONTROL.search(value)


def _yes(value: str) -> bool:
    return value.lower() in ("true", "yes", "on", "1")


def _no(value: str) -> bool:
    return value.lower() in ("false", "no", "off", "0", "")


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value.lower() in values


def _address(value: str) -> bool:
    """A place to fetch from that is no program's name, no option of ssh's, and nothing that only looks like a place."""
    if value.startswith("-") or _CONTROL.search(value) or _HELPER.match(value):
        return False
    scheme = _SCHEME.match(value)
    if scheme is not None and scheme[1].lower() not in ("https", "http", "ssh", "git", "file"):
        return False
    host = value[scheme.end() :] if scheme else value
    return not host.startswith("-") and "@-" not in host


def _refspec(value: str) -> bool:
    """Nothing that would move a branch, or refs of ours, with every fetch."""
    return _REFSPEC.fullmatch(value) is not None


_WORDS = """
core.filemode core.logallrefupdates core.ignorecase core.precomposeunicode core.symlinks core.autocrlf core.eol
core.safecrlf core.quotepath core.abbrev core.compression core.loosecompression core.bigfilethreshold core.hidedotfiles
core.longpaths core.checkstat core.trustctime core.untrackedcache core.preloadindex core.fscache core.multipackindex
core.commitgraph core.deltabasecachelimit core.warnambiguousrefs core.fsync core.fsyncmethod core.fsyncobjectfiles
gc.auto gc.autopacklimit gc.autodetach gc.packrefs gc.writecommitgraph gc.cruftpacks gc.bigpackthreshold
gc.aggressivedepth gc.aggressivewindow gc.pruneexpire gc.worktreepruneexpire gc.reflogexpire gc.reflogexpireunreachable
maintenance.auto maintenance.strategy pack.compression pack.threads pack.window pack.depth pack.windowmemory
pack.packsizelimit pack.deltacachesize index.version index.threads feature.manyfiles fetch.prune fetch.prunetags
fetch.writecommitgraph fetch.parallel http.postbuffer http.lowspeedlimit http.lowspeedtime http.version pull.rebase
pull.ff push.default push.autosetupremote push.followtags merge.ff merge.conflictstyle merge.renames rebase.autostash
rebase.autosquash rerere.enabled color.ui diff.algorithm diff.renames diff.mnemonicprefix diff.colormoved log.date
log.decorate status.showuntrackedfiles init.defaultbranch user.useconfigonly branch.autosetupmerge
branch.autosetuprebase remote.pushdefault branch.*.merge branch.*.rebase branch.*.pushremote extensions.worktreeconfig
extensions.relativeworktrees
""".split()
_HARMLESS: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(_WORDS, _word),
    "core.repositoryformatversion": _one_of("0", "1"),
    "core.bare": _no,
    "core.sparsecheckout": _no,
    "core.protecthfs": _yes,
    "core.protectntfs": _yes,
    "extensions.objectformat": _one_of("sha1"),
    "extensions.refstorage": _one_of("files"),
    "user.name": _anything,
    "user.email": _anything,
    "branch.*.remote": _address,
    "branch.*.description": _anything,
    "remote.*.url": _address,
    "remote.*.pushurl": _address,
    "remote.*.fetch": _refspec,
    "remote.*.tagopt": _one_of("--tags", "--no-tags"),
}
