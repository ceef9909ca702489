"""Decisions about letters: `states` of a letter · `sight`, who sees which · `reach`, which staff read it · `days`, when
an answer is due and when a letter is over · `marks`, who has read how far.
"""
