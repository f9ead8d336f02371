"""The demo company's pools: made by its administrator, filled by the pools' own administrators over four weeks, now and then given out
(POOL-01 … 03, CUST-08). What its departments have had before is nobody's home yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from crm_objects.engine import creating, owning
from crm_objects.engine.holding import Wanted
from crm_objects.engine.reading import Desk, desk_of
from crm_objects.engine.record_type import kinds_of
from crm_objects.pools import editing
from crm_objects.templates.base import CUSTOMER
from server.demo.company import Cast, actor
from server.demo.customers_words import CITIES_EN, CITIES_ZH
from server.demo.pools_words import ENTERED, NOTES, Entered
from server.people.founding import make_departments
from server.work.work import Work

KEEPER = "1002"


@dataclass(frozen=True)
class DemoPool:
    """`admins` and `members` by staff number, in the order in which they enter and give out; `departments` by their Chinese paths."""

    zh: str
    en: str
    admins: tuple[str, ...]
    members: tuple[str, ...]
    departments: tuple[str, ...]
    may_change_owner: bool


POOLS = [
    DemoPool("华东公海", "East pool", ("1004", "1008"), ("1019",), ("华东",), True),
    DemoPool("全国公海", "National pool", ("1003", "1012"), ("1004", "1008", "1019"), ("华南",), False),
]
Act = Callable[[Work], object]


class Pools:
    """What happens with them. `entries` come one by one, each with what is given out afterwards, or nothing."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._ids: list[int] = []
        self._made: dict[int, int] = {}

    def make(self, work: Work) -> None:
        """All of them, with their people and departments."""
        script, keeper = self.cast.script, actor(work, self.cast.ids[KEEPER])
        kinds = kinds_of(work.company.modules)
        for pool in POOLS:
            name = script.says(pool.zh, pool.en)
            made = editing.make(work, keeper, kinds, CUSTOMER.kind, name, pool.may_change_owner)
            self._ids.append(made)
            for number in pool.admins:
                editing.put_person(work, keeper, made, self.cast.ids[number], "admin")
            for number in pool.members:
                editing.put_person(work, keeper, made, self.cast.ids[number], "member")
            departments = make_departments(work, [script.path(path) for path in pool.departments])
            for path in pool.departments:
                editing.put_department(work, keeper, made, departments[script.path(path)])

    def entries(self) -> Iterator[tuple[Act, Act | None]]:
        for number, one in enumerate(ENTERED):
            given = partial(self._give, number=number) if one.given else None
            yield partial(self._enter, number=number), given

    def _enter(self, work: Work, number: int) -> None:
        one = ENTERED[number]
        fields = _fields(one, number, is_chinese=self.cast.script.language == "zh-Hans")
        wanted = Wanted(owner=None, pool=self._ids[one.pool])
        self._made[number] = creating.create(work, self._desk(work, number), fields, wanted)

    def _give(self, work: Work, number: int) -> None:
        one = ENTERED[number]
        reason = self.cast.script.says("按区域分配", "Theirs by region")
        desk, pool = self._desk(work, number), self._ids[one.pool]
        whose = self.cast.ids[one.given]
        owning.change_owner(work, desk, self._made[number], whose, reason, "none", from_pool=pool)

    def _desk(self, work: Work, number: int) -> Desk:
        """Before the customers, as the pool's administrator whose turn it is."""
        admins = POOLS[ENTERED[number].pool].admins
        who = actor(work, self.cast.ids[admins[number % len(admins)]])
        return desk_of(work.conn, who, kinds_of(work.company.modules), CUSTOMER)


def _fields(one: Entered, number: int, *, is_chinese: bool) -> dict[str, object]:
    if is_chinese:
        _, province, city, district, street, region, code = CITIES_ZH[one.city]
        phone, country = f"{code}-{61_000_000 + 7_919 * number}", "中国"
    else:
        _, province, city, district, street, region, code = CITIES_EN[one.city % len(CITIES_EN)]
        phone, country = f"{code}{901 - 3 * number:03d}", ""
    address = {"country": country, "province": province, "city": city, "district": district}
    note = NOTES[number // 3 % len(NOTES)][0 if is_chinese else 1] if number % 3 == 0 else None
    return {
        "name": one.zh if is_chinese else one.en,
        "level": one.level,
        "source": one.source,
        "industry": one.industry,
        "region": region,
        "phone": phone,
        "address": {**address, "street": f"{street} {11 + 6 * number}", "postcode": ""},
        **({"note": note} if note else {}),
    }
