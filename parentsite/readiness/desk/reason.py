"""What is asked before a document is opened."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from parentsite.foundation.web.forms import Form
from parentsite.readiness.rules.vocabulary import Reason


class ReasonForm(Form):
    """Why a document is opened."""

    formaal = SelectField("", choices=[reason.value for reason in Reason], validators=[InputRequired()])

    @property
    def reason(self) -> Reason | None:
        """The reason that was chosen; none when it is still to be asked for."""
        return Reason(self.formaal.data) if self.validate() else None
