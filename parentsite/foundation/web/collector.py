"""The garbage collector of a worker process: what is made once is left alone, and what each page leaves behind is
looked through seldom.

Pages make few cycles and many short-lived objects. Python's own pace costs next to nothing on a parent's page (0.1 % of
its time), and 5 % on a long list at the desk.
"""

import gc

from parentsite.foundation.web.zones import WSGIApp

NEW_OBJECTS = 50_000


def collected_seldom(app: WSGIApp) -> WSGIApp:
    """The app as a worker process serves it; called once in each, when everything has been made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 20)
    return app
