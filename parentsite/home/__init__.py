"""The front page, "my page", and the pages every public site owes its visitors.

Asks the journeys; knows none of them.
"""
