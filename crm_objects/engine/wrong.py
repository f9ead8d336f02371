"""A value that a field refuses: a code for the client's sentence. `gathered` makes one refusal of all of them."""

from collections.abc import Mapping
from typing import Any

from server.kit.problems import FieldError, Invalid


class Wrong(Exception):
    """`code` as in docs/records.md «Acts»; `params` are the values that the sentence names."""

    def __init__(self, code: str, detail: str, **params: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.params = params


MOST = 50


def gathered(wrong: Mapping[str, Wrong]) -> Invalid:
    """Field → what is wrong with it, as one problem that names them all (the first `MOST`: a client may send thousands)."""
    errors = tuple(
        FieldError(f"fields.{name}", one.code, one.detail, one.params)
        for name, one in list(wrong.items())[:MOST]
    )
    return Invalid(errors[0].detail, errors=errors)
