"""What a consent's receipt says was read is what was read: other words are another version."""

import hashlib

from jinja2 import nodes

from parentsite.foundation.i18n import LANGUAGES
from parentsite.visits.service.passing_on import VERSION
from tests.house_rules.templates import tree

DIGESTS = {1: "37561bd8637ca13b4816f87357a28a441fc7d56b0d51e683832d9e906c6422e2"}
"""What each version of the text says in every language."""


def test_a_text_that_says_something_else_has_a_new_version() -> None:
    """A receipt names the version that was read: words that change under it would make it say what nobody read."""
    messages = [
        call.args[0].value
        for call in tree("visits/_passing_on_text.html").find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "_"
    ]
    said = [language.gettext(message) for language in LANGUAGES.values() for message in messages]
    assert hashlib.sha256("\n".join(said).encode()).hexdigest() == DIGESTS[VERSION]
