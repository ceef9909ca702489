"""An answer that a browser saves as a file instead of showing it, under a name of ours that tells of nobody."""

from flask import Response, make_response

ALONE = "default-src 'none'; sandbox"
"""The policy of a file that, opened after all, can reach nothing and run nothing."""


def to_save(content: bytes | str, content_type: str, name: str, policy: str | None = None) -> Response:
    """The file; `policy` takes the place of the site's own."""
    response = make_response(content)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if policy is not None:
        response.headers["Content-Security-Policy"] = policy
    return response
