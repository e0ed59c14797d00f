"""Texts on their way to the screen, as plain models: Markdown as blocks, lines and places in them, two texts compared.

No Textual in here: a thread may make all of it.
"""
