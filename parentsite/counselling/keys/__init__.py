"""Keys and sealed bytes: how a phrase becomes a key, and what each key opens. Knows no tables and no pages."""
