"""What is left of a company's name when it is compared (W15): without the legal form, brackets, blanks and full width, in simplified
characters. What stands in brackets stays: a company's branch of another city is another company. Pure."""

import re
import unicodedata

from crm_objects.duplicates.simplified import simplified

# Longest first. In the middle too: «…有限公司上海分公司» is a branch, and differs by what follows.
_FORMS = ("股份有限责任公司", "股份有限公司", "有限责任公司", "股份公司", "有限公司")
_WORDS = frozenset(
    ("co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc", "plc", "gmbh", "ag", "sa", "bv", "pte", "pty")
)  # fmt: skip
# Several names in one field, as former names are: a comma too, since what is left of «Co., Ltd» alone is nothing.
_PARTED = re.compile(r"[;；,，、|/\n]")


def bare_names(text: str) -> list[str]:
    """The name as a whole, and each of several."""
    parts = _PARTED.split(text)
    found = [_bare(text), *(_bare(part) for part in parts if len(parts) > 1)]
    return [one for one in dict.fromkeys(found) if len(one) > 1]


def _bare(text: str) -> str:
    """Empty where nothing but a legal form is there."""
    plain = simplified(unicodedata.normalize("NFKC", text).casefold())
    # «Co.» and «L.L.C.» are words; a full stop does not part them.
    words = re.sub(r"[^\w\s]|_", " ", plain.replace(".", "")).split()
    while words and words[-1] in _WORDS:
        words.pop()
    bare = "".join(words)
    for form in _FORMS:
        bare = bare.replace(form, "")
    return bare
