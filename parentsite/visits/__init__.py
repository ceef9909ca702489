"""The health visitor (sundhedsplejersken) comes to our home.

We see which visits we are offered, when, and what each is for; a visit is an offer, and we may say no.
We pick a free time of our own district's team, and it is held for us while we confirm.
We move or cancel when a child is ill; a time we give back is free for others at once.
We say what helps the visit: an interpreter, a door code, who is at home.
We ask for a visit outside the plan, and say so when nobody has contacted us.
"""
