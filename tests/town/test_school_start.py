"""What a pack says of school start: who receives a child, what daycare writes about, and how consents end."""

from datetime import date
from pathlib import Path

import pytest

from parentsite.town.documents import DocumentKind
from parentsite.town.pack.parse import parse_pack
from parentsite.town.pack.problems import PackError
from parentsite.town.schools import ReceiverKind
from parentsite.town.town import Town

PACK = (Path(__file__).parent / "packs" / "lilleby.toml").read_text(encoding="utf-8")
LILLEBY = parse_pack(PACK)


def test_every_district_has_its_school_and_no_after_school_care_is_invented(town: Town) -> None:
    schools = {one.district: one.name for one in town.receivers if one.kind is ReceiverKind.SCHOOL}
    assert schools == {district.code: district.school for district in town.districts}
    assert [one for one in town.receivers if one.kind is ReceiverKind.AFTER_SCHOOL] == []


def test_the_six_themes_of_the_learning_plan_are_the_areas_of_both_documents(town: Town) -> None:
    assert len(town.areas) == 6
    assert {area.source.code for area in town.areas} == {"law-8"}
    for kind in DocumentKind:
        assert town.template_for(kind, date(2026, 11, 22)).areas == tuple(area.code for area in town.areas)


def test_a_document_keeps_the_template_of_the_day_on_which_it_was_begun() -> None:
    days = (date(2019, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    told = [LILLEBY.template_for(DocumentKind.DESCRIPTION, day).code for day in days]
    assert told == ["areas-2020", "areas-2020", "areas-2026"]
    assert LILLEBY.template_for(DocumentKind.ASSESSMENT, days[0]).code == "closer-look"
    newest = LILLEBY.document_template("areas-2026")
    assert newest
    assert newest.areas == ("run", "sing")
    assert LILLEBY.document_template("areas-2027") is None


def test_schools_and_the_after_school_care_that_belongs_to_one() -> None:
    told = [(one.kind.value, one.code, one.district, one.school) for one in LILLEBY.receivers]
    assert told == [
        ("school", "aagaard-skole", "nord", None),
        ("school", "friskolen", None, None),
        ("after_school", "ugleklubben", None, "aagaard-skole"),
    ]
    assert LILLEBY.receiver(ReceiverKind.SCHOOL, "ugleklubben") is None
    assert LILLEBY.receiver(ReceiverKind.AFTER_SCHOOL, "ugleklubben") is LILLEBY.receivers[2]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('Skole"\ndistrict = "nord"', 'Skole"\ndistrict = "vest"', "schools.aagaard-skole.district"),
        ('name = "Ågård Skole"', 'name = "Skolen"', "schools.aagaard-skole.name"),
        ('school = "aagaard-skole"', 'school = "syd"', "after_school.ugleklubben.school"),
        ("[schools.friskolen]", "[schools.nord]", "schools.nord"),
        ('areas = ["run", "sing"]', 'areas = ["run", "run"]', "document_templates.areas-2026.areas"),
        ('areas = ["run", "sing"]', 'areas = ["fly"]', "document_templates.areas-2026.areas"),
        ('areas = ["run", "sing"]', "areas = []", "document_templates.areas-2026.areas"),
        ("valid_from = 2020-01-01\nareas", "valid_from = 2026-01-01\nareas", "document_templates"),
        ('kind = "assessment"', 'kind = "description"', "document_templates"),
        ("age = 6, month = 8", "age = 6, month = 13", "settings.school_start.value.month"),
        ("consent_days = { value = 200", "consent_days = { value = 0", "settings.consent_days.value"),
    ],
)
def test_a_slip_is_told_where_it_stands(old: str, new: str, path: str) -> None:
    assert PACK.count(old) == 1
    with pytest.raises(PackError) as caught:
        parse_pack(PACK.replace(old, new))
    assert path in {problem.path for problem in caught.value.problems}
