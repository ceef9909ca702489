"""What every journey stands on: settings, clock, database, work, audit, post.

Knows nothing of children or places, nor of Flask.
"""
