"""How many places will be needed: by district, age group and month, from what is known today.

What is known is counted, child by child; only for children without a place and without an application does the town
assume how many will want one, and that stands apart in every figure. A child counts at most once a month, on its first
day: the one in care in the district of its house, all others in the district they live in. The note asks for it
("forudsige behov for pladser i distriktet").

Counts children, not units, and promises nobody anything. What it leaves out: who moves to or from the town, and who
waits for another house while having a place.

`known` what goes in · `spans` from when to when each child counts · `need` the figures.
"""
