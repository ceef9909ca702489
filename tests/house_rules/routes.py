"""The route table of the whole site, each route with what it takes to ask for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from werkzeug.routing import Map, Rule

from parentsite.app import create_desk, create_parents, create_samtale
from parentsite.foundation.web.access import Policy, policy_of
from parentsite.foundation.web.application import Application, Parts
from parentsite.foundation.web.transactions import SAFE_METHODS
from parentsite.foundation.web.zones import Zone, zone_of
from parentsite.readiness.rules.vocabulary import DocumentKind
from tests.sites import Site

NOBODYS = UUID(int=1)
FILLED_IN = {
    "lang": "da",
    "code": "intet-hus",
    "kind": DocumentKind.DESCRIPTION,
    "number": 1,
    "ages": "0-2",
    "visit": "barsel",
    "stop": "right",
}


@dataclass(frozen=True)
class Route:
    """One rule of one app."""

    app: Application
    rule: Rule

    @property
    def zone(self) -> Zone:
        return zone_of(self.rule.rule)

    @property
    def policy(self) -> Policy | None:
        return policy_of(self.app.view_functions[self.rule.endpoint])

    @property
    def methods(self) -> frozenset[str]:
        return frozenset(self.rule.methods or ())

    @property
    def is_unsafe(self) -> bool:
        return bool(self.methods - SAFE_METHODS)

    @property
    def path(self) -> str:
        """An address that fits, of something that does not exist."""
        return self.with_values({})

    def with_values(self, values: Mapping[str, object]) -> str:
        """An address that fits; what `values` does not name is of nobody."""
        filled = {name: values.get(name, FILLED_IN.get(name, NOBODYS)) for name in self.rule.arguments}
        bound = Map([self.rule.empty()], converters=self.app.url_map.converters).bind("")
        return bound.build(self.rule.endpoint, filled).partition("?")[0]

    def __str__(self) -> str:
        return f"{self.rule.endpoint} {self.rule.rule} {'/'.join(sorted(self.methods - {'HEAD', 'OPTIONS'}))}"


def routes_of(site: Site) -> list[Route]:
    """Every route of the three apps."""
    parts = Parts(site.settings, site.database, site.clock)
    apps = (create_parents(parts), create_samtale(parts), create_desk(parts))
    return [Route(app, rule) for app in apps for rule in _rules(app)]


def _rules(app: Application) -> Iterator[Rule]:
    return app.url_map.iter_rules()
