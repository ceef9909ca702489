"""A list to keep, as a file that opens in a spreadsheet and is nothing but text there."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO

from flask import Response

from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.web.saved import to_save

BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads the Danish and Arabic letters of a file as other letters."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def spreadsheet(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """The download, under a name of ours without its ending."""
    written = StringIO()
    # Semicolons: Excel in Danish takes a comma for a decimal sign.
    lines = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL)
    lines.writerow(heads)
    lines.writerows([_harmless(cell) for cell in row] for row in rows)
    return to_save(BYTE_ORDER_MARK + written.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def cell_of(moment: datetime) -> str:
    """A moment in Danish time, as a cell that sorts."""
    return moment.astimezone(COPENHAGEN).strftime("%Y-%m-%d %H:%M")


def _harmless(cell: str) -> str:
    """The text as a spreadsheet shows it, never as it would reckon it out."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
