"""The tables of the journey. That nobody is in two homes at once, and no time given twice, is kept here.

`team` when the health visitors work, and the times that come of it · `appointments` who is visited when · `families`
what families ask and tell. Locks are taken in one order everywhere: slots (by id), appointment, request, start talk,
consents.
"""
