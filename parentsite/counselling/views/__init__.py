"""The parents' pages of the anonymous conversation, in the zone that knows nobody; all on one blueprint."""
