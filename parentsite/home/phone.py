"""Telephone numbers as people type them: with blanks, dashes and brackets, in Latin or Arabic digits."""

import re
import unicodedata

DANISH = 8
"""Digits of a Danish number."""
_MARKS = re.compile(r"[\s().\-‐‑–/]")
_TRUNK = re.compile(r"^(\+.*)\(0\)")
_FOREIGN = re.compile(r"\+[1-9]\d{6,14}")
"""Country code and number, 15 digits at most (ITU-T E.164)."""


def possible_number(typed: str) -> str | None:
    """The number as it can be rung up: Danish without a country code, in pairs; any other with "+" and its code.

    None when it can be no number.
    """
    latin = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in typed)
    digits = re.sub(r"^00", "+", _MARKS.sub("", _TRUNK.sub(r"\1", latin.replace("＋", "+"))))
    national = digits.removeprefix("+45")
    if re.fullmatch(rf"[1-9]\d{{{DANISH - 1}}}", national):
        return " ".join(national[at : at + 2] for at in range(0, DANISH, 2))
    return digits if _FOREIGN.fullmatch(digits) and national == digits else None
