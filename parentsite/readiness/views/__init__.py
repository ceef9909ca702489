"""The parents' pages at school start: what is written about the child, one's own words, and the consents."""
