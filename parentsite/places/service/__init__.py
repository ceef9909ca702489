"""The verbs of the journey, a module each: drafting, sending, withdrawing, offering, answering; `cases` and `office`
read.
"""
