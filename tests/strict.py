"""A client that is strict with the site: it reads every answer as a browser would, and no page gets past it that
breaks a law.

The habit is GOV.UK Notify's: quality enforced once, on every page of every test. The laws stand in `page_laws` and
`header_laws`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from werkzeug.datastructures import MultiDict
from werkzeug.test import Client as WerkzeugClient
from werkzeug.test import TestResponse

from parentsite.foundation.settings import Settings
from parentsite.foundation.web.zones import WSGIApp, Zone
from tests.forms import fill_in
from tests.header_laws import broken_header_laws
from tests.page_laws import Sheet, broken_laws, words

REDIRECTS = range(300, 400)
Fields = str | list[str] | None


@dataclass(frozen=True)
class Page:
    """One answer of the site."""

    response: TestResponse
    sheet: Sheet

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def headers(self) -> Any:
        return self.response.headers

    @property
    def path(self) -> str:
        """The path that answered, with its query."""
        request = self.response.request
        query = request.query_string.decode()
        return f"{request.path}?{query}" if query else request.path

    @property
    def location(self) -> str:
        """Where a redirect leads: a path of the site, or a whole URL elsewhere."""
        target = self.headers.get("Location") or self.headers.get("HX-Redirect", "")
        own = urlsplit(target).netloc in {"", urlsplit(self.response.request.url).netloc}
        return target[len(self.response.request.host_url) - 1 :] if own and urlsplit(target).netloc else target

    @property
    def h1(self) -> str:
        return words(self.sheet.all("//h1")[0])

    @property
    def text(self) -> str:
        """What can be read in the main part (or the fragment), white space made one."""
        (part,) = self.sheet.all("//main") or self.sheet.all("//body")
        return words(part)

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        return [words(item) for item in self.sheet.all("//*[contains(@class, 'error-summary')]//li")]

    def all(self, xpath: str) -> list[Any]:
        """The elements or texts at an XPath."""
        return self.sheet.all(xpath)

    def texts(self, xpath: str) -> list[str]:
        """The words of the elements at an XPath."""
        return [words(element) for element in self.all(xpath)]

    def links(self) -> list[str]:
        """Where the page leads, once each."""
        return list(dict.fromkeys(self.all("//a/@href")))


class Client:
    """A browser without script (or, with `htmx=True`, one whose htmx asks), and with the laws of the house in hand."""

    def __init__(self, site: WSGIApp, settings: Settings, accept_language: str = "da") -> None:
        self._settings = settings
        self._client = WerkzeugClient(site)
        self._accept_language = accept_language

    def get(
        self,
        path: str,
        *,
        status: int | Collection[int] = 200,
        htmx: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Ask for a page; anything but `status` is a failure."""
        return self._ask("GET", path, status=status, htmx=htmx, headers=headers)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | MultiDict[str, str] | None = None,
        *,
        status: int | Collection[int] = 303,
        htmx: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Send fields as they are, from our own origin but with no token except one in `data`.

        Two who press at once may get one of several answers (`status`).
        """
        own = {"Origin": self._settings.base_url, "Sec-Fetch-Site": "same-origin"}
        return self._ask("POST", path, status=status, htmx=htmx, headers={**own, **(headers or {})}, data=data or {})

    def submit(
        self,
        page: Page,
        *,
        action: str | None = None,
        press: str | None = None,
        value: str | None = None,
        status: int | None = None,
        htmx: bool = False,
        forged: Mapping[str, str] | None = None,
        **fields: Fields,
    ) -> Page:
        """Fill in a form of the page and send it, as a person would.

        The form is the one with `action`, or the only one in `main` that has the button. `press` and `value` are name
        and value of the button (the first one otherwise). A field that is not in the form cannot be filled in, nor a
        choice that is not offered chosen; `forged` adds what no person could send.
        """
        filled = fill_in(page.sheet, page.path, fields, action=action, press=press, value=value, htmx=htmx)
        data = MultiDict(filled.pairs)
        data.update(forged or {})
        if filled.method == "get":
            query = urlencode(list(data.items(multi=True)))
            return self.get(f"{_without_query(filled.action)}?{query}", status=status or 200, htmx=htmx)
        expected = status or (200 if htmx else 303)
        return self.post(filled.action, data, status=expected, htmx=htmx)

    def follow(self, page: Page, *, status: int = 200) -> Page:
        """Go where an answer leads."""
        assert page.location, f"{page.path} leads nowhere ({page.status})"
        return self.get(page.location, status=status)

    def set_cookie(self, zone: Zone, token: str) -> None:
        """Put a zone's cookie into the browser."""
        self._client.set_cookie(zone.value, token, domain=self._host, path=f"/{zone.value}")

    def cookie(self, zone: Zone) -> str | None:
        """The zone's cookie, if the browser has it."""
        found = self._client.get_cookie(zone.value, domain=self._host, path=f"/{zone.value}")
        return found.value if found else None

    @property
    def _host(self) -> str:
        return str(urlsplit(self._settings.base_url).hostname)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        status: int | Collection[int],
        htmx: bool,
        headers: Mapping[str, str] | None,
        **arguments: Any,
    ) -> Page:
        sent = {"Accept-Language": self._accept_language, **({"HX-Request": "true"} if htmx else {}), **(headers or {})}
        url = urlsplit(urljoin(f"{self._settings.base_url}/", path))
        response = self._client.open(
            url.path,
            query_string=url.query,
            method=method,
            headers=sent,
            base_url=self._settings.base_url,
            **arguments,
        )
        page = Page(response, Sheet(response.request.path, _html(response)))
        assert page.status in ({status} if isinstance(status, int) else status), (
            f"{method} {path} answered {page.status}, not {status}: {page.location or _told(page)}"
        )
        if broken := self._broken_laws(page, htmx=htmx):
            raise AssertionError(f"{method} {path} breaks the law:\n  " + "\n  ".join(broken))
        return page

    def _broken_laws(self, page: Page, *, htmx: bool) -> list[str]:
        issuers = {Zone.MIT: self._settings.parents_provider.issuer, Zone.DESK: self._settings.staff_provider.issuer}
        found = list(broken_header_laws(page.response, issuers, https=self._settings.is_secure))
        if page.sheet.text:
            found += broken_laws(page.sheet)
            answers_htmx = not page.sheet.is_page or bool(page.all("//script[contains(@src, 'htmx')]"))
            if answers_htmx and "HX-Request" not in page.headers.get("Vary", ""):
                found.append(f"the page and its fragment share an address, but Vary is {page.headers.get('Vary')}")
            if not htmx and not page.sheet.is_page:
                found.append("a fragment for a browser that asked for a page")
        return found


def _html(response: TestResponse) -> str:
    """The HTML to be read; a redirect's few words are read by nobody."""
    if response.status_code in REDIRECTS or response.mimetype != "text/html":
        return ""
    return response.get_data(as_text=True)


def _told(page: Page) -> str:
    return f"{page.errors or page.text[:300]}" if page.sheet.text else ""


def _without_query(url: str) -> str:
    return url.partition("?")[0]
