"""Texts that are no links, merged by lines as git does it for one file."""

from __future__ import annotations

import os
import tempfile

from store.repo.run import Git


class Texts:
    """Merges for one repository; the three versions lie in its own folder for a moment."""

    def __init__(self, git: Git) -> None:
        self._git = git

    def merged(self, base: bytes, earlier: bytes, later: bytes) -> bytes | None:
        """Both changes; None where they clash, or where one of them is no text."""
        with tempfile.TemporaryDirectory(dir=self._git.places.own, prefix="texts-") as folder:
            paths = []
            for name, data in (("earlier", earlier), ("base", base), ("later", later)):
                paths.append(os.path.join(folder, name))
                with open(paths[-1], "wb") as file:
                    file.write(data)
            status, output, _ = self._git.start("merge-file", "-p", "--quiet", *paths).finish()
        return output if status == 0 else None
