"""What a consent's receipt says was read is what was read: other words, in any language, are another version."""

import hashlib
from collections.abc import Sequence

import pytest
from jinja2 import nodes

from parentsite.foundation.i18n import LANGUAGES
from parentsite.groups.service import sharing
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service import allowing
from parentsite.readiness.service.facts import purpose_of
from parentsite.visits.service import passing_on
from tests.house_rules.templates import tree

PASSING_ON = "visits/_passing_on_text.html"
PHONE = {
    "groups/_phone.html": (
        "Yes, the members may also see my phone number: %(phone)s",
        "You need not tick it. You can stop sharing the number at any time.",
    ),
    "groups/joined.html": (
        "The members do not see your number. If you say yes, they see %(phone)s until you stop it, or leave the group.",
        "Yes, let the members see my number",
    ),
}
SCHOOL_START = ("readiness/_consent_terms.html", "readiness/consent_words.html")
"""One text for all the questions: what is read before them, and the questions themselves."""
DIGESTS = {
    ("visits.passing_on", 1): "37561bd8637ca13b4816f87357a28a441fc7d56b0d51e683832d9e906c6422e2",
    ("groups.phone", 1): "e19fb8da6424bd6c0450e8aadbf159babe122a019efbd41d966585c948836a0c",
    ("readiness", 1): "bcc822b2ccf59893016ea71e1de7b053745d7a866a018f7e3533384ce3a98689",
}
"""What each version of a text says in every language. A new version gets a row; an old row is history."""


def said_in(template: str) -> Sequence[str]:
    """The messages of a template, in its order."""
    return [
        call.args[0].value
        for call in tree(template).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and isinstance(call.args[0], nodes.Const)
    ]


TEXTS = {
    (passing_on.TEXT, passing_on.VERSION): said_in(PASSING_ON),
    (sharing.TEXT, sharing.VERSION): [message for told in PHONE.values() for message in told],
    ("readiness", allowing.VERSION): [message for template in SCHOOL_START for message in said_in(template)],
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_says_something_else_has_a_new_version(text: tuple[str, int]) -> None:
    said = [language.gettext(message) for language in LANGUAGES.values() for message in TEXTS[text]]
    assert hashlib.sha256("\n".join(said).encode()).hexdigest() == DIGESTS[text]


@pytest.mark.parametrize("template", PHONE)
def test_the_words_beside_a_tick_are_those_of_its_version(template: str) -> None:
    assert set(PHONE[template]) <= set(said_in(template))


def test_every_question_at_school_start_is_asked_in_the_words_of_the_version() -> None:
    purposes = {purpose_of(kind, allowed) for kind in DocumentKind for allowed in Allowed}
    assert {purpose.partition(".")[0] for purpose in purposes} == {"readiness"}
    asked = [message for message in said_in("readiness/consent_words.html") if "%(receiver)s" in message]
    assert len(set(asked)) == len(purposes)
