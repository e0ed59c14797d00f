"""One file per family of commands; each is imported only when its command is typed (`tui.cli`)."""
