"""Why the content of a file is not taken. The code is translated by the client."""

from server.kit.problems import Invalid, invalid

SENTENCES = {
    "empty": "The file is empty.",
    "wrong_kind": "Files of this kind are not taken. Pictures, videos, sound, PDF, Office documents, text and zip are.",
    "markup": "Web pages and drawings with scripts are not taken. Put them into a zip file.",
    "damaged": "The file is damaged or cut off.",
    "archive_bomb": "The archive would unpack to more than anybody can use.",
    "macros": "Office documents with macros are not taken.",
    "too_many_pixels": "The picture has too many pixels.",
    "too_large": "The picture takes too many bytes.",
    "no_preview": "There is no preview of files of this kind. Download it.",
    "long_document": "The document is too large for a preview. Download it.",
    "encrypted": "The document opens with a password only. Download it.",
}


class Refused(Exception):
    """Raised while looking at content; `as_problem` is what the uploader hears."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def as_problem(self) -> Invalid:
        return invalid("file", self.code, SENTENCES[self.code])
