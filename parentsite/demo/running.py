"""`parentsite demo`: the whole site on one machine, with a provider and families to sign in as."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from parentsite.demo.clients import Audience, DemoClient
from parentsite.demo.provider import create_provider
from parentsite.demo.serve import server
from parentsite.demo.settings import DemoProvider
from parentsite.foundation.settings import Mode, Provider, Settings, SettingsError
from parentsite.foundation.web.zones import Zone


@dataclass(frozen=True)
class DemoSite:
    """Where the parts of a demo are: the site at `port`, the provider at the next port."""

    data: Path
    port: int

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    def begun_on(self, today: date) -> date:
        """The day this demo was first run: on it the families are as old as the file says, and then they age."""
        path = self.data / "begun"
        if not path.exists():
            path.write_text(today.isoformat(), encoding="ascii")
        return date.fromisoformat(path.read_text(encoding="ascii"))

    def environment(self) -> Mapping[str, str]:
        """The settings of every process of the demo."""
        return {
            **os.environ,
            "PARENTSITE_MODE": Mode.DEMO.value,
            "PARENTSITE_DATA": str(self.data),
            "PARENTSITE_BASE_URL": self.base_url,
            "PARENTSITE_PARENTS_ISSUER": self.issuer,
            "PARENTSITE_STAFF_ISSUER": self.issuer,
        }


def provider_for(settings: Settings) -> DemoProvider:
    """The demo provider that the settings point to; production has none."""
    if settings.is_production:
        raise SettingsError(("The demo provider does not run in production.",))
    return DemoProvider(
        issuer_url=settings.parents_provider.issuer,
        clients=(
            _client(settings, settings.parents_provider, Audience.PARENTS, Zone.MIT),
            _client(settings, settings.staff_provider, Audience.STAFF, Zone.DESK),
        ),
        data_dir=settings.data,
        clock=settings.clock,
    )


def run_provider(settings: Settings) -> None:
    """Serve the provider until told to stop."""
    provider = provider_for(settings)
    port = int(provider.issuer_url.rpartition(":")[2])
    server(create_provider(provider), "127.0.0.1", port).serve_forever()


def run_processes(site: DemoSite) -> int:
    """Start provider, worker and site, and end them all together, also when one ends by itself. Returns the exit
    status.
    """
    commands = (("provider",), ("worker",), ("serve", "--port", str(site.port)))
    environment = site.environment()
    running = [
        subprocess.Popen([sys.executable, "-m", "parentsite", *command], env=environment)  # noqa: S603
        for command in commands
    ]
    _print_addresses(site)

    told: list[int] = []

    def stop(number: int, frame: object) -> None:
        told.append(number)
        for process in running:
            process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    ended = [] if told else [name for (name, *_), one in zip(commands, running, strict=True) if one.poll() is not None]
    stop(signal.SIGTERM, None)
    for process in running:
        process.wait()
    if ended:
        click.echo(f"The demo stops, because its {ended[0]} has ended.", err=True)
    return 1 if ended else 0


def _client(settings: Settings, provider: Provider, audience: Audience, zone: Zone) -> DemoClient:
    own = f"{settings.base_url}/{zone.value}"
    return DemoClient(
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        audience=audience,
        redirect_url=f"{own}/retur",
        signed_out_urls=frozenset({f"{own}/farvel"}),
    )


def _print_addresses(site: DemoSite) -> None:
    click.echo(
        "\n".join(
            (
                "",
                f"  For parents:      {site.base_url}/",
                f"  Signed in:        {site.base_url}/mit/   (sign in as Mette Lund, or Layla Haddad in Arabic)",
                f"  For staff:        {site.base_url}/desk/  (sign in as Karin Mølgaard, placement office,",
                "                    Susanne Elkjær, health visitor, Peter Stald, pedagogue, Lone Vad, social worker,",
                "                    Henrik Torp, family team, Mona Sejr, disability team, or Jette Bro, counsellor,",
                "                    who answers anonymous conversations)",
                f"  Without a name:   {site.base_url}/samtale/da/",
                f"  Letters sent:     {site.base_url}/desk/udbakke",
                f"  Data:             {site.data}",
                "  Stop with Ctrl-C.",
                "",
            )
        )
    )
