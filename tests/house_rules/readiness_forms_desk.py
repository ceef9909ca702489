"""The forms of those who write about children before school."""

from tests.house_rules.form import Form

SCHOOL_START = "/desk/skolestart"
DRAFT, WHOLE, REQUEST = (
    f"{SCHOOL_START}/{path}" for path in ("kladde/{in_draft}", "kladde/{whole}", "rettelse/{asked_correction}")
)
READINESS_DESK = {
    "readiness_desk.begin": Form(
        f"{SCHOOL_START}/{{described}}/beskrivelse/begynd", at=f"{SCHOOL_START}/{{described}}"
    ),
    "readiness_desk.area": Form(
        f"{DRAFT}/social-udvikling",
        {"text": "Han har to gode venner.", "revision": "1"},
        frozenset({"revision"}),
        roomy=frozenset({"text"}),
    ),
    "readiness_desk.readiness": Form(f"{DRAFT}/skoleparat", {"answer": "in_doubt"}, frozenset({"answer"})),
    "readiness_desk.publish": Form(f"{WHOLE}/udgiv", {"revision": "{whole_revision}"}, frozenset({"revision"})),
    "readiness_desk.discard": Form(f"{DRAFT}/slet", again=404),
    "readiness_desk.correction": Form(
        REQUEST, {"why": "Det ser vi hver dag."}, frozenset({"why"}), roomy=frozenset({"why"})
    ),
    "readiness_desk.corrected": Form(f"{REQUEST}/rettet", at=REQUEST),
}
