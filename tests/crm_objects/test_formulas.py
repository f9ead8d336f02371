"""Fields that follow from others by a declared formula: in step with what they follow from, whoever changes it and in whichever way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import httpx2
import pytest
from sqlalchemy import MetaData, delete, select, update

from crm_objects.engine import numbers, reworking
from crm_objects.engine.days import DateField
from crm_objects.engine.fields import Choice, ChoiceField, Field, LinkField, TextField
from crm_objects.engine.formula import PROBABILITY, Formula
from crm_objects.engine.formula_rules import BadFormula
from crm_objects.engine.key import Key
from crm_objects.engine.models import RecordHistory, WorkedOut
from crm_objects.engine.number_fields import MoneyField, NumberField, PercentField
from crm_objects.engine.pipeline import Stage
from crm_objects.engine.record_type import RecordType
from crm_objects.engine.words import words
from crm_objects.engine.working_out import all_of, following, worked_out
from crm_objects.engine.wrong import Wrong
from server.config.settings import Settings
from server.db.base import table
from server.kit.problems import Invalid
from tests.crm_objects.desk import errors, listed, make, names, row_of, said
from tests.crm_objects.kinds import EVERY_MODULE, METADATA, OPPORTUNITY, TABLES
from tests.crm_objects.test_merging import try_merge, unmerge
from tests.crm_objects.test_pools import enter_in, sea
from tests.house import Client, House, serve
from tests.server.api.people import BOSS, MANAGER, SELLER, enter

DEALS, QUOTES = "/api/records/opportunity", "/api/records/quote"
UNIT = 10**numbers.SCALE


@pytest.fixture(scope="module")
async def shared(shared_settings: Settings) -> AsyncIterator[House]:
    async with serve(shared_settings, EVERY_MODULE) as house:
        await house.company.write(lambda work: METADATA.create_all(work.conn, tables=TABLES))
        yield house


# --- what may be declared


def kind_of(*fields: Field, **more: Any) -> RecordType:
    """A kind with these fields and a title."""
    title = TextField("name", words("名称", "Name"), required=True)
    more = dict.fromkeys(("sections", "quick", "columns", "filters", "shown"), ()) | more
    more |= {"words": words("物", "Thing"), "plural": words("物", "Things"), "icon": "box"}
    return RecordType(
        kind="thing",
        number=999,
        prefix="T",
        title="name",
        fields=(title, *fields),
        metadata=MetaData(),
        **more,
    )


def a(name: str, *of: str, kind: Callable[..., Field] = MoneyField, **more: Any) -> Field:
    """A field; with `of`, one that follows from these."""
    formula = Formula(of=of, by=more.pop("by", lambda *given: sum(given))) if of else None
    return kind(name, words(name, name), formula=formula, **more)


def stage(code: str, **more: Any) -> Stage:
    return Stage(code=code, words=words(code, code), **more)


def refusal(*fields: Field, **more: Any) -> str:
    with pytest.raises(BadFormula) as refused:
        kind_of(*fields, **more)
    return str(refused.value)


def test_a_formula_that_would_not_hold_or_would_tell_too_much_is_refused_when_it_is_declared() -> None:
    cases: dict[str, tuple[list[Field], dict[str, Any], str]] = {
        "of itself": ([a("x", "x")], {}, "there is no x"),
        "in a circle": ([a("x", "y"), a("y", "x")], {}, "there is no y"),
        "of what follows later": ([a("x", "y"), a("z"), a("y", "z")], {}, "there is no y"),
        "of nothing known": ([a("x", "nobody")], {}, "there is no nobody"),
        "of an added field": ([a("x", "c12")], {}, "there is no c12"),
        "of a system field": ([a("x", "created_at")], {}, "there is no created_at"),
        "of a stage that there is not": ([a("x", PROBABILITY)], {}, "there is no stage"),
        "of no field": ([MoneyField("x", words("x", "x"), formula=Formula(of=(), by=int))], {}, "nothing"),
        "of a link": ([LinkField("y", words("y", "y"), to="customer"), a("x", "y")], {}, "a link"),
        "open, of a secret": ([a("y", cls="financial"), a("x", "y")], {}, "would tell of y"),
        "of one secret in another": (
            [a("y", cls="financial"), a("x", "y", cls="internal")],
            {},
            "would tell of y",
        ),
        "masked, of what is seen by others": (
            [a("y", cls="financial"), a("x", "y", cls="contact")],
            {},
            "would tell",
        ),
        "of an identity, for money": (
            [a("y", cls="identity"), a("x", "y", cls="financial")],
            {},
            "would tell",
        ),
        "a secret through another formula": (
            [a("y", cls="internal"), a("z", "y", cls="internal"), a("x", "z")],
            {},
            "would tell of z",
        ),
        "needed": ([a("y"), a("x", "y", required=True)], {}, "is filled in"),
        "by an act": ([a("y"), a("x", "y", by_act=True)], {}, "is filled in"),
        "recognised by": (
            [a("y"), a("x", "y", kind=TextField)],
            {"keys": (Key(name="x", fields=("x",), form="code"),)},
            "is filled in",
        ),
        "what a registration fills": ([a("y"), a("x", "y")], {"fills": (("phone", "x"),)}, "is filled in"),
        "a link": ([a("y"), a("x", "y", kind=LinkField)], {}, "a link is not worked out"),
        "wanted by a stage": (
            [a("y"), a("x", "y")],
            {"stages": (stage("one", required=("x",)),)},
            "ask for its inputs",
        ),
    }
    for name, (fields, more, why) in cases.items():
        assert why in refusal(*fields, **more), name
    held = kind_of(
        a("y", cls="financial"),
        a("x", "y", "z", cls="financial"),
        a("z"),
        a("w", "x", "stage", cls="financial"),
        stages=(stage("one"),),
    )
    assert all(held.by_name[name].computed and held.by_name[name].is_readonly for name in ("x", "w"))


# --- what comes out


def out_of(field: Field, *given: Field, **stored: Any) -> Any:
    return worked_out(kind_of(*given, field), field, stored)


def test_what_comes_out_is_exact_and_rounded_half_up() -> None:
    y, n = a("y"), a("n", kind=NumberField, decimals=4)
    product: Any = {"by": lambda y, n: y * n}
    third = a("x", "y", by=lambda y: y / 3)
    assert out_of(third, y, y=1 * UNIT) == 3_300  # 0.33
    assert out_of(third, y, y=2 * UNIT) == 6_700  # 0.67
    half = a("x", "y", "n", **product)
    assert out_of(half, y, n, y=3 * UNIT, n=3_350) == 10_100  # 3 × 0.335 = 1.005 → 1.01
    below = a("x", "y", by=lambda y: -y / 200, negative=True)
    assert out_of(below, y, y=1 * UNIT) == -100  # -0.005 → -0.01
    most = (numbers.MOST - 1) * UNIT + 9_900
    assert out_of(a("x", "y", by=lambda y: y * y / y), y, y=most) == most, "thirty-six digits on the way"
    assert out_of(a("x", "y"), y, y=None) is None
    counted = MoneyField("x", words("x", "x"), formula=Formula(of=("y",), by=lambda y: 0, takes_empty=True))
    assert out_of(counted, y, y=None) == 0
    day = a("x", "d", kind=DateField, by=lambda d: d + timedelta(days=1))
    assert out_of(day, a("d", kind=DateField), d=date(2026, 12, 31)) == date(2027, 1, 1)
    whole = a("x", "y", kind=NumberField, by=lambda y: y)
    assert out_of(whole, y, y=25_000) == 3 * UNIT
    with pytest.raises(TypeError, match="exact"):
        out_of(a("x", "y", by=float), y, y=UNIT)


def test_what_a_field_cannot_hold_is_no_result() -> None:
    y, d = a("y"), a("d", kind=DateField)
    options = (Choice(code="a", words=words("a", "a")),)
    cases = {
        "too large": (a("x", "y", by=lambda y: y * numbers.MOST), {"y": UNIT}, "range"),
        "below nothing": (a("x", "y", by=lambda y: -y), {"y": UNIT}, "range"),
        "by nothing": (a("x", "y", by=lambda y: 1 / y), {"y": 0}, "range"),
        "after all days": (
            a("x", "d", kind=DateField, by=lambda d: d.replace(year=10_000)),
            {"d": date.max},
            "range",
        ),
        "before all days": (
            a("x", "d", kind=DateField, by=lambda d: d.replace(year=1)),
            {"d": date.max},
            "date",
        ),
        "no choice": (
            a("x", "y", kind=ChoiceField, options=options, by=lambda y: "b"),
            {"y": UNIT},
            "choice",
        ),
        "too long": (a("x", "y", kind=TextField, max_length=2, by=lambda y: "abc"), {"y": UNIT}, "too_long"),
    }
    for name, (field, stored, code) in cases.items():
        kind = kind_of(y, d, field)
        with pytest.raises(Wrong) as refused:
            worked_out(kind, field, {"y": None, "d": None, **stored})
        assert refused.value.code == code, name
        assert all_of(kind, {"y": None, "d": None, **stored}) == {"x": None}, "a job leaves it empty"


def test_a_refusal_names_what_was_given_and_nothing_is_told_to_who_does_not_see_the_result() -> None:
    x = a("x", "y", PROBABILITY, by=lambda y, likely: 1 / likely, cls="financial")
    kind = kind_of(a("y"), x, stages=(stage("one", probability=10), stage("lost", probability=0)))
    now = {"y": UNIT, "x": UNIT, "stage": "lost"}
    with pytest.raises(Invalid) as refused:
        following(kind, now, ["stage"], lambda field: True, {"stage": "stage"})
    (error,) = refused.value.errors
    assert (error.field, error.code, error.params) == (
        "stage",
        "not_worked_out",
        {"field": "x", "name": x.words},
    )
    assert following(kind, now, ["stage"], lambda field: False, {"stage": "stage"}) == {"x": None}
    assert following(kind, now, ["other"], lambda field: True, {}) == {}, "nothing of it changed"


# --- over the wire


async def deal(client: Client, name: str = "一单", **fields: Any) -> dict[str, Any]:
    customer = fields.pop("customer", None) or (await make(client))["id"]
    body = {"fields": {"name": name, "customer": customer, **fields}}
    row: dict[str, Any] = (await client.post(DEALS, body))["item"]
    return row


async def patch(client: Client, row: dict[str, Any], path: str = DEALS, **fields: Any) -> httpx2.Response:
    body = {"version": row["version"], "fields": fields}
    return await client.http.patch(f"{path}/{row['id']}", json=body)


def shown(row: dict[str, Any], *fields: str) -> list[Any]:
    return [row["fields"][name] for name in fields]


async def test_it_follows_whichever_act_changes_what_it_follows_from(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await deal(seller, "跟着变", amount="999999.99", closes_on="2027-01-03")
    assert shown(row, "expected", "scale", "prepare_by") == ["100000.00", "big", "2026-12-27"]
    path = f"{DEALS}/{row['id']}"
    row = (await patch(seller, row, amount="1000", margin="333.33", name="跟着变了")).json()["item"]
    assert shown(row, "expected", "scale", "margin_rate") == ["100.00", "small", "33.33"]
    row = (await seller.put(f"{path}/stage", {"stage": "won"}))["item"]
    assert shown(row, "expected", "scale") == ["1000.00", "small"]
    row = (await seller.put(f"{path}/stage", {"stage": "contact"}))["item"]
    row = (await patch(seller, row, amount=None)).json()["item"]
    assert shown(row, "expected", "scale", "margin_rate") == [None, None, None]
    told = (await seller.get(f"{path}/history"))["items"]
    assert [{one["field"] for one in entry["changes"]} for entry in told] == [
        {"amount", "expected", "scale", "margin_rate"},
        {"stage", "expected"},
        {"stage", "expected"},
        {"amount", "margin", "name", "expected", "scale", "margin_rate"},
        {"name", "customer", "amount", "closes_on", "expected", "scale", "prepare_by"},
    ]
    assert told[2]["changes"][1] == {"field": "expected", "from": "100.00", "to": "1000.00"}
    # Of a sum of lines, and with an empty input that means something.
    lines = [{"product": "三层线", "quantity": "3", "price": "100", "share": "100"}]
    named = {"name": "报价", "opportunity": row["id"], "products": lines}
    quote = (await seller.post(QUOTES, {"fields": named}))["item"]
    assert shown(quote, "total", "net") == ["300.00", "300.00"]
    quote = (await patch(seller, quote, QUOTES, discount="12.5")).json()["item"]
    assert shown(quote, "net") == ["262.50"]
    lines.append({"product": "安装", "quantity": "1", "price": "0.04", "share": "100"})
    quote = (await patch(seller, quote, QUOTES, products=lines)).json()["item"]
    assert shown(quote, "total", "net") == ["300.04", "262.54"]  # 262.535
    quote = (await patch(seller, quote, QUOTES, products=None)).json()["item"]
    assert shown(quote, "total", "net") == [None, None]


async def test_it_is_a_field_like_any_other_but_that_nobody_fills_it_in(shared: House) -> None:
    seller = await enter(shared, SELLER)
    rows = [
        await deal(seller, f"同单 {at}", amount=amount) for at, amount in enumerate(("10", "2000000", "30"))
    ]
    found = await listed(seller, DEALS, q="同单", sort="-expected", filter=[["expected", "at_least", "3"]])
    assert names(found) == ["同单 1", "同单 2"]
    (big,) = (await listed(seller, DEALS, q="同单", filter=[["scale", "in", ["big"]]]))["items"]
    totals = await seller.get(f"{DEALS}/totals", q="同单", fields="expected")
    assert totals["fields"][0]["sum"] == "200004.00"
    board = await seller.get(f"{DEALS}/board", q="同单", by="scale")
    assert {one["code"]: one["sums"].get("expected") for one in board["columns"]} == {
        "big": "200000.00",
        "small": "4.00",
    }
    declared = {one["kind"]: one for one in (await seller.get("/api/record-kinds"))["items"]}["opportunity"]
    told = {one["name"]: one for one in declared["fields"]}
    assert told["expected"]["follows_from"] == ["amount", "stage"]
    assert (told["expected"]["computed"], told["expected"]["readonly"]) == (True, True)
    assert told["amount"]["follows_from"] == []
    quote = {one["kind"]: one for one in (await seller.get("/api/record-kinds"))["items"]}["quote"]
    assert {one["name"]: one["follows_from"] for one in quote["fields"] if one["computed"]} == {
        "total": ["products"],
        "net": ["total", "discount"],
    }
    # Nobody writes it, in no way.
    customer = (await make(seller))["id"]
    made = await seller.try_post(DEALS, {"fields": {"name": "x", "customer": customer, "expected": "1"}})
    assert errors(made) == {"fields.expected": "readonly"}
    assert errors(await patch(seller, rows[0], expected="1", amount="2")) == {"fields.expected": "readonly"}
    many = {"act": "set", "ids": [rows[0]["id"]], "field": "scale", "value": "big"}
    assert errors(await seller.try_post(f"{DEALS}/bulk", many)) == {"field": "choice"}
    assert (await row_of(seller, big["id"], DEALS))["version"] == 1


async def test_what_cannot_be_worked_out_is_refused_by_what_was_filled_in(shared: House) -> None:
    seller = await enter(shared, SELLER)
    row = await deal(seller, "算不出", amount="100", margin="10")
    none = await patch(seller, row, amount="0")
    assert errors(none) == {"fields.amount": "not_worked_out"}
    assert none.json()["errors"][0]["params"] == {
        "field": "margin_rate",
        "name": {"zh-Hans": "毛利率", "en": "Margin rate"},
    }
    both = await patch(seller, row, amount="0.01", margin="99999999999", need="不变")
    assert errors(both) == dict.fromkeys(("fields.amount", "fields.margin"), "not_worked_out")
    early = await patch(seller, row, closes_on="1800-01-02")
    assert errors(early) == {"fields.closes_on": "not_worked_out"}
    now = await row_of(seller, row["id"], DEALS)
    assert (now["version"], now["fields"]) == (1, row["fields"]), "nothing of it was saved"
    named = {"name": "x", "customer": row["fields"]["customer"]["id"], "amount": "0", "margin": "1"}
    made = await seller.try_post(DEALS, {"fields": named})
    assert errors(made) == dict.fromkeys(("fields.amount", "fields.margin"), "not_worked_out")


async def test_who_does_not_see_the_result_learns_nothing_of_what_it_follows_from(shared: House) -> None:
    here, boss = await sea(shared), await enter(shared, BOSS)
    customer = (await enter_in(here.admin, here.id))["id"]
    row = await deal(here.admin, "公海里的", customer=customer, amount="100")
    row = (await patch(boss, row, margin="10")).json()["item"]
    assert row["fields"]["margin_rate"] == "10"
    seen = await row_of(here.admin, row["id"], DEALS)
    assert not {"margin", "margin_rate"} & seen["fields"].keys()
    # It would be refused to who sees the margin: here it only tells whether there is one.
    assert errors(await patch(boss, row, amount="0")) == {"fields.amount": "not_worked_out"}
    blind = await patch(here.admin, seen, amount="0")
    assert said(blind) == "200"
    assert not {"margin", "margin_rate"} & blind.json()["item"]["fields"].keys()
    assert (await row_of(boss, row["id"], DEALS))["fields"]["margin_rate"] is None
    history = await here.admin.get(f"{DEALS}/{row['id']}/history")
    assert "margin" not in str(history)


async def test_of_inputs_that_change_at_one_moment_none_is_forgotten(shared: House) -> None:
    seller, manager, boss = [await enter(shared, one) for one in (SELLER, MANAGER, BOSS)]
    for round in range(4):
        row = await deal(seller, f"同时 {round}", amount="100", margin="1")
        path = f"{DEALS}/{row['id']}"
        replies = await asyncio.gather(
            patch(seller, row, amount="400"),
            patch(manager, row, margin="20"),
            boss.http.put(f"{path}/stage", json={"stage": "won"}),
        )
        assert [said(one) for one in replies] == ["200"] * 3, "different fields: none is in the other's way"
        # What follows from both is nobody's: it is not told as somebody else's change.
        assert all("expected" not in one.json().get("merged", []) for one in replies)
        now = await row_of(seller, row["id"], DEALS)
        assert shown(now, "amount", "margin", "expected", "margin_rate") == ["400.00", "20.00", "400.00", "5"]
        assert now["version"] == 4


async def test_merged_and_undone_it_follows_from_what_the_survivor_has(shared: House) -> None:
    seller = await enter(shared, SELLER)
    customer = (await make(seller))["id"]
    mine = await deal(seller, "甲", customer=customer, amount="100")
    theirs = await deal(seller, "乙", customer=customer, amount="900", margin="90")
    preview = await seller.get(f"{DEALS}/{mine['id']}/merge", other=theirs["id"])
    differ = {one["field"] for one in preview["fields"]}
    assert {"amount", "margin"} <= differ
    assert not {"expected", "scale", "margin_rate"} & differ, "there is nothing to choose"
    refused = await try_merge(seller, mine, theirs, DEALS, expected="theirs")
    assert errors(refused) == {"fields.expected": "readonly"}
    merged = (await try_merge(seller, mine, theirs, DEALS, amount="mine")).json()["item"]
    assert shown(merged, "amount", "expected", "margin_rate") == ["100.00", "10.00", "90"]
    back = (await unmerge(seller, mine["id"], theirs["id"], DEALS)).json()["item"]
    assert shown(back, "amount", "expected", "margin", "margin_rate") == ["100.00", "10.00", None, None]
    other = await row_of(seller, theirs["id"], DEALS)
    assert shown(other, "expected", "margin_rate") == ["90.00", "10"]


# --- after an upgrade


async def test_what_an_earlier_formula_stored_is_worked_out_again_and_goes_on_where_it_was_cut(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = await enter(shared, SELLER)
    rows = [await deal(seller, f"旧算法 {at}", amount="1000") for at in range(5)]
    ids = [row["id"] for row in rows]
    t, places = OPPORTUNITY.table, table(WorkedOut)
    monkeypatch.setattr(reworking, "EACH", 3)
    # A new version of the formula, which says something else: so does its name.
    field = OPPORTUNITY.by_name["expected"]
    assert field.formula is not None
    twice = Formula(of=field.formula.of, by=lambda amount, likely: amount * likely / 50, version=2)
    before, formula = reworking.declared(OPPORTUNITY), field.formula

    def cut(work: Any) -> Any:
        """One turn of several, and then it was killed; in one transaction, for the house's own job may come at any time."""
        work.conn.execute(delete(WorkedOut).where(places.c.kind == "opportunity"))
        work.conn.execute(update(t).where(t.c.id == ids[0]).values(expected=200 * UNIT))
        more = reworking._turn(work, OPPORTUNITY)
        return more, work.conn.execute(select(places).where(places.c.kind == "opportunity")).one()

    object.__setattr__(field, "formula", twice)
    try:
        assert reworking.declared(OPPORTUNITY) != before
        more, place = (await shared.company.write(cut)).value
        assert more
        assert place.last > 0
        assert place.filled == "", "not whole yet"
        async with seller.live() as live:
            await live.say(op="watch", ref={"kind": "opportunity", "id": ids[4]})
            await live.until(lambda frame: frame["op"] == "watching")
            await reworking.rework(shared.company, {})
            now = [await row_of(seller, one, DEALS) for one in ids]
            assert [row["fields"]["expected"] for row in now] == ["200.00"] * 5
            assert [row["version"] for row in now] == [1, 2, 2, 2, 2], "what stood there already is as it was"
            assert [row["updated_at"] for row in now] == [row["updated_at"] for row in rows]
            frame = await live.until(lambda frame: "record/opportunity" in str(frame))
            assert f"'id': {ids[4]}" in str(frame)
        assert await shared.company.read(lambda conn: reworking.is_whole(conn, OPPORTUNITY))
        written = select(RecordHistory.act).where(
            RecordHistory.kind == "opportunity", RecordHistory.record_id.in_(ids)
        )
        acts = await shared.company.read(lambda conn: conn.execute(written).scalars().all())
        assert acts == ["created"] * 5, "it was nobody's act"
        # Who had it open saves over the version they saw: their field is nobody else's.
        saved = await patch(seller, rows[4], need="还在写的")
        assert (said(saved), saved.json()["merged"]) == ("200", [])
    finally:
        object.__setattr__(field, "formula", formula)
    await reworking.rework(shared.company, {})
    assert (await row_of(seller, ids[0], DEALS))["fields"]["expected"] == "100.00"
    before_again = await row_of(seller, ids[1], DEALS)
    await reworking.rework(shared.company, {})
    assert await row_of(seller, ids[1], DEALS) == before_again, "nothing is left to do"


def test_another_version_other_inputs_or_another_worth_of_a_stage_are_worked_out_anew() -> None:
    def said_by(version: int = 1, of: tuple[str, ...] = ("y", PROBABILITY), worth: int = 10) -> str:
        formula = Formula(of=of, by=lambda *given: Fraction(1), version=version)
        x = MoneyField("x", words("x", "x"), formula=formula)
        kind = kind_of(a("y"), a("z"), x, stages=(stage("one", probability=worth),))
        return reworking.declared(kind)

    assert said_by() == said_by()
    others = [said_by(version=2), said_by(of=("z", PROBABILITY)), said_by(worth=20)]
    assert len({said_by(), *others}) == 4
    by_decimals = {
        reworking.declared(kind_of(a("y"), a("x", "y", kind=PercentField, decimals=at))) for at in (1, 2)
    }
    assert len(by_decimals) == 2
