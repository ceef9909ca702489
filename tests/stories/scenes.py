"""Every kind of page the site has, with what must have happened for it to be shown.

The cast are people of its own, signed in beside the provider (the true way in is walked in the stories).
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from parentsite.consent.rules import Answer
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.database import new_id
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people import calendars
from parentsite.people.models import ChildOrigin, RelationKind
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import answers, cases, drafts, withdrawing
from parentsite.places.service.drafts import Family
from parentsite.visits.service import passing_on
from tests import builders
from tests.builders import Pair
from tests.house_rules.visited import home_visits
from tests.people.reads import READINGS, read, read_all
from tests.stories.conversation_scenes import CONVERSATION, talkers
from tests.stories.counsellor_scenes import COUNSELLORS_DESK, counsellors
from tests.stories.door_scenes import FRONT_DOOR
from tests.stories.group_desk_scenes import GROUPS_DESK, organisers
from tests.stories.group_scenes import GROUPS, members
from tests.stories.help_scenes import HELP
from tests.stories.kinds import LONG_NAME, SEND, Scene, desk, mit, public
from tests.stories.letter_scenes import LETTERS, LETTERS_DESK, correspondents
from tests.stories.readiness_consent_scenes import CONSENTS, CONSENTS_DESK, consenting, house
from tests.stories.readiness_desk_scenes import READINESS_DESK, writers
from tests.stories.readiness_scenes import READINESS, starting
from tests.stories.running import Keyholder, RunningSite
from tests.stories.school_scenes import SCHOOL_DESK, schools
from tests.stories.visit_scenes import VISITS, VISITS_DESK
from tests.visits.scene import visits_of

HOUSES = ("valhalla-i-skoven", "nord-og-sydpolen-med-isbjerget", "dagplejen")
TOLD = Family(
    sibling_facility="globen", special_need=True, hours=37, home_languages="العربية, dansk", interpreter="العربية"
)
PUBLIC = (
    public("front", "home.front", "/{lang}/"),
    public("accessibility", "home.accessibility", "/{lang}/tilgaengelighed"),
    public("privacy", "home.privacy", "/{lang}/privatliv"),
    public("guide", "places_public.guide", "/{lang}/plads"),
    public("guide-in-time", "places_public.guide", "/{lang}/plads?birth=2026-01-05"),
    public("guide-late", "places_public.guide", "/{lang}/plads?birth=2025-09-20"),
    public("guide-unborn", "places_public.guide", "/{lang}/plads?birth=2026-05-20"),
    public("guide-grown-up", "places_public.guide", "/{lang}/plads?birth=1990-01-05"),
    public("guide-refused", "places_public.guide", "/{lang}/plads?birth=", 422),
    public("houses", "places_public.houses", "/{lang}/bornehuse"),
    public("houses-none", "places_public.houses", "/{lang}/bornehuse?q=qqq"),
    public("house", "places_public.house", "/{lang}/bornehuse/soendergaarden-og-junibakken"),
    public("house-childminding", "places_public.house", "/{lang}/bornehuse/dagplejen"),
    public("house-planned", "places_public.house", "/{lang}/bornehuse/kildedal"),
    public("way", "way.front", "/{lang}/barnets-vej"),
    public("way-unborn", "way.front", "/{lang}/barnets-vej?birth=2026-05-20"),
    public("way-late", "way.front", "/{lang}/barnets-vej?birth=2023-09-20"),
    public("way-refused", "way.front", "/{lang}/barnets-vej?birth=1990-01-05", 422),
    public("not-found", "", "/{lang}/findes-ikke", 404),
    public("visits", "visits_public.guide", "/{lang}/sundhedsplejen"),
    public("visits-dates", "visits_public.guide", "/{lang}/sundhedsplejen?birth=2026-01-05"),
    public("visits-refused", "visits_public.guide", "/{lang}/sundhedsplejen?birth=", 422),
    *HELP,
    *CONVERSATION,
    public("samtale-not-found", "", "/samtale/{lang}/findes-ikke", 404),
)
DRAFT, BARE = "plads/{draft}/", "plads/{bare}/"
MIT = (
    mit("mine", "mine.front", ""),
    mit("mine-empty", "mine.front", "", "nobody"),
    mit("way", "way.child", "vej/{baby}", "family"),
    mit("way-unborn", "way.child", "vej/{unread}"),
    mit("declare", "mine.declare", "barn"),
    mit("declare-refused", "mine.declare", "barn", press=SEND, status=422),
    mit("contact", "mine.contact", "kontakt"),
    mit("contact-refused", "mine.contact", "kontakt", fill=(("#email", "nowhere"),), press=SEND, status=422),
    mit("calendar", "calendar.front", "kalender", "nobody"),
    mit("calendar-kept", "calendar.front", "kalender", "family"),
    mit("calendar-renew", "calendar.renew", "kalender/ny", "family"),
    mit("calendar-made", "calendar.front", "kalender/ny", press=SEND),
    mit("calendar-stop", "calendar.stop", "kalender/stop", "family"),
    mit("looked", "looked.front", "hvem-har-set", "rich"),
    mit("looked-empty", "looked.front", "hvem-har-set", "nobody"),
    mit("looked-child", "looked.child", "hvem-har-set/{baby}", "family"),
    mit("looked-child-none", "looked.child", "hvem-har-set/{unread}"),
    mit("cases", "places.front", "plads"),
    mit("cases-empty", "places.front", "plads", "nobody"),
    mit("step1", "places.new", "plads/ny"),
    mit("step1-refused", "places.new", "plads/ny", press=SEND, status=422),
    mit("step1-no-child", "places.new", "plads/ny", "nobody"),
    mit("step1-again", "places.care", DRAFT + "barn"),
    mit("step2", "places.wanted", DRAFT + "dato"),
    mit("step2-refused", "places.wanted", DRAFT + "dato", fill=(("#wanted", "2020-01-01"),), press=SEND, status=422),
    mit("step3", "places.wishes", DRAFT + "onsker"),
    mit("step3-refused", "places.wishes", BARE + "onsker", press="button[name=next]", status=422),
    mit("step4", "places.family", DRAFT + "familien"),
    mit("step4-refused", "places.family", BARE + "familien", press=SEND, status=422),
    mit("step5", "places.check", DRAFT + "tjek"),
    mit("step5-unfinished", "places.check", BARE + "tjek"),
    mit("throw-away", "places.throw_away", DRAFT + "slet"),
    mit("receipt", "places.receipt", "plads/{waiting}/kvittering", "waiter"),
    mit("case-waiting", "places.case", "plads/{waiting}", "waiter"),
    mit("case-sent", "places.case", "plads/{sent}", "sender"),
    mit("case-offered", "places.case", "plads/{offered}"),
    mit("case-accepted", "places.case", "plads/{accepted}", "yes"),
    mit("case-withdrawn", "places.case", "plads/{withdrawn}", "quitter"),
    mit("case-hidden", "places.case", "plads/{hidden}", "apart"),
    mit("withdraw", "places.withdraw", "plads/{offered}/traek-tilbage"),
    mit("offer", "places.offer", "plads/tilbud/{offer}"),
    mit("offer-accepted", "places.offer", "plads/tilbud/{offer_yes}", "yes"),
    mit("offer-declined", "places.offer", "plads/tilbud/{offer_no}", "no"),
    mit("offer-expired", "places.offer", "plads/tilbud/{offer_late}", "late"),
    *VISITS,
    *GROUPS,
    *READINESS,
    *CONSENTS,
    *LETTERS,
    mit("not-found", "", "plads/{nothing}", status=404),
    Scene("mit-again", "signin.again", "/mit/igen?til=/mit/{lang}/plads"),
    Scene("mit-goodbye", "signin.goodbye", "/mit/farvel"),
    Scene("mit-sign-in-refused", "signin.finish", "/mit/retur?error=access_denied", status=403),
)
LINE = "plads/huse/valhalla-i-skoven/0-2"
DESK = (
    desk("front", "desk.front", ""),
    *FRONT_DOOR,
    desk("front-no-pages", "desk.front", "", "helper"),
    desk("applications", "places_desk.applications", "plads"),
    desk("applications-waiting", "places_desk.applications", "plads?state=waiting"),
    desk("applications-none", "places_desk.applications", "plads?state=closed"),
    desk("case-new", "places_desk.case", "plads/sag/{sent}"),
    desk("case-offered", "places_desk.case", "plads/sag/{offered}"),
    desk("houses", "places_desk.houses", "plads/huse"),
    desk("line", "places_desk.line", LINE),
    desk("line-refused", "places_desk.line", LINE, press="main form .button", status=422),
    desk("line-empty", "places_desk.line", "plads/huse/troldebo/3+"),
    desk("vacancy", "places_desk.vacancy", "plads/ledig/{vacancy}"),
    desk("vacancy-refused", "places_desk.vacancy", "plads/ledig/{vacancy}", press="#others button", status=422),
    desk("vacancy-offered", "places_desk.vacancy", "plads/ledig/{taken}"),
    desk("forbidden", "places_desk.houses", "plads/huse", "visitor", status=403),
    desk("not-found", "", "plads/sag/{nothing}", status=404),
    *VISITS_DESK,
    *GROUPS_DESK,
    *SCHOOL_DESK,
    *READINESS_DESK,
    *CONSENTS_DESK,
    *LETTERS_DESK,
    *COUNSELLORS_DESK,
    desk("again", "signin.again", "igen", ""),
    desk("goodbye", "signin.goodbye", "farvel", ""),
    desk("sign-in-refused", "signin.finish", "retur?error=access_denied", "", status=403),
)
SCENES = (*PUBLIC, *MIT, *DESK)


@dataclass
class Cast:
    """Who plays, and what stands on the stage."""

    people: dict[str, Actor | Token | Keyholder] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def path(self, scene: Scene, language: str) -> str:
        return scene.path.format(lang=language, **self.ids, **self.names)


def assemble(town: RunningSite) -> Cast:
    """Bring the cast on the stage: every state a case can be in."""
    cast = Cast(ids={"nothing": new_id()}, people=dict(talkers(town)))
    readers_of_letters, cast.ids["colleague"], cast.names = counsellors(town)
    cast.people |= readers_of_letters
    with town.work() as work:
        _staff(cast, work)
        _one_case_each(cast, work)
        _a_rich_life(cast, work)
        _a_hidden_case(cast, work)
        _visits(cast, work)
        makers = {
            "member": members,
            "organiser": organisers,
            "starting": starting,
            "pedagogue": writers,
            "consenting": consenting,
            "house": house,
        }
        for who, makes in makers.items():
            cast.people[who], found = makes(work)
            cast.ids |= found
        readers, described = schools(work)
        writers_of_letters, letters = correspondents(work)
        cast.people |= readers | writers_of_letters
        cast.ids |= described | letters
        cast.people["nobody"] = _parent(builders.person(work))
        cast.ids["vacancy"] = builders.vacancy(work, HOUSES[0], starts_on=work.today + timedelta(days=200))
    return cast


def _parent(person: UUID) -> Actor:
    return Actor(ActorKind.PARENT, person)


def _staff(cast: Cast, work: Work) -> None:
    cast.people["clerk"] = Actor(ActorKind.STAFF, builders.clerk(work), frozenset({"placement"}))
    cast.people["helper"] = Actor(ActorKind.STAFF, builders.clerk(work), frozenset({"counsellor"}))
    cast.people["retired"] = Actor(ActorKind.STAFF, builders.clerk(work), frozenset({"pedagogue"}))
    stage = home_visits(work)
    cast.ids |= {name: found for name, found in stage.items() if isinstance(found, UUID)}
    cast.people["officer"] = Actor(ActorKind.STAFF, builders.clerk(work), frozenset({"dpo"}))
    cast.people["visitor"] = Actor(ActorKind.STAFF, cast.ids["visitor"], frozenset({"health_visitor"}))


def _one_case_each(cast: Cast, work: Work) -> None:
    """Sent, read, answered with Yes and No, expired, withdrawn."""
    for who in ("sender", "waiter", "yes", "no", "late", "quitter"):
        pair = builders.family(work, district="skovvejen")
        cast.people[who] = _parent(pair.parent)
        case = builders.sent(work, pair, wishes=HOUSES, about=TOLD, confirmed=who != "sender")
        if who == "quitter":
            now = builders.as_parent(work, pair.parent)
            withdrawing.withdraw(now, pair.parent, case, cases.case_for(now, pair.parent, case).revision)
        elif who in {"yes", "no", "late"}:
            offer = builders.offer(work, case, facility=HOUSES[0])
            cast.ids[f"offer_{who}"] = offer
            if who == "late":
                answers.expire_due(replace(work, now=work.now + timedelta(days=30)))
            else:
                builders.answered(work, pair.parent, offer, yes=who == "yes")
        cast.ids[{"sender": "sent", "waiter": "waiting", "yes": "accepted", "quitter": "withdrawn"}.get(who, who)] = (
            case
        )


def _a_rich_life(cast: Cast, work: Work) -> None:
    """One parent with much to do: an offer, two drafts, a child in line, a child to come; and a long name."""
    parent = builders.person(work)
    cast.people["rich"] = _parent(parent)
    _a_calendar(work, parent)
    pairs = [
        Pair(parent, builders.child(work, name=name, district="skovvejen")) for name in (LONG_NAME, "Bo", "Ida", "Vera")
    ]
    builders.lives_with(work, parent, *(pair.child for pair in pairs))
    expected = builders.child(work, due=date(2026, 5, 20), name=None, origin=ChildOrigin.DECLARED)
    builders.relate(work, parent, expected, RelationKind.DECLARER)
    cast.ids["unread"] = expected
    cast.ids["offered"] = builders.sent(work, pairs[0], wishes=HOUSES, confirmed=True)
    # Made some weeks ahead, so that no other test's move of the clock lets it expire.
    ahead = replace(work, now=work.now + timedelta(days=21))
    cast.ids["offer"] = builders.offer(ahead, cast.ids["offered"], facility=HOUSES[0])
    cast.ids["draft"] = builders.draft(work, pairs[1], wishes=HOUSES, about=TOLD)
    cast.ids["bare"] = drafts.start(builders.as_parent(work, parent), parent, pairs[2].child, Care.NURSERY)
    builders.sent(work, pairs[3], wishes=HOUSES[1:], confirmed=True)
    cast.ids["taken"] = answers.offer_for(builders.as_parent(work, parent), parent, cast.ids["offer"]).vacancy_id


def _a_calendar(work: Work, parent: UUID) -> None:
    """An address that its parent has seen."""
    calendars.make(work, parent, shows_place=True)
    own = calendars.own_address(work, parent)
    assert own
    calendars.mark_shown(work, own.id)


def _visits(cast: Cast, work: Work) -> None:
    """A child of three weeks, with home visits in every state."""
    parent = builders.person(work, district="baltorp")
    cast.people["family"] = _parent(parent)
    _a_calendar(work, parent)
    visits = visits_of(work, parent, name=LONG_NAME)
    for said in (Answer.NO, Answer.YES):
        passing_on.answer(builders.as_parent(work, parent), parent, visits.child, "globen", said, "da")
    read_all(work, visits.child, parent)
    read(work, READINGS[0], (visits.child, visits.child), at="soendergaarden-og-junibakken")
    cast.ids |= {"baby": visits.child, "agreed": visits.agreed, "proposed": visits.proposed, "held": visits.held}


def _a_hidden_case(cast: Cast, work: Work) -> None:
    """A parent with custody whom a protected child does not live with sees that there is a case, no more."""
    pair = Pair(builders.person(work, address_protected=True), builders.child(work, address_protected=True))
    builders.lives_with(work, pair.parent, pair.child)
    apart = builders.person(work)
    builders.relate(work, apart, pair.child, RelationKind.CUSTODY)
    cast.people["apart"] = _parent(apart)
    cast.ids["hidden"] = builders.sent(work, pair, wishes=HOUSES)
