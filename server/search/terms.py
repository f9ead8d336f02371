"""Text → terms, the same on both databases: runs of Han become overlapping pairs, other words stay whole (toolchain.md §9).

`客户成功 Alice` → 客户 户成 成功 功 alice. The last sign of a run stands alone too, so that one sign is found wherever it stands:
as the beginning of a pair, or at the end.
"""

import re
import unicodedata
from dataclasses import dataclass

MAX_WORD = 60
# Han with its extensions, kana and hangul are written without spaces; everything else that is a letter or a digit makes words.
_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
# No letter and no digit, so that no text can hold a token.
SIGN = "§"


@dataclass(frozen=True)
class Sought:
    """One piece of a query: terms that must follow each other; the last one may be the beginning of a word."""

    terms: tuple[str, ...]
    begins: bool


def fold(text: str) -> str:
    """Full-width and half-width, upper and lower case are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def terms_of(text: str) -> list[str]:
    """The terms in the order in which they stand."""
    found: list[str] = []
    for run in _RUNS.findall(fold(text)):
        if _IS_HAN.match(run):
            found += [run[at : at + 2] for at in range(len(run) - 1)]
            found.append(run[-1])
        else:
            found.append(run[:MAX_WORD])
    return found


def sought(text: str) -> list[Sought]:
    """What a query asks for, all of it; empty when it holds no letter and no digit."""
    pieces = []
    for run in _RUNS.findall(fold(text)):
        if not _IS_HAN.match(run):
            pieces.append(Sought((run[:MAX_WORD],), True))
        elif len(run) == 1:
            pieces.append(Sought((run,), True))
        else:
            pieces.append(Sought(tuple(run[at : at + 2] for at in range(len(run) - 1)), False))
    return pieces


def spellings(text: str) -> list[str]:
    """The pieces as they would stand in a text, for marking hits."""
    return [run[:MAX_WORD] for run in _RUNS.findall(fold(text))]
