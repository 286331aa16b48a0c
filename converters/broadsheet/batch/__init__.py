"""Many files: what to do with each, doing it, and a record of what became of it."""
