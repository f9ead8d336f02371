"""People are found by how their names sound, and stand in that order."""

import pytest

from server.people.founding import NewPerson, make_people, spell_everybody
from server.people.spelling import searched, sound_of
from tests.house import Client, House
from tests.server.api.conftest import shared, shared_settings
from tests.server.api.people import ADMINISTRATOR, enter, person_id

__all__ = ["shared", "shared_settings"]


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("张伟", "zhangwei", "zw"), ("曾国藩", "zengguofan", "zgf"), ("单雄信", "shanxiongxin", "sxx"),
        ("解缙", "xiejin", "xj"), ("仇英", "qiuying", "qy"), ("区大相", "oudaxiang", "odx"), ("查良镛", "zhaliangyong", "zly"),
        ("尉迟恭", "yuchigong", "ycg"), ("吕布", "lvbu", "lb"), ("Amy Chen", "amychen", "ac"), ("张　伟", "zhangwei", "zw"),
        ("王 Sam", "wangsam", "ws"), ("O'Neil", "oneil", "o"),
    ],
)  # fmt: skip
def test_a_name_sounds_as_people_say_it(name: str, pinyin: str, initials: str) -> None:
    found = sound_of(name)
    assert (found[0].split()[0], found[1].split()[0]) == (pinyin, initials)


def test_a_name_of_any_kind_has_a_place_in_the_order() -> None:
    for name in ("", "😀", "—", "字" * 100, "x" * 100, "\u200b"):
        pinyin, initials = sound_of(name)
        assert 0 < len(pinyin) <= 400
        assert 0 < len(initials) <= 200


def test_what_is_typed_is_compared_without_its_blanks_and_marks() -> None:
    assert [searched(text) for text in ("Zhang Wei", "lü bu", "ＺＷ", "zhang'an")] == [
        "zhangwei",
        "lvbu",
        "zw",
        "zhangan",
    ]


async def found(client: Client, q: str) -> list[str]:
    return [person["staff_number"] for person in (await client.get("/api/people", q=q))["items"]]


async def test_colleagues_are_found_by_pinyin_and_initials(shared: House) -> None:
    def turn(work: object) -> None:
        make_people(work, [NewPerson("单晓", "9801"), NewPerson("曾敏", "9802", phone="13900009802")])  # type: ignore[arg-type]

    await shared.company.write(turn)
    someone = await enter(shared, "1005")
    for q in ("zhangwei", "Zhang Wei", "zw", "zhangw", "张伟"):
        assert await found(someone, q) == ["1004", "1011"], q
    assert (
        await found(someone, "shanxiao")
        == await found(someone, "danxiao")
        == await found(someone, "sx")
        == ["9801"]
    )
    assert await found(someone, "zengm") == await found(someone, "139000098") == ["9802"]
    assert "1004" in await found(someone, "wei"), "a given name alone"
    assert await found(someone, "hanxiao") == [], "not from the middle of a syllable"


async def test_the_directory_stands_in_the_order_of_pinyin(shared: House) -> None:
    someone = await enter(shared, "1005")
    names = [one["name"] for one in (await someone.get("/api/people", limit=100))["items"]]
    sounds = [sound_of(name)[0] for name in names]
    assert sounds == sorted(sounds)
    assert names.index("Amy Chen") < names.index("陈晓东") < names.index("张伟")


async def test_a_name_that_changes_is_found_by_its_new_sound(shared: House) -> None:
    admin, someone = await enter(shared, ADMINISTRATOR), await person_id(shared, "1026")
    version = (await admin.get(f"/api/people/{someone}"))["version"]
    answer = await admin.http.patch(f"/api/people/{someone}", json={"version": version, "name": "仇超群"})
    assert answer.status_code == 200
    assert await found(admin, "qiucq") == []
    assert await found(admin, "qiuchaoqun") == await found(admin, "qcq") == ["1026"]


async def test_people_of_an_older_database_are_spelled_at_start(shared: House) -> None:
    from sqlalchemy import update

    from server.org.models import Person

    def turn(work: object) -> None:
        work.conn.execute(update(Person).where(Person.staff_number == "1005").values(pinyin="", initials=""))  # type: ignore[attr-defined]
        spell_everybody(work.conn)  # type: ignore[attr-defined]

    await shared.company.write(turn)
    assert await found(await enter(shared, "1005"), "liuyang") == ["1005"]
