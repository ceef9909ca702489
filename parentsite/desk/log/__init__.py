"""The log: the audit as the data protection officer reads, saves and proves it."""
