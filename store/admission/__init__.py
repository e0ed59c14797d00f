"""May this folder be used as a library: what is it (`opening`), whose (`trust`, `acquaintance`), what orders has it."""
