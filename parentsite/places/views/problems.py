"""What stands in the way of an application: at which step it is mended, and in which words it is said."""

from flask_babel import lazy_gettext as _l

from parentsite.places.service.errors import Problem

STEP_OF = {
    Problem.NO_CARE: "places.care",
    Problem.WRONG_AGE: "places.wanted",
    Problem.NO_DATE: "places.wanted",
    Problem.BEFORE_RIGHT: "places.wanted",
    Problem.IN_PAST: "places.wanted",
    Problem.AFTER_SCHOOL_START: "places.wanted",
    Problem.NO_WISH: "places.wishes",
    Problem.WISH_NOT_OPEN: "places.wishes",
    Problem.FAMILY_NOT_ASKED: "places.family",
    Problem.APPLIED_ALREADY: "places.care",
}
SAID = {
    Problem.NO_CARE: _l("Choose what kind of place you want."),
    Problem.WRONG_AGE: _l(
        "On the day you want, your child has another age than the place is for. Change the day or the kind of place."
    ),
    Problem.NO_DATE: _l("Write the day you need the place from."),
    Problem.BEFORE_RIGHT: _l("The day you want is before your child has a right to a place. Choose a later day."),
    Problem.IN_PAST: _l("The day you want is past. Choose today or a later day."),
    Problem.AFTER_SCHOOL_START: _l(
        "On the day you want, your child has already started school. Choose an earlier day."
    ),
    Problem.NO_WISH: _l("Choose at least one house, or childminding."),
    Problem.WISH_NOT_OPEN: _l("One of your wishes can no longer be wished for. Remove it, or choose another."),
    Problem.FAMILY_NOT_ASKED: _l("Answer the questions about your family."),
    Problem.APPLIED_ALREADY: _l(
        "There is already an application for this child and this age. Look at that one, or withdraw it first."
    ),
}
