"""One file per command, or per family of small ones."""
