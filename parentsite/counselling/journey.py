"""How the anonymous conversation takes part in the site: pages of its own for parents, a desk for counsellors, one
letter; no page of anybody who is signed in shows it.
"""

from parentsite.counselling.desk import conversations, lock, own_key, roster, thread
from parentsite.counselling.desk import times as times_to_talk
from parentsite.counselling.desk.blueprint import ROLE, desk
from parentsite.counselling.letters import LETTERS
from parentsite.counselling.views import back, first, inside, leaving, phrase, times, trouble
from parentsite.counselling.views.zone import samtale
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Journey, Spot, Way

PAGES = (back, first, inside, leaving, phrase, times, trouble)
DESK_PAGES = (conversations, lock, own_key, roster, thread, times_to_talk)
"""Named, because each hangs its views on a blueprint when it is imported."""

JOURNEY = Journey(
    name="counselling",
    blueprints={"samtale": [samtale], "desk": [desk]},
    ways={Spot.DESK_MENU: [Way("counselling_desk.conversations", N_("Anonymous conversations"), role=ROLE)]},
    letters=LETTERS,
    queue=conversations.queue,
)
