"""Whom a parent can turn to: the town's services, who may contact them, and numbers to call for help."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from parentsite.town.facts import Address, Fact, Phone, Text, WeekHours

EMERGENCY = "112"


class Access(StrEnum):
    """Who may use a service or an offer of it."""

    ANYONE = "anyone"
    ANONYMOUS = "anonymous"
    PARENTS = "parents"
    THROUGH_DAYCARE = "through_daycare"
    REFERRAL = "referral"


class ServiceCode(StrEnum):
    """The services that pages look for by what they do; a town may lack some, never the placement office."""

    PLACEMENT_OFFICE = "placement_office"
    HEALTH_VISITORS = "health_visitors"
    FAMILY_HOUSE = "family_house"
    SOCIAL_WORKERS = "social_workers"
    PSYCHOLOGY = "psychology"
    FAMILY_TEAM = "family_team"
    DISABILITY_TEAM = "disability_team"
    CITIZEN_SERVICE = "citizen_service"
    DAYCARE_CENTRE = "daycare_centre"


class Contact(StrEnum):
    """What a page must say that nobody has told about a service."""

    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class ServiceOffer:
    """One of the things a service offers, what it is, and who may use it."""

    name: Text = field(hash=False)
    access: Access
    text: Text | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictContact(Fact):
    """Where a service that has somebody in each district is reached in one of them."""

    district: str
    phone: Phone
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Fact):
    """A team or office of the town, never a named person; a contact that nobody gave is absent.

    `checked_on` is the day somebody at the town last called its number; `contacts` are those of single districts.
    """

    code: ServiceCode
    name: Text = field(hash=False)
    text: Text = field(hash=False)
    access: Access
    per_district: bool = False
    contacts: tuple[DistrictContact, ...] = ()
    phone: Phone | None = None
    checked_on: date | None = None
    mail: str | None = None
    address: Address | None = None
    hours: WeekHours | None = None
    url: str | None = None
    offers: tuple[ServiceOffer, ...] = ()

    def contact_in(self, district: str) -> DistrictContact | None:
        """Where it is reached in a district, if somebody has told."""
        return next((contact for contact in self.contacts if contact.district == district), None)

    @property
    def unknown(self) -> tuple[Contact, ...]:
        """The contacts that are to be said to be unknown."""
        known = {
            Contact.PHONE: self.phone,
            Contact.MAIL: self.mail,
            Contact.ADDRESS: self.address,
            Contact.HOURS: self.hours,
        }
        return tuple(contact for contact, value in known.items() if value is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNumber(Fact):
    """A number to call for help; `checked_on` is the day somebody at the town last called it."""

    phone: Phone
    name: Text = field(hash=False)
    text: Text = field(hash=False)
    checked_on: date | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the number may stand without the words "not yet checked"; 112 always may."""
        return self.checked_on is not None or self.phone.digits == EMERGENCY
