"""Every setting is explained, once, and the docs say the same."""

from server.config.explained import EXPLAINED, is_secret, table
from server.config.settings import Settings
from tests.laws.tree import ROOT, verdict

DOCS = ROOT / "docs" / "operations.md"


def test_every_setting_says_what_it_means() -> None:
    fields = list(Settings.__dataclass_fields__)
    offences = [f"{name} is not explained" for name in fields if not EXPLAINED.get(name)]
    offences += [f"{name} is no setting" for name in EXPLAINED if name not in fields]
    assert not offences, verdict("Write the line in server/config/explained.py:", offences)


def test_the_docs_hold_the_table_of_settings() -> None:
    assert table() in DOCS.read_text(encoding="utf-8"), (
        "Put the output of `.venv/bin/python -m server check --table` into docs/operations.md."
    )


def test_what_sounds_like_a_secret_is_kept_out_of_sight() -> None:
    offences = [
        name
        for name in Settings.__dataclass_fields__
        if name.endswith(("token", "key", "secret", "password")) and not is_secret(name)
    ]
    assert not offences, verdict("Declare these with field(repr=False):", offences)
