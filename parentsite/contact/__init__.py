"""Letters (beskeder): a parent writes to a team of the town, and the team answers, all in one place.

Before writing, the parent is told who reads the letter and how soon an answer comes. A letter is the writer's own: the
child's other parent sees it only when the writer has shared it with both. It can be handed over to another team, and
the writer sees to which. A letter that is closed can be opened again for a month, and is deleted when its time is up.
"""
