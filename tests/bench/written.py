"""Our side: documents given to the library's writer. `written.py COUNT each|one FOLDER` prints the seconds it took.

`each`: a commit for every document, a hundred to a transaction, as captures come. `one`: all in one commit.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from documents import documents

from store.commit import Commit
from store.library import Library
from store.writing.view import View

BATCH = 100


def main(count: str, how: str, target: str) -> None:
    made = documents(int(count))
    with Library.open(Path(target), make=True) as library:
        start = time.perf_counter()
        if how == "each":
            commits = [Commit(f"add: {title}", "add", (id_,), {path: data}) for id_, title, path, data in made]
            batches = [commits[first : first + BATCH] for first in range(0, len(commits), BATCH)]
        else:
            files: dict[str, bytes | None] = {path: data for _, _, path, data in made}
            batches = [[Commit(f"import: {count} links", "import", tuple(id_ for id_, *_ in made), files)]]

        for batch in batches:

            def plan(view: View, batch: list[Commit] = batch) -> list[Commit]:
                view.read_all(path for commit in batch for path in commit.files)
                return batch

            library.write(plan, "add")
        print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
