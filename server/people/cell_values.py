"""What people type into a staff list, made comparable: names, numbers, addresses, paths. Pure; called by `drafts`.

The sign-in looks a person up by the same `sign_in_key`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

MAX_NAME: Final = 100
MAX_TITLE: Final = 100
MAX_STAFF_NUMBER: Final = 40
MAX_EMAIL: Final = 254
MAX_LEVELS: Final = 8
MAX_DEPARTMENT_NAME: Final = 60
MAX_DEPARTMENTS: Final = 20

DepartmentPath = tuple[str, ...]

# Blanks of every width, and the invisible characters that copying from a web page or a chat leaves behind.
_OUTER = (
    " \t\n\r\v\f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u180e\u200b\u200c\u200d\u2060"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
# They turn the text around them, so that a name could show as another.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})

# What people write into a cell that they leave empty.
_NOTHING = frozenset({"无", "暂无", "没有", "-", "--", "—", "——", "/", "\\", "n/a", "none", "null", "nil"})

_PHONE_NOISE = str.maketrans("", "", " \t-‐‑‒–—()\u00a0\u3000\u200b\u202d\u202c")
_USUAL_MOBILE = re.compile(r"1[0-9]{10}")
_MOBILE = re.compile(r"(?:\+?86)?(1[0-9]{10})")
_ABROAD = re.compile(r"\+[1-9][0-9]{5,14}")
_SHORTENED = re.compile(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}")

_EMAIL_USER = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}")
_EMAIL_LABEL = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?")

_YES = frozenset({"是", "y", "yes", "true", "1", "√", "✓", "✔", "对"})
_NO = frozenset({"否", "n", "no", "false", "0", "×", "✗", "不是", "非"})
_OUTSIDERS = (
    "外部 外部人员 外部联系人 外包 外包人员 顾问 外聘 外部顾问 external outsider contractor consultant guest"
)
_EMPLOYEES = (
    "员工 内部 内部员工 正式 正式员工 在职 全职 全职员工 试用 试用期 试用员工 实习 实习生 兼职 兼职员工 合同工 劳务派遣 退休返聘 employee "
    "staff internal member permanent regular fulltime parttime probation intern trainee"
)
_KINDS: Final = dict.fromkeys(_OUTSIDERS.split(), "external") | dict.fromkeys(_EMPLOYEES.split(), "employee")

_DEPARTMENTS = re.compile(r"[;；\n]")
_LEVELS = re.compile(r"[/／>]")
_SPACE_BETWEEN_HAN = re.compile(
    r"(?<=[\u2e80-\u9fff\U00020000-\U0003ffff]) (?=[\u2e80-\u9fff\U00020000-\U0003ffff])"
)


def tidy(text: str) -> str:
    """Without blanks and invisible characters around it; otherwise verbatim."""
    return text.strip(_OUTER)


def optional(text: str) -> str:
    """A cell that may be empty: `-`, `无` and the like mean that it is."""
    text = tidy(text)
    return "" if text.lower() in _NOTHING else text


def is_storable(text: str) -> bool:
    """No control characters, line breaks, unpaired surrogates, or characters that turn the text around."""
    if text.isprintable():
        return True
    return not any(char in _TURNING or unicodedata.category(char) in _FORBIDDEN for char in text)


def staff_number(text: str) -> str:
    """The usual width, so that the number typed at sign-in finds the one in the list."""
    return tidy(unicodedata.normalize("NFKC", text))


def is_shortened(text: str) -> bool:
    """`1.38E+10`: what a spreadsheet program leaves of a long number when it saves CSV. The rest is lost."""
    return _SHORTENED.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def phone(text: str) -> str | None:
    """A Chinese mobile number as 11 digits, any other as `+` and 6 to 15 digits; None when it is neither."""
    if _USUAL_MOBILE.fullmatch(text):
        return text
    number = unicodedata.normalize("NFKC", text).translate(_PHONE_NOISE)
    if number.startswith("00"):
        number = "+" + number[2:]
    if mobile := _MOBILE.fullmatch(number):
        return mobile[1]
    return number if _ABROAD.fullmatch(number) else None


def email(text: str) -> str | None:
    """In lower case; None when it is not plausibly an address."""
    address = tidy(unicodedata.normalize("NFKC", text)).lower()
    user, at, domain = address.rpartition("@")
    labels = domain.split(".")
    plausible = (
        at
        and len(address) <= MAX_EMAIL
        and _EMAIL_USER.fullmatch(user)
        and not user.startswith(".")
        and len(labels) > 1
        and all(_EMAIL_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
        and is_storable(address)
    )
    return address if plausible else None


def sign_in_key(text: str) -> str:
    """What must be unique among phones, staff numbers and e-mails taken together (W31)."""
    number = phone(text)
    return number if number is not None else tidy(unicodedata.normalize("NFKC", text)).lower()


def name_key(text: str) -> str:
    """What makes two names the same when a manager is looked up: `张　伟` is `张伟`, case and width do not count."""
    plain = " ".join(unicodedata.normalize("NFKC", tidy(text)).lower().split())
    return _SPACE_BETWEEN_HAN.sub("", plain)


@lru_cache(maxsize=4096)
def department_key(name: str) -> str:
    """What makes two departments under one parent the same."""
    return unicodedata.normalize("NFKC", tidy(name)).lower()


def department_paths(text: str) -> list[DepartmentPath]:
    """`华东/销售一部；总部` → two paths, the main one first. An empty name stands for an empty level (`华东//一部`)."""
    paths: dict[tuple[str, ...], DepartmentPath] = {}
    for one in _DEPARTMENTS.split(text):
        levels = [tidy(level) for level in _LEVELS.split(tidy(one))]
        while levels and not levels[0]:
            levels.pop(0)
        while levels and not levels[-1]:
            levels.pop()
        if levels:
            paths.setdefault(tuple(map(department_key, levels)), tuple(levels))
    return list(paths.values())


def yes_or_no(text: str) -> bool | None:
    """是 or 否 in the ways in which lists write it; None when it is something else."""
    plain = unicodedata.normalize("NFKC", tidy(text)).lower()
    return True if plain in _YES else False if plain in _NO else None


def kind(text: str) -> str | None:
    """`employee` or `external`; None when the word is not known."""
    plain = unicodedata.normalize("NFKC", tidy(text)).lower()
    return _KINDS.get(re.sub(r"[\s\-_]", "", plain))


def heads(text: str) -> bool | list[bool] | list[DepartmentPath]:
    """是 or 否; one of these for each of the row's departments (`是；否`); or the departments that the person heads."""
    parts = [part for part in _DEPARTMENTS.split(text) if tidy(part)]
    said = [yes_or_no(part) for part in parts]
    if len(parts) == 1 and said[0] is not None:
        return said[0]
    if parts and all(one is not None for one in said):
        return [bool(one) for one in said]
    return department_paths(text)
