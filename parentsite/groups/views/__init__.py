"""The parents' pages: the groups there are, joining one, and one's own place in it; all on one blueprint."""
