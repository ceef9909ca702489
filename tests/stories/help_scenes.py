"""The pages of help that can be found without signing in."""

from tests.stories.kinds import public

HELP = (
    public("help", "help.directory", "/{lang}/hjaelp"),
    public("family-house", "help.family_house", "/{lang}/familiehuset"),
)
