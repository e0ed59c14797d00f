"""Is everything sound, and if not: `checking` names it, `repairing` mends the git folder, `mending` the documents."""
