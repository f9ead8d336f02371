"""What must be readable again is sealed for its place, with a key that is never in the database; the wrong key starts nothing."""

import base64
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from server.auth.models import SecondFactor
from server.auth.module import reseal_all
from server.config.settings import SettingRefused, Settings, read_settings
from server.opening import open_company
from server.secrets.box import CannotOpen, Secrets, id_of
from server.secrets.keys import FILE, WrongKey
from server.secrets.models import SecretKey
from server.work.company import Company
from server.work.work import Work
from tests.conftest import SettingsMaker
from tests.house import serve
from tests.server.auth.test_second_factor import enrolled, first_step, second_step

HERE = ("second_factor", "secret", 7)


def key() -> bytes:
    return os.urandom(32)


def said(*keys: bytes) -> str:
    return ",".join(base64.b64encode(one).decode() for one in keys)


def test_a_value_opens_only_in_its_own_place() -> None:
    secrets = Secrets([key()])
    sealed = secrets.sealed("秘密", HERE)
    assert secrets.open(sealed, HERE) == "秘密"
    assert secrets.sealed("秘密", HERE) != sealed
    for elsewhere in (("second_factor", "secret", 8), ("second_factor", "other", 7), ("other", "secret", 7)):
        with pytest.raises(CannotOpen):
            secrets.open(sealed, elsewhere)
    name, _, body = sealed.partition(".")
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1
    for broken in (
        f"{name}.{base64.b64encode(bytes(raw)).decode()}",
        f"0000.{body}",
        f"{name}.",
        "",
        "x.y",
        f"{name}.é",
    ):
        with pytest.raises(CannotOpen):
            secrets.open(broken, HERE)


def test_the_newest_key_seals_and_all_of_them_open() -> None:
    old, new = key(), key()
    sealed = Secrets([old]).sealed("a", HERE)
    both = Secrets([new, old])
    assert both.open(sealed, HERE) == "a"
    assert not both.is_newest(sealed)
    assert both.sealed("a", HERE).startswith(id_of(new))
    with pytest.raises(CannotOpen):
        Secrets([new]).open(sealed, HERE)


def seal_something(company: Company) -> None:
    company.write_now(lambda work: company.secrets.seal(work.conn, "a", HERE))


def test_a_key_is_made_once_for_its_owners_eyes_only(tmp_path: Path) -> None:
    company = open_company(Settings(data=tmp_path))
    seal_something(company)
    company.db.close()
    file = tmp_path / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = file.read_text()
    again = open_company(Settings(data=tmp_path))
    again.db.close()
    assert file.read_text() == kept
    assert kept.strip() not in repr(again.settings)


def test_a_start_with_another_key_is_refused_in_words_and_changes_nothing(tmp_path: Path) -> None:
    right, wrong = key(), key()
    company = open_company(Settings(data=tmp_path, secret_key=said(right)))
    seal_something(company)
    company.db.close()
    with pytest.raises(WrongKey, match=id_of(right)):
        open_company(Settings(data=tmp_path, secret_key=said(wrong)))
    with pytest.raises(WrongKey, match="missing"):
        open_company(Settings(data=tmp_path))
    assert not (tmp_path / FILE).exists()
    for settings in (
        Settings(data=tmp_path, secret_key=said(right)),
        Settings(data=tmp_path, secret_key=said(wrong, right)),
    ):
        open_company(settings).db.close()


def test_what_is_no_key_is_refused_in_words(tmp_path: Path) -> None:
    for text in ("short", base64.b64encode(b"16 bytes only...").decode(), "not base64 !"):
        with pytest.raises(SettingRefused, match="TENFOUR_SECRET_KEY"):
            open_company(Settings(data=tmp_path, secret_key=text))
    file = tmp_path / "key"
    file.write_text(said(key()) + "\n")
    assert read_settings({"TENFOUR_SECRET_KEY_FILE": str(file)}).secret_key == file.read_text().strip()


async def test_after_resealing_the_older_key_may_go(house_settings: SettingsMaker) -> None:
    old, new = key(), key()
    settings = house_settings(secret_key=said(old))
    async with serve(settings) as house:
        _, _, codes = await enrolled(house, "1005")
    both = replace(settings, secret_key=said(new, old))
    async with serve(both) as house:
        stored = select(SecondFactor.secret)
        await first_step(house, "1005")

        def turn(work: Work) -> str:
            return reseal_all(work, {})

        assert (await house.company.write(turn)).value.startswith("1 values")
        assert (await house.company.write(turn)).value.startswith("0 values")
        assert (await house.company.read(lambda conn: conn.execute(stored).scalar_one())).startswith(
            id_of(new)
        )
        keys = await house.company.read(lambda conn: list(conn.execute(select(SecretKey.id)).scalars()))
        assert keys == [id_of(new)]
    only_new = replace(settings, secret_key=said(new))
    async with serve(only_new) as house:
        step = (await first_step(house, "1005"))["step"]
        assert (await second_step(house, step, codes[0]))[1].status_code == 200

        def spoil(work: Work) -> None:
            work.conn.execute(update(SecondFactor).values(secret="0000.AAAA"))

        await house.company.write(spoil)
        with pytest.raises(Exception, match="Nothing was changed"):
            await house.company.write(lambda work: reseal_all(work, {}))
