"""Who sees and does what with a record: by the reviewed table here, which imports nothing of the policies (security.md §1a, W13)."""

from collections.abc import Awaitable, Callable

import httpx2
import pytest

from tests.crm_objects.desk import CONTACTS, CUSTOMERS, change, make, make_contact, said
from tests.house import Client, House
from tests.server.api.people import BOSS, HEAD, MANAGER, OTHER_MANAGER, OUTSIDER, SECOND_SELLER, SELLER, enter

FINANCE, MEMBER = "1017", "1023"
# The customer is the seller's; these stand in the relations that the test gives them.
PEOPLE = {
    "owner": SELLER, "writing team": "1013", "reading team": "1014", "who made it": "1019", "manager": MANAGER, "department head": HEAD,
    "boss": BOSS, "peer": SECOND_SELLER, "manager elsewhere": OTHER_MANAGER, "administrator": "1002", "finance": FINANCE,
    "finance on the team": "1018", "member": MEMBER, "member on the team": "1011",
}  # fmt: skip
OK, NO, MISSING, HIDDEN = "200", "403 forbidden", "404 not_found", "422 invalid"
VERBS = (
    "look", "card", "found", "phone", "tax_number", "note", "id_number", "write", "follow up", "share", "team", "void", "owner", "delete",
    "reveal phone", "reveal id",
)  # fmt: skip
CLEAR, PART, GONE = "clear", "masked", "absent"
WHOLE = (OK, True, True, CLEAR, CLEAR, CLEAR, PART, OK, "201", OK, "204", OK, OK, NO, OK, OK)
READS = (OK, True, True, PART, GONE, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, NO, MISSING)
OVER = (OK, True, True, PART, CLEAR, CLEAR, PART, OK, "201", OK, "204", OK, OK, NO, OK, OK)
NOTHING = (MISSING, False, False, GONE, GONE, GONE, GONE, *[MISSING] * 9)
TABLE: dict[str, tuple[object, ...]] = {
    #       look card found phone tax   note  id    write follow share team  void owner delete reveal ×2
    "owner": WHOLE,
    "writing team": (OK, True, True, CLEAR, CLEAR, CLEAR, PART, OK, "201", OK, NO, NO, NO, NO, OK, OK),
    # A team that reads holds `records.reveal` over its own alone: what is masked stays so.
    "reading team": (*READS[:-1], HIDDEN),
    "who made it": READS,
    "manager": OVER,
    "department head": OVER,
    "boss": (*OVER[:13], "409 wrong_state", OK, OK),
    "peer": NOTHING,
    "manager elsewhere": NOTHING,
    # Leads people elsewhere, so the door of «owner» is open; no reader of data.
    "administrator": NOTHING,
    "finance": NOTHING,
    "finance on the team": (OK, True, True, PART, CLEAR, GONE, GONE, NO, NO, NO, NO, NO, NO, NO, NO, HIDDEN),
    "member": (*NOTHING[:12], NO, MISSING, MISSING, MISSING),
    "member on the team": (*WHOLE[:10], NO, NO, NO, NO, OK, OK),
}
VALUES = {
    "phone": "13912345678",
    "tax_number": "91310000TAX",
    "note": "内部备注",
    "id_number": "3101011990010112",
}


@pytest.mark.parametrize("role", PEOPLE)
async def test_everybody_sees_and_does_what_the_table_says_and_nothing_else(shared: House, role: str) -> None:
    found = await _cell_by_cell(shared, role)
    assert found == dict(zip(VERBS, TABLE[role], strict=True))


async def _cell_by_cell(house: House, role: str) -> dict[str, object]:
    owner, viewer = await enter(house, SELLER), await enter(house, PEOPLE[role])
    maker = viewer if role == "who made it" else owner
    financial = {one: VALUES[one] for one in ("phone", "tax_number", "note")}
    customer = await make(maker, f"权限 {role}", owner=owner.id, **financial)
    contact = await make_contact(
        owner, customer["id"], id_number=f"{VALUES['id_number']}{list(PEOPLE).index(role):02}"
    )
    path = f"{CUSTOMERS}/{customer['id']}"
    if "team" in role:
        access = "read" if role in ("reading team", "finance on the team") else "write"
        await owner.put(f"{path}/team/{viewer.id}", {"role": "member", "access": access})
    reply = await viewer.http.get(path)
    fields = reply.json()["item"]["fields"] if reply.is_success else {}
    person = await viewer.http.get(f"{CONTACTS}/{contact['id']}")
    if person.is_success:
        fields["id_number"] = person.json()["item"]["fields"].get("id_number")
    shown = await viewer.post("/api/cards", {"refs": [{"kind": "customer", "id": customer["id"]}]})
    hits = (await viewer.get("/api/search", q=f"权限 {role}", kind="customer"))["items"]
    seen: dict[str, object] = {
        "look": said(reply),
        "card": not shown["items"][0]["restricted"],
        "found": customer["id"] in [hit["id"] for hit in hits],
    }
    seen |= {name: _how(fields, name) for name in VALUES}
    # What harms nothing first, so that every act meets the record as it was.
    return seen | {verb: said(await act()) for verb, act in _acts(viewer, path, contact["id"]).items()}


def _how(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return GONE
    return PART if isinstance(value, dict) else CLEAR


def _acts(viewer: Client, path: str, contact: int) -> dict[str, Callable[[], Awaitable[httpx2.Response]]]:
    http = viewer.http
    reveal = {"reason": "check", "text": ""}
    return {
        "write": lambda: http.patch(path, json={"version": 99, "fields": {"level": "key"}}),
        "share": lambda: http.put(f"{path}/shares", json={"days": 1, "people": [24]}),
        "follow up": lambda: viewer.try_post(f"{path}/followups", {"sort": "call", "text": "打过电话"}),
        "reveal phone": lambda: http.put(f"{path}/reveal", json={"field": "phone", **reveal}),
        "reveal id": lambda: http.put(f"{CONTACTS}/{contact}/reveal", json={"field": "id_number", **reveal}),
        "delete": lambda: http.delete(path),
        "team": lambda: http.put(f"{path}/team/24", json={"role": "member", "access": "read"}),
        "owner": lambda: http.put(f"{path}/owner", json={"owner": viewer.id, "keep": "write"}),
        "void": lambda: http.put(f"{path}/void", json={"reason": ""}),
    }


async def test_what_somebody_may_is_what_the_row_offers(shared: House) -> None:
    """The buttons and the acts are the same rule: what is offered passes, everything else is refused."""
    owner = await enter(shared, SELLER)
    for number in (SELLER, MANAGER, BOSS, "1014"):
        viewer = await enter(shared, number)
        row = await make(owner, phone=VALUES["phone"])
        path = f"{CUSTOMERS}/{row['id']}"
        if number == "1014":
            await owner.put(f"{path}/team/{viewer.id}", {"role": "member", "access": "read"})
        may = (await viewer.get(path))["item"]["may"]
        won = {"value": "dealt", "reason": "x"}
        told = {
            "state": (await viewer.http.put(f"{path}/states/deal_state", json=won)).status_code,
            "lock": (await viewer.http.put(f"{path}/lock", json={"subordinate": False})).status_code,
        }
        await owner.put(f"{path}/unlock", {"subordinate": False})
        twin = await make(owner)
        versions = {"other": twin["id"], "version": 1, "other_version": 1}
        now = (await owner.get(path))["item"]["version"]
        merging = await viewer.http.put(f"{path}/merge", json={**versions, "version": now})
        told["merge"] = merging.status_code
        told |= {verb: (await act()).status_code for verb, act in _acts(viewer, path, 1).items()}
        names = {
            "follow up": "followup",
            **{one: one for one in ("write", "state", "share", "team", "lock", "owner", "merge", "void")},
        }
        assert {word for verb, word in names.items() if told[verb] < 300} == set(may) - {"reveal"}, number
        assert ("reveal" in may) == (number in (MANAGER, BOSS))


async def test_who_joins_the_team_sees_at_once_and_who_leaves_sees_no_more(shared: House) -> None:
    owner, other = await enter(shared, SELLER), await enter(shared, OUTSIDER)
    row = await make(owner)
    path = f"{CUSTOMERS}/{row['id']}"
    assert said(await other.http.get(path)) == MISSING
    writes = ["write", "state", "followup", "share"]
    for access, may in (("read", []), ("write", writes), ("write", writes)):
        await owner.put(f"{path}/team/{other.id}", {"role": "after_sales", "access": access})
        assert (await other.get(path))["item"]["may"] == may
    assert row["id"] in [one["id"] for one in (await other.get(CUSTOMERS, view="team"))["items"]]
    await other.delete(f"{path}/team/{other.id}")
    assert said(await other.http.get(path)) == MISSING
    assert (
        said(await owner.http.put(f"{path}/team/{10**9}", json={"role": "member", "access": "read"}))
        == MISSING
    )


async def test_a_contact_is_reached_through_its_customer(shared: House) -> None:
    owner, other, manager = [await enter(shared, one) for one in (SELLER, OUTSIDER, MANAGER)]
    row = await make(owner)
    contact = await make_contact(manager, row["id"], mobile=VALUES["phone"])
    assert contact["owner"] == owner.id, "the customer's owner, where none is named"
    path = f"{CONTACTS}/{contact['id']}"
    assert said(await other.http.get(path)) == MISSING
    await owner.put(f"{CUSTOMERS}/{row['id']}/team/{other.id}", {"role": "member", "access": "read"})
    assert (await other.get(path))["item"]["fields"]["mobile"] == {"masked": "139****5678"}
    await owner.put(f"{CUSTOMERS}/{row['id']}/team/{other.id}", {"role": "member", "access": "write"})
    assert (await other.get(path))["item"]["fields"]["mobile"] == "+8613912345678"
    stranger = await make(await enter(shared, OTHER_MANAGER))
    refused = await owner.try_post(CONTACTS, {"fields": {"name": "x", "customer": stranger["id"]}})
    assert refused.json()["errors"][0]["code"] == "not_found", "a customer that one may not read is none"


async def test_who_sees_a_value_in_part_cannot_write_over_it(shared: House) -> None:
    owner, manager = await enter(shared, SELLER), await enter(shared, MANAGER)
    row = await make(owner, phone=VALUES["phone"])
    body = {"version": 1, "fields": {"phone": "13800000000", "level": "key"}}
    refused = await manager.http.patch(f"{CUSTOMERS}/{row['id']}", json=body)
    assert refused.json()["errors"][0] | {"detail": ""} == {
        "field": "fields.phone", "code": "not_clear", "detail": "",
    }  # fmt: skip
    assert (await change(owner, row["id"], 1, phone=""))["item"]["fields"]["phone"] is None
