"""Parents meet other parents: mothers' groups and other groups, open doors, theme evenings.

We see the groups that fit our child and our part of town first, and choose ourselves: nobody is put into a group.
We join with one press; before it we are told that the others see a first name, and a phone number only if we say so.
When a group is full we stand in line, see our number, and are offered a place that falls free, until a day and hour.
We leave at any time; members see one another only while both are members.
We see the meetings, put them into a calendar, and say when we cannot come.
"""
