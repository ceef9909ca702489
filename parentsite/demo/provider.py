"""A real OpenID provider for the demo, in the place where NemLog-in stands in production.

It checks what a real one checks, but never asks who somebody is: a page of invented people to choose from
takes the place of MitID. One process serves it, as codes and tokens lie in memory.
"""

from typing import Any

from flask import Blueprint, Flask, Response, jsonify

from parentsite.demo.accounts import Accounts
from parentsite.demo.clients import AUTH_METHODS, SCOPES
from parentsite.demo.fictional import fictional_register
from parentsite.demo.keys import ALGORITHM
from parentsite.demo.oauth import DemoServer
from parentsite.demo.pages import EXTENSION, here, pages, protect
from parentsite.demo.settings import DemoProvider
from parentsite.demo.state import ProviderState
from parentsite.foundation.clock import local_date
from parentsite.foundation.resources import TEMPLATES

protocol = Blueprint("protocol", __name__)


def create_provider(provider: DemoProvider) -> Flask:
    """The provider as a WSGI application; `RegisterError` when the people file is wrong or not fictional."""
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 16 * 1024
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    register = fictional_register(provider.people_file, local_date(provider.clock.now()))
    app.extensions[EXTENSION] = DemoServer(ProviderState(provider, Accounts(register)))
    app.register_blueprint(protocol)
    app.register_blueprint(pages)
    app.after_request(protect)
    return app


@protocol.get("/.well-known/openid-configuration")
def discovery() -> Response:
    issuer = here().state.issuer
    return jsonify(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/end-session",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": list(AUTH_METHODS),
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "acr_values_supported": ["substantial"],
            "ui_locales_supported": ["da", "en"],
            "claims_supported": ["sub", "given_name", "family_name", "cpr", "roles", "institution"],
        }
    )


@protocol.get("/jwks")
def jwks() -> Response:
    return jsonify(here().state.public_keys.as_dict())


@protocol.post("/token")
def token() -> Any:
    return here().create_token_response()


@protocol.route("/userinfo", methods=["GET", "POST"])
def userinfo() -> Any:
    return here().create_endpoint_response("userinfo")
