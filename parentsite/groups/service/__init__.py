"""The verbs of the journey, a module each: finding a group, joining and leaving, what members see and do, meetings, and
what staff do. Every write to a group's places begins by locking the group.
"""
