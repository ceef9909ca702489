"""A file in a form, and a file as a download: taken only when it can be kept, and given so that no browser runs it."""

from typing import Any

from flask import Response, request
from flask_babel import lazy_gettext as _l
from wtforms import FileField
from wtforms.validators import StopValidation

from parentsite.foundation.files import CleanFile, TooLargeFile, UnknownKind, Unreadable, cleaned
from parentsite.foundation.web.saved import ALONE, to_save

_NONE = _l("Choose the file.")
_SAYS = {
    TooLargeFile: _l("The file is too large. It may hold 10 MB at most."),
    UnknownKind: _l("We can take a PDF, or a picture as JPEG or PNG. Choose such a file."),
    Unreadable: _l("We could not open the picture. Take it again, or choose another file."),
}


class AttachmentField(FileField):  # type: ignore[misc]
    """A file that must be there, or may; `data` is what may be kept of it. A browser never sends it again by itself."""

    data: CleanFile | None
    process_errors: list[str]

    def __init__(self, *arguments: Any, optional: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.optional = optional

    def process(self, *arguments: Any, **options: Any) -> None:
        """Whatever the form was filled in with: the file is the one of this request."""
        self.process_errors, self.raw_data, self.data = [], None, None

    def pre_validate(self, form: Any) -> None:
        """Read it, and keep what may be kept of it."""
        sent = request.files.get(self.name)
        content = sent.read() if sent else b""
        if not content and self.optional:
            return
        if not content:
            raise StopValidation(str(_NONE))
        try:
            self.data = cleaned(content)
        except (TooLargeFile, UnknownKind, Unreadable) as error:
            raise StopValidation(str(_SAYS[type(error)])) from error


def download(file: CleanFile, name: str) -> Response:
    """The file, under a name of ours without its ending: to be kept by whoever asked, shown by no page."""
    return to_save(file.content, file.kind.media_type, f"{name}.{file.kind}", ALONE)
