"""The one way into a library: documents, commit, index, ref and catalogue as one step, whatever dies in between.

`transaction` is the step; a plan sees the library by its `view`; `worktree` shows documents, `journal` and `recovery`
put a crash right, and `adoption` is what the user did by hand.
"""
