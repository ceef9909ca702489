"""Whose the forms of the desk are; and those of its front door: they search and prove, and change nothing."""

from tests.house_rules.form import Form

ROLES = {
    "/desk/besog": "health_visitor",
    "/desk/grupper": "group_organiser",
    "/desk/skolestart": "pedagogue",
    "/desk/log": "dpo",
}
"""Whose forms these are, by how their paths begin; else they are the placement office's."""
DESK = {
    "desk_search.search": Form("/desk/find", {"q": "Asta Lund"}, frozenset({"q"}), done=200, again=200),
    "desk_log.child": Form("/desk/log/barn", {"q": "Asta Lund"}, frozenset({"q"}), done=200, again=200),
    "desk_log.prove": Form("/desk/log/kaede", at="/desk/log"),
}
