"""The other side: the same documents through a raw `git fast-import`, and plainly written and synced.

A commit for every document, like ours. `bare_write.py COUNT FOLDER`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from documents import documents


def main(count: str, target: str) -> None:
    made = documents(int(count))
    top = Path(target)
    subprocess.run(["git", "init", "--quiet", "--template=", "--initial-branch=main", target], check=True)
    if not made:
        return
    stream = bytearray()
    for number, (_, title, path, data) in enumerate(made, 1):
        message = f"add: {title}\n".encode()
        stream += b"commit refs/heads/main\nmark :%d\ncommitter p <p@localhost> 1700000000 +0000\n" % number
        stream += b"data %d\n%s\nM 100644 inline %s\ndata %d\n%s\n" % (
            len(message), message, path.encode(), len(data), data,
        )  # fmt: skip
    stream += b"done\n"
    command = ["git", "-C", target, "-c", "core.fsync=all", "fast-import", "--done", "--quiet"]
    subprocess.run(command, input=bytes(stream), check=True)
    for *_, path, data in made:
        file = top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as writing:
            writing.write(data)
            writing.flush()
            os.fsync(writing.fileno())
    folders = {top / path for path in {str(Path(path).parent) for *_, path, _ in made}}
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


if __name__ == "__main__":
    main(*sys.argv[1:])
