"""How the anonymous conversation takes part in the site: its letter alone, and no other page shows it."""

from parentsite.counselling.letters import LETTERS
from parentsite.foundation.journey import Journey

JOURNEY = Journey(name="counselling", letters=LETTERS)
