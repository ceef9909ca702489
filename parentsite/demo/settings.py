"""What the demo provider is told when it starts."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from parentsite.demo.clients import DemoClient
from parentsite.foundation.clock import Clock

FAMILIES = Path(__file__).with_name("families.toml")


@dataclass(frozen=True, slots=True)
class DemoProvider:
    """`issuer_url` is scheme, host and port, nothing behind (else ValueError); `clock` is the site's."""

    issuer_url: str
    clients: tuple[DemoClient, ...]
    data_dir: Path
    clock: Clock
    people_file: Path = FAMILIES

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
            raise ValueError(f"not the URL of a demo provider: {self.issuer_url!r}")
