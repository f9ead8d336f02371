"""Both languages say the same things: what is said in one and not in the other is seen here, not by a user."""

import json
import re
from collections import defaultdict

import pytest

from tests.laws.tree import ROOT, verdict

FOLDER = ROOT / "web" / "src" / "i18n"
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
# {name}, {{name}}, {{name, format}}, and the numbered or named tags that a component fills: <1>, <link>.
PLACEHOLDER = re.compile(r"\{\{?\s*-?\s*([\w.]+)[^{}]*\}|<(\w+)>")


@pytest.fixture(scope="module")
def catalogues() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for language in ("zh-Hans", "en"):
        file = FOLDER / f"{language}.json"
        assert file.is_file(), f"{file.relative_to(ROOT)} is missing: both languages need a catalogue."
        found[language] = json.loads(file.read_text(encoding="utf-8"))
    return found


def sentences(catalogue: dict[str, str]) -> dict[str, set[str]]:
    """Key without plural ending → the placeholders of all its forms. Chinese has one form, English two."""
    placeholders: dict[str, set[str]] = defaultdict(set)
    for key, words in catalogue.items():
        placeholders[PLURAL.sub("", key)] |= {first or second for first, second in PLACEHOLDER.findall(words)}
    return placeholders


def test_a_catalogue_is_flat_and_leaves_nothing_empty(catalogues: dict[str, dict[str, object]]) -> None:
    offences = [
        f"{language}: {key}"
        for language, catalogue in catalogues.items()
        for key, words in catalogue.items()
        if not isinstance(words, str) or not words.strip()
    ]
    assert not offences, verdict(
        "One level of keys, each with words: the server reads the same file:", offences
    )


def test_both_catalogues_have_the_same_keys(catalogues: dict[str, dict[str, str]]) -> None:
    chinese, english = sentences(catalogues["zh-Hans"]), sentences(catalogues["en"])
    offences = [f"zh-Hans lacks {key}" for key in sorted(set(english) - set(chinese))]
    offences += [f"en lacks {key}" for key in sorted(set(chinese) - set(english))]
    assert not offences, verdict("Write the missing translations:", offences)


def test_both_catalogues_have_the_same_placeholders(catalogues: dict[str, dict[str, str]]) -> None:
    chinese, english = sentences(catalogues["zh-Hans"]), sentences(catalogues["en"])
    offences = [
        f"{key}: zh-Hans {sorted(chinese[key])}, en {sorted(english[key])}"
        for key in sorted(set(chinese) & set(english))
        if chinese[key] - {"count"} != english[key] - {"count"}
    ]
    assert not offences, verdict(
        "A placeholder missing in one language loses a name or a number there:", offences
    )


def test_english_has_a_form_for_one_wherever_it_counts(catalogues: dict[str, dict[str, str]]) -> None:
    english = catalogues["en"]
    offences = [key for key in english if key.endswith("_other") and f"{key[:-6]}_one" not in english]
    assert not offences, verdict("Add KEY_one, or English will say «1 messages»:", offences)
