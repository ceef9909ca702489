"""A page as a PDF that a screen reader can read (PDF/UA-1): tagged, with languages, headings and fonts of its own.

Typst sets it: a wheel that needs no library of the system's, refuses whatever PDF/UA-1 does not allow, and writes the
same bytes for the same words. It runs in a child process: it keeps what it has set in memory for a while, and a site's
process should hold neither that nor its 50 MB; a process can also be ended when it takes too long. One description
takes 0.2 s of a processor, most of it to begin.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from parentsite.foundation.markup import read_markup
from parentsite.foundation.resources import PAPER

CONTENT_TYPE = "application/pdf"
MOST_CHARACTERS = 600_000
"""Of HTML: some 200 pages."""
MOST_SECONDS = 60.0
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1"}
"""Nothing of the site's own: its keys are no business of the child's. One thread sets a page as fast as many, and takes
as much memory on a machine of any size.
"""
_TYPESETTING = Path(__file__).with_name("typesetting.py")


class NoPdf(Exception):
    """The page could not be set; what was to be set is not told, since this is logged."""


def pdf(html: str) -> bytes:
    """The PDF of a page written in the few elements that `markup` knows. Raises `ValueError` for others, `NoPdf`."""
    if len(html) > MOST_CHARACTERS:
        raise NoPdf(f"{len(html)} characters are too many")
    document = json.dumps(asdict(read_markup(html))).encode()
    command = [sys.executable, "-I", str(_TYPESETTING), str(PAPER)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=document, capture_output=True, timeout=MOST_SECONDS, env=_ENVIRONMENT, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoPdf("it took too long") from None
    if done.returncode:
        raise NoPdf(f"the typesetter ended with {done.returncode}")
    return done.stdout
