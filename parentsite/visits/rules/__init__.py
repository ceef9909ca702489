"""The decisions behind a home visit: pure, standard library only, today always a parameter.

`windows` when a visit is offered · `slots` a health visitor's times · `appointments` what may become what, and until
when · `requests` what a family may ask for · `start` the start talk at the daycare · `moves` tables of states.
"""
