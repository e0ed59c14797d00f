"""The library on several machines: fetch, look through what came, join link by link, push; and bring one here whole.

`sync` is the job (plan, then run), `cloning` its beginning on another machine; `pulled` looks at what came before it
touches a file, `joining` (pure) joins two histories, `pulling` writes the result. `instep` knows how far the two are.
"""
