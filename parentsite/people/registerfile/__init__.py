"""Reading the people register from a file, and refusing one that does not make sense."""
