"""What users of other programs reported, as cases: those of the groups whose commands are here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from program import Pagelog

GROUPS = "address,http,repo,tags,changes"


@pytest.mark.slow
@pytest.mark.shared
def test_no_reported_case_fails(pagelog: Pagelog, shared: Path) -> None:
    runner = [sys.executable, str(shared / "reports" / "run.py"), "--group", GROUPS]
    done = subprocess.run(
        runner, env={**os.environ, "PAGELOG": str(pagelog.program)}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert done.stdout.count("pass") > 10, done.stdout
