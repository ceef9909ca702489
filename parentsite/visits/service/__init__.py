"""The verbs of the journey, a module each: reading the plan, finding and holding a time, booking, asking, and what the
health visitors do themselves.
"""
