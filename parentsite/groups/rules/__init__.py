"""The decisions behind a group: pure, standard library only, now always a parameter.

`membership` what may become of a group, a seat and a meeting · `fitting` which groups suit a child · `line` who is
offered a free place · `naming` where the kind of a group may be read · `series` on which days it meets · `moves`
tables of states.
"""
