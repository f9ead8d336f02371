"""Values in the form in which they are compared. Pure. Another form is another `VERSION`: the keys are filled anew then."""

import re
import unicodedata
from collections.abc import Callable

from crm_objects.duplicates.company_names import bare_names

VERSION = "1"
LEAST_DIGITS = 7
_EXTENSION = re.compile(r"(?:ext|x|转)\.? ?([0-9]+)$", re.IGNORECASE)


def code(text: str) -> list[str]:
    """Of a register or a document: letters and digits alone."""
    bare = "".join(char for char in unicodedata.normalize("NFKC", text).upper() if char.isalnum())
    return [bare] if bare else []


def account(text: str) -> list[str]:
    """A name that somebody goes by in a program or in mail: no blanks, lower case."""
    bare = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return [bare] if bare else []


def phone(text: str) -> list[str]:
    """With its country: a number without one is the mainland's, whose leading 0 is dialled only at home. What is shorter than a whole
    number is nobody's own."""
    plain = unicodedata.normalize("NFKC", text).strip()
    extension = _EXTENSION.search(plain)
    number = plain[: extension.start()] if extension else plain
    digits = re.sub(r"[^0-9]", "", number)
    if number.startswith(("+", "00")):
        digits = digits.removeprefix("00")
    elif not (digits.startswith("86") and len(digits) > 11):
        digits = "86" + digits.removeprefix("0")
    if digits.startswith("86"):
        digits = "86" + digits[2:].removeprefix("0")
    if len(digits.removeprefix("86")) < LEAST_DIGITS:
        return []
    return [digits + (f"x{extension[1]}" if extension else "")]


FORMS: dict[str, Callable[[str], list[str]]] = {
    "account": account,
    "code": code,
    "company": bare_names,
    "phone": phone,
}
