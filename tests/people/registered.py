"""Every page for a signed-in parent, the facets of a child's life that it shows, and for whom it is there at all."""

from collections.abc import Mapping

from parentsite.people.visibility import NOTHING, Facet

EXISTENCE, PLACE, TIME, CONTACT, TEXT = Facet

SHOWS: Mapping[str, frozenset[Facet]] = {
    "mine.front": frozenset({EXISTENCE, TIME}),
    "mine.declare": NOTHING,
    "mine.contact": frozenset({CONTACT}),
    "mine.news": NOTHING,
    "way.child": frozenset({EXISTENCE, TIME}),
    "way.file": frozenset({EXISTENCE}),
    "looked.front": frozenset({EXISTENCE}),
    "looked.child": frozenset({EXISTENCE}),
    "looked.file": NOTHING,
    "places.front": frozenset({EXISTENCE}),
    "places.new": frozenset({EXISTENCE}),
    "places.care": frozenset({EXISTENCE}),
    "places.wanted": frozenset({TIME}),
    "places.wishes": frozenset({PLACE}),
    "places.family": frozenset({PLACE, TEXT}),
    "places.check": frozenset({EXISTENCE, PLACE, TIME, TEXT}),
    "places.throw_away": frozenset({EXISTENCE}),
    "places.receipt": frozenset({EXISTENCE, TIME}),
    "places.case": frozenset({EXISTENCE, PLACE, TIME}),
    "places.withdraw": frozenset({EXISTENCE, PLACE, TIME}),
    "places.offer": frozenset({EXISTENCE, PLACE, TIME}),
    "visits.front": frozenset({EXISTENCE, TIME}),
    "visits.home": frozenset({TEXT}),
    "visits.pick": frozenset({EXISTENCE, TIME}),
    "visits.decide": frozenset({EXISTENCE, TIME}),
    "visits.extra": frozenset({EXISTENCE}),
    "visits.appointment": frozenset({EXISTENCE, TIME}),
    "visits.cancel": frozenset({EXISTENCE, TIME}),
    "visits.entry": frozenset({TIME}),
    "visits.start_talk": frozenset({EXISTENCE, PLACE}),
    "visits.receipts": frozenset({EXISTENCE}),
    "visits.receipts_file": NOTHING,
    "calendar.front": NOTHING,
    "calendar.renew": NOTHING,
    "calendar.stop": NOTHING,
    "groups.front": frozenset({EXISTENCE, TIME}),
    "groups.group": frozenset({EXISTENCE}),
    "groups.place": frozenset({EXISTENCE, PLACE, TIME, CONTACT, TEXT}),
    "groups.leave": frozenset({EXISTENCE}),
    "groups.entry": frozenset({TIME}),
    "readiness.front": frozenset({EXISTENCE, PLACE}),
    "readiness.child": frozenset({EXISTENCE, PLACE}),
    "readiness.document": frozenset({EXISTENCE, PLACE, TEXT}),
    "readiness.version": frozenset({EXISTENCE, PLACE, TEXT}),
    "readiness.pdf": frozenset({EXISTENCE, PLACE, TEXT}),
    "readiness.comment": frozenset({EXISTENCE, TEXT}),
    "readiness.delete_comment": frozenset({EXISTENCE, TEXT}),
    "readiness.correction": frozenset({EXISTENCE}),
    "readiness.consents": frozenset({EXISTENCE}),
    "readiness.receipts": frozenset({EXISTENCE}),
    "readiness.receipts_file": NOTHING,
    "contact.front": frozenset({EXISTENCE}),
    "contact.choose": frozenset({EXISTENCE, PLACE}),
    "contact.begin": frozenset({EXISTENCE, PLACE}),
    "contact.letter": frozenset({EXISTENCE, PLACE, TEXT}),
    "contact.file": frozenset({TEXT}),
    "contact.share": NOTHING,
}
"""Every page for a signed-in parent, and the facets of a child's life that it shows to one who may see them all."""

START_TALK = {"visits.start_talk", "visits.receipts", "visits.receipts_file"}
ONLY_WHO_DECIDES = {endpoint for endpoint in SHOWS if endpoint.startswith(("places.", "visits.", "groups."))} - {
    "places.front",
    "places.new",
    "places.case",
    "visits.front",
    "visits.home",
    *START_TALK,
    "groups.front",
    "groups.group",
}
"""Pages of drafts, offers, appointments, decisions and places in groups: for all others they do not exist."""

OF_A_CHILD_NEAR = {"groups.group"}
"""There for every adult who may come to a group with a child."""

OF_ITS_WRITER = {"contact.letter", "contact.file", "contact.share"}
"""There for who has written the letter alone, while it is not shared."""

OF_ITS_TIMES = {"way.child", "way.file"}
"""There for every adult who may know of the child's times."""
