"""The foundation for pages: what every Flask app of the site is made of.

Flask lives here and in the journeys' pages.
"""
