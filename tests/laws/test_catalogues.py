"""Both languages say the same things: what is said in one and not in the other is seen here, not by a user.

A folder of the web client keeps its texts beside its code, as `zh-Hans.json` and `en.json`; together they are the catalogue of a language.
"""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.laws.tree import ROOT, verdict

SOURCES = ROOT / "web" / "src"
LANGUAGES = ("zh-Hans", "en")
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
# {name}, {{name}}, {{name, format}}, and the numbered or named tags that a component fills: <1>, <link>.
PLACEHOLDER = re.compile(r"\{\{?\s*-?\s*([\w.]+)[^{}]*\}|<(\w+)>")

# folder → key → words
Catalogue = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Catalogue]:
    return {language: read(language) for language in LANGUAGES}


def read(language: str) -> Catalogue:
    found = {
        str(file.parent.relative_to(ROOT)): strings(file)
        for file in sorted(SOURCES.rglob(f"{language}.json"))
    }
    assert "web/src/i18n" in found, (
        f"web/src/i18n/{language}.json is missing: both languages need a catalogue."
    )
    return found


def strings(file: Path) -> dict[str, str]:
    def refuse_repeated(pairs: list[tuple[str, str]]) -> dict[str, str]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), (
            f"{file.name} says twice: {sorted({key for key in keys if keys.count(key) > 1})}"
        )
        return dict(pairs)

    words: dict[str, str] = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=refuse_repeated)
    return words


def sentences(catalogue: Catalogue) -> dict[str, set[str]]:
    """Folder and key without plural ending → the placeholders of all its forms. Chinese has one form, English two."""
    placeholders: dict[str, set[str]] = defaultdict(set)
    for folder, texts in catalogue.items():
        for key, words in texts.items():
            placeholders[f"{folder}: {PLURAL.sub('', key)}"] |= {
                first or second for first, second in PLACEHOLDER.findall(words)
            }
    return placeholders


def test_a_catalogue_is_flat_and_leaves_nothing_empty(
    catalogues: dict[str, dict[str, dict[str, object]]],
) -> None:
    offences = [
        f"{folder}/{language}.json: {key}"
        for language, catalogue in catalogues.items()
        for folder, texts in catalogue.items()
        for key, words in texts.items()
        if not isinstance(words, str) or not words.strip()
    ]
    assert not offences, verdict(
        "One level of keys, each with words: the server reads the same files:", offences
    )


def test_no_key_is_used_by_two_folders(catalogues: dict[str, Catalogue]) -> None:
    for language, catalogue in catalogues.items():
        folders = defaultdict(list)
        for folder, texts in catalogue.items():
            for key in texts:
                folders[key].append(folder)
        offences = [f"{key}: {', '.join(where)}" for key, where in folders.items() if len(where) > 1]
        assert not offences, verdict(
            f"Joined, one of the two would win ({language}); rename one, or share it in i18n:", offences
        )


def test_both_catalogues_have_the_same_keys(catalogues: dict[str, Catalogue]) -> None:
    chinese, english = sentences(catalogues["zh-Hans"]), sentences(catalogues["en"])
    offences = [f"zh-Hans lacks {key}" for key in sorted(set(english) - set(chinese))]
    offences += [f"en lacks {key}" for key in sorted(set(chinese) - set(english))]
    assert not offences, verdict("Write the missing translations:", offences)


def test_both_catalogues_have_the_same_placeholders(catalogues: dict[str, Catalogue]) -> None:
    chinese, english = sentences(catalogues["zh-Hans"]), sentences(catalogues["en"])
    offences = [
        f"{key}: zh-Hans {sorted(chinese[key])}, en {sorted(english[key])}"
        for key in sorted(set(chinese) & set(english))
        if chinese[key] - {"count"} != english[key] - {"count"}
    ]
    assert not offences, verdict(
        "A placeholder missing in one language loses a name or a number there:", offences
    )


def test_english_has_a_form_for_one_wherever_it_counts(catalogues: dict[str, Catalogue]) -> None:
    offences = [
        f"{folder}/en.json: {key}"
        for folder, texts in catalogues["en"].items()
        for key in texts
        if key.endswith("_other") and f"{key.removesuffix('_other')}_one" not in texts
    ]
    assert not offences, verdict("Add KEY_one, or English will say «1 messages»:", offences)
