"""A place for our child in daycare, from the first question to the first day.

We type a birth date and see when the right to a place begins, and by when we must apply.
We apply once, wish for the houses and childminders we like best, and get our guarantee date in writing.
We see where each wish stands in line, and which rule put it there.
We get an offer, read what Yes and No would mean, and answer once; no wish disappears unless we remove it.
We can always see what waits for us, change our wishes, or withdraw.
"""
