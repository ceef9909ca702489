"""Pages that can be left at once (`templates/discreet.html`): where the way out leads."""

WAY_OUT = "https://www.dmi.dk/"
"""A weather forecast: what a screen may show to whoever comes in."""
