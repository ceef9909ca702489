"""How the site is registered with one OpenID provider."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parentsite.people.signin.assurance import LEVELS, level_of


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """What the provider calls the facts we ask for. `scopes`: our word to the provider's claim."""

    cpr: str = "cpr"
    given_name: str = "given_name"
    family_name: str = "family_name"
    roles: str = "roles"
    email: str = "email"
    assurance: str = "acr"
    scopes: Mapping[str, str] = field(default_factory=lambda: {"institution": "institution"})

    @property
    def wanted(self) -> frozenset[str]:
        """The claims that are asked of userinfo when the identity token lacks them."""
        return frozenset({self.cpr, self.given_name, self.family_name, self.roles, *self.scopes.values()})


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """One registration. `issuer` is written exactly as the provider writes it, trailing slash included.

    `minimum_assurance` is an NSIS level (`low`, `substantial`, `high`) or a URI ending so (else ValueError).
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_url: str
    minimum_assurance: str | None = None
    scope: str = "openid profile"
    claims: ClaimNames = ClaimNames()

    def __post_init__(self) -> None:
        if self.minimum_assurance is not None and level_of(self.minimum_assurance) is None:
            raise ValueError(f"minimum_assurance is none of {', '.join(LEVELS)}: {self.minimum_assurance!r}")
