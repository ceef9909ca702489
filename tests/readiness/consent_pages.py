"""The page of consents as a parent uses it: two who hold custody, the child's description published."""

from parentsite.consent.rules import Answer
from parentsite.readiness.rules.gate import may_open
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.facts import receiver_asks
from tests.readiness.scene import DESCRIPTION, SCHOOL, Scene, published, scene, staff
from tests.readiness.test_service_receiving import HERE, READING
from tests.sites import Site
from tests.strict import Client, Page


def new_family(site: Site, holders: int = 2) -> Scene:
    """A family whose daycare has published the description."""
    with site.work() as now:
        of = scene(now, holders)
        published(now, of)
        return of


def path(of: Scene, more: str = "", language: str = "en") -> str:
    """The page of the child's consents, or one below it."""
    return f"/mit/{language}/skolestart/{of.child}/samtykke{more}"


def press(
    parent: Client, of: Scene, said: Answer, switch: Switch = READING, *, page: Page | None = None, htmx: bool = False
) -> Page:
    """Answer one question on the page."""
    found = page or parent.get(path(of))
    action = path(of, "/tilbage") if said is Answer.WITHDRAWN else path(of)
    here = f"//section[@id='_switch-{switch.key}']//form[@action='{action}']"
    (form,) = found.all(here)
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    if said is not Answer.WITHDRAWN:
        assert form.xpath(f".//button[@name='answer'][@value='{said}']")
        data["answer"] = said.value
    return parent.post(action, data, status=200 if htmx else 303, htmx=htmx)


def told(page: Page, switch: Switch = READING) -> str:
    """What stands in the box of one question."""
    return page.texts(f"//section[@id='_switch-{switch.key}']")[0]


def is_read(site: Site, of: Scene) -> bool:
    """Whether the school may open the child's description."""
    with site.look() as now:
        return may_open(receiver_asks(staff(now, "school", SCHOOL), of.child, DESCRIPTION, HERE))
