"""How a name sounds and is abbreviated, for finding and sorting people: 张伟 is `zhangwei`, and `zw`. Pure."""

import unicodedata
from functools import lru_cache
from typing import Final

MAX_PINYIN: Final = 400
MAX_INITIALS: Final = 200
_MOST_BEGINNINGS = 8

# Surnames that are read otherwise than the character usually is. The reading without tones, one per character.
SURNAMES: Final[dict[str, str]] = {
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu",
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge", "覃": "qin",
    "翟": "zhai", "缪": "miao", "乐": "yue", "宓": "fu", "洗": "xian", "员": "yun", "种": "chong", "秘": "bi", "繁": "po",
    "折": "she", "黑": "he", "隗": "wei", "召": "shao", "句": "gou", "牟": "mu", "能": "nai", "佴": "nai", "郇": "xun",
    "阚": "kan", "卜": "bu", "乜": "nie", "祭": "zhai", "薄": "bo",
}  # fmt: skip


@lru_cache(maxsize=4096)
def sound_of(name: str) -> tuple[str, str]:
    """(pinyin, initials) in lower-case ASCII where the name allows it, never empty.

    The pinyin is the whole reading, then the same from its second syllable on, its third …, parted by blanks, so that
    `wei` and `zhangw` are both beginnings of a word in it; the usual reading of an unusual surname follows.
    """
    plain = " ".join(unicodedata.normalize("NFKC", name).lower().split())
    usual = _syllables(plain)
    known = _known_surname(plain)
    first = [*known, *usual[len(known) :]] if known else usual
    words = _beginnings(first)
    letters = ["".join(syllable[0] for syllable in first)]
    if first != usual:
        words += _beginnings(usual)
        letters.append("".join(syllable[0] for syllable in usual))
    return " ".join(words)[:MAX_PINYIN].strip() or "~", " ".join(letters)[:MAX_INITIALS].strip() or "~"


def searched(text: str) -> str:
    """What was typed in the form in which pinyin is kept: lower case, without blanks and the marks between syllables."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("ü", "v")
    return "".join(char for char in plain if not char.isspace() and char not in "'’-")


def _syllables(plain: str) -> list[str]:
    """`ü` is v, as people type it. What is no Chinese character stays together as words."""
    from pypinyin import lazy_pinyin  # its dictionary takes a fifth of a start: loaded with the first name

    found = lazy_pinyin(plain, v_to_u=False)
    return [word for one in found for word in one.replace("'", "").replace("-", " ").split()] or [
        plain or "~"
    ]


def _known_surname(plain: str) -> list[str]:
    for length in (2, 1):
        if len(plain) > length and (reading := SURNAMES.get(plain[:length])):
            return reading.split()
    return []


def _beginnings(syllables: list[str]) -> list[str]:
    return ["".join(syllables[at:]) for at in range(min(len(syllables), _MOST_BEGINNINGS))]
