"""What the demo provider knows while it runs."""

from datetime import datetime

from parentsite.demo.accounts import Account, Accounts
from parentsite.demo.clients import DemoClient
from parentsite.demo.keys import public_keys, signing_key
from parentsite.demo.settings import DemoProvider
from parentsite.demo.vault import AccessToken, Code, Vault


class ProviderState:
    """Clients, accounts, codes, tokens and key of one provider."""

    def __init__(self, provider: DemoProvider, accounts: Accounts) -> None:
        self.issuer = provider.issuer_url
        self.accounts = accounts
        self.clients = {client.client_id: client for client in provider.clients}
        self.vault = Vault()
        self.key = signing_key(provider.data_dir)
        self.public_keys = public_keys(self.key)
        self._clock = provider.clock

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def account_of(self, held: Code | AccessToken) -> Account | None:
        """The account a code or token was given for, if its client may sign it in."""
        client = self.clients.get(held.client_id)
        return self.accounts.find(held.account, client.audience) if client else None

    def client_of(self, held: AccessToken) -> DemoClient:
        return self.clients[held.client_id]
