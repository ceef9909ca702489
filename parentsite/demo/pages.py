"""What a person sees of the demo provider: the people to choose from, a refusal, and the end of a sign-in."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from authlib.oauth2 import OAuth2Error
from flask import Blueprint, Response, current_app, redirect, request, send_from_directory
from joserfc import jwt
from joserfc.errors import JoseError
from werkzeug.wrappers import Response as AnyResponse

from parentsite.demo.clients import DemoClient
from parentsite.demo.keys import ALGORITHM
from parentsite.demo.oauth import DemoServer
from parentsite.foundation.resources import TEMPLATES

EXTENSION = "demo_provider"
pages = Blueprint("pages", __name__)


def here() -> DemoServer:
    """The server of the application that answers the present request."""
    server = current_app.extensions[EXTENSION]
    assert isinstance(server, DemoServer)
    return server


@pages.route("/authorize", methods=["GET", "POST"])
def authorize() -> Any:
    """Show whom one can be (GET), and send the browser back with a code for the person chosen (POST)."""
    server = here()
    try:
        grant = server.get_consent_grant()
    except OAuth2Error as error:
        return _refusal(server, error)
    client: DemoClient = grant.client
    if request.method == "GET":
        groups = server.state.accounts.groups(client.audience)
        return _page("choose", 200, client, groups=groups, audience=client.audience.value)
    account = server.state.accounts.find(request.form.get("person", ""), client.audience)
    if account is None and "cancel" not in request.form:
        return _page("refused", 400, client, detail="unknown person")
    return server.create_authorization_response(grant=grant, grant_user=account)


@pages.route("/end-session", methods=["GET", "POST"])
def end_session() -> AnyResponse:
    """Send on to where the client said; nothing else ends here, as the provider keeps nobody signed in."""
    server = here()
    hint = request.values.get("id_token_hint")
    audience = _audience_of(server, hint) if hint else None
    client = server.state.clients.get(request.values.get("client_id") or audience or "")
    if hint and (audience is None or client is None or client.client_id != audience):
        return _page("refused", 400, None, detail="id_token_hint")
    target = request.values.get("post_logout_redirect_uri", "")
    if client is None or target not in client.signed_out_urls:
        return _page("signed_out", 200, None)
    state = request.values.get("state")
    query = f"{'&' if '?' in target else '?'}{urlencode({'state': state})}" if state else ""
    return redirect(target + query, 303)


@pages.get("/demo.css")
def style() -> Response:
    return send_from_directory(TEMPLATES / "demo", "demo.css", max_age=3600)


@pages.app_errorhandler(ValueError)
def unreadable(_: ValueError) -> Response:
    """Parameters with characters that OAuth forbids; Authlib stumbles when its own error repeats them."""
    return _page("refused", 400, None, detail="malformed request")


def protect(response: Response) -> Response:
    """Headers of every answer. A page that sends on to a client has set its own policy already."""
    response.headers.setdefault("Content-Security-Policy", _policy(None))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _policy(client: DemoClient | None) -> str:
    """Chrome holds the redirect after a form to `form-action` too, so the client's origin is named there."""
    back = urlsplit(client.redirect_url) if client else None
    targets = f"'self' {back.scheme}://{back.netloc}" if back else "'self'"
    rest = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"
    return f"{rest}; form-action {targets}"


def _page(name: str, status: int, client: DemoClient | None, **values: object) -> Response:
    html = current_app.jinja_env.get_template(f"demo/{name}.html").render(**values)
    return Response(html, status, {"Content-Security-Policy": _policy(client)}, content_type="text/html; charset=utf-8")


def _refusal(server: DemoServer, error: Any) -> Any:
    """Back to the client if it is known and its URL is right; else a page, as nobody else may hear of it."""
    if not error.redirect_uri:
        return _page("refused", 400, None, detail=f"{error.error}: {error.description}")
    response = server.handle_error_response(None, error)
    server.named_issuer.add_issuer_parameter(server, response)
    return response


def _audience_of(server: DemoServer, id_token: str) -> str | None:
    """Whom a token of ours was made for, however old it is; none when it is not ours."""
    try:
        claims = jwt.decode(id_token, server.state.public_keys, [ALGORITHM]).claims
    except (JoseError, ValueError):
        return None
    return str(claims["aud"]) if claims.get("iss") == server.state.issuer else None
