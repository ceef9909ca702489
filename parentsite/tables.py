"""Every module that holds tables, in one place, so that migrations and tests see all of them."""

from parentsite.consent import models as consent
from parentsite.contact import models as contact
from parentsite.foundation import attached, audit, outbox
from parentsite.foundation.web import rescue, sessions
from parentsite.groups import models as groups
from parentsite.people import models as people
from parentsite.places import models as places
from parentsite.readiness import models as readiness
from parentsite.town import models as town
from parentsite.visits.models import appointments, families, team

ALL_TABLES = (
    audit,
    outbox,
    attached,
    sessions,
    rescue,
    town,
    people,
    consent,
    places,
    team,
    appointments,
    families,
    groups,
    readiness,
    contact,
)
