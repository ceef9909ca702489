"""A parent writes to the Family House without a name, gets a phrase, and comes back with it to read the answer.

Nothing here knows who anybody is: this journey may not import people, and its app is handed no cookie but its own.
Until the conversation opens there is only a front page, with the numbers that help at once.
"""
