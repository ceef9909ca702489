"""The health visitors' pages. No health notes: this is not a journal."""
