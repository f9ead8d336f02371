"""Things of this company that a text names by their address."""

import re
from collections.abc import Sequence
from functools import lru_cache

from server.cards.cards import CardKind, Ref
from server.kit.module import every
from server.work.company import Company

MOST = 50


def refs_in(company: Company, text: str) -> list[Ref]:
    """In order of appearance, each once, at most `MOST`. Whether they exist, and for whom, nobody asks here."""
    base = company.settings.public_url
    if base not in text:
        return []
    kinds = {one.address: one.kind for one in every(company.modules, CardKind) if one.address}
    found = _pattern(base, tuple(kinds)).findall(text)
    return list(dict.fromkeys(Ref(kinds[address], int(number)) for address, number in found))[:MOST]


@lru_cache(maxsize=8)
def _pattern(base: str, addresses: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        rf"{re.escape(base)}({'|'.join(map(re.escape, addresses))})([1-9][0-9]{{0,14}})(?![0-9])"
    )
