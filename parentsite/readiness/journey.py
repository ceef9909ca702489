"""How the journey takes part: pages of parents, of the daycare and of those who receive; what waits for whom."""

from parentsite.foundation.journey import Journey
from parentsite.readiness.desk.blueprint import desk
from parentsite.readiness.service import references
from parentsite.readiness.service.readings import READINGS
from parentsite.readiness.views.blueprint import mit

JOURNEY = Journey(
    name="readiness",
    blueprints={"mit": [mit], "desk": [desk]},
    readings=READINGS,
    in_use=references.codes_in_use,
)
