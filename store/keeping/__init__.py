"""What becomes of a finished capture: brought before the judge, merged with the user's edits, committed, or held.

`settling` decides under the lock; `weighing`, `steadying` and `captured` are what it looks at and writes, `remembering`
what is untracked. `holding` is what the user decides later, `reextracting` and `explaining` go back to the kept bytes.
"""
