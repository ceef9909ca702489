"""The verbs of the anonymous conversation: `Work` on its own database first, the rest by keyword; days, never hours."""
