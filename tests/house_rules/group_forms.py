"""The forms of those who run groups."""

from tests.house_rules.form import Form

GROUP = "/desk/grupper/{busy}"
HOURS = {"day": "2026-03-26", "begins": "10:30", "ends": "12:15", "address": "Biblioteket"}
SERIES = {**HOURS, "every": "fortnightly", "times": "3"}
GROUPS_DESK = {
    "groups_desk.create": Form(
        "/desk/grupper/ny/moedregruppe",
        {
            **SERIES,
            "district": "baltorp",
            "born_from": "2026-01-01",
            "born_until": "2026-02-01",
            "capacity": "7",
            "languages": "ar",
            "once": "{once}",
        },
        frozenset({"day", "begins", "ends", "every", "times", "capacity", "born_from", "once"}),
        {"once": 400},
    ),
    "groups_desk.add": Form(
        f"{GROUP}/moeder",
        {**SERIES, "once": "{once}"},
        frozenset({"day", "begins", "ends", "every", "times", "once"}),
        {"once": 400},
    ),
    "groups_desk.move": Form(f"{GROUP}/moede/{{planned}}/flyt", HOURS, frozenset({"day", "begins", "ends"})),
    "groups_desk.cancel_meeting": Form(f"{GROUP}/moede/{{planned}}/aflys"),
    "groups_desk.places": Form(f"{GROUP}/pladser", {"capacity": "9"}, frozenset({"capacity"})),
    "groups_desk.take_out": Form(f"{GROUP}/medlem/{{seated}}/ud"),
    "groups_desk.invite": Form(f"{GROUP}/inviter"),
    "groups_desk.write": Form(
        f"{GROUP}/besked", {"body": "Vi ses.", "once": "{once}"}, frozenset({"body", "once"}), {"once": 400}
    ),
    "groups_desk.close": Form(f"{GROUP}/luk"),
    "groups_desk.reopen": Form("/desk/grupper/{closed}/aabn", at="/desk/grupper/{closed}"),
    "groups_desk.cancel": Form(f"{GROUP}/nedlaeg"),
}
