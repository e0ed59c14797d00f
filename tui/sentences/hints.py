"""Hints that several errors share."""

from __future__ import annotations

AGAIN = "Try again later: `pagelog refresh` with the link."
ELSEWHERE = "Open it in a browser to see whether the site works at all."
SAVE_IT = "If your browser shows it, save it there, then: `pagelog add URL --html FILE`."
