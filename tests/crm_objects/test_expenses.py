"""What following a customer has cost (CUST-11): a kind like the others, which follows its customer."""

from tests.crm_objects.desk import CUSTOMERS, errors, make, said
from tests.house import House
from tests.server.api.people import MANAGER, OUTSIDER, SELLER, enter

EXPENSES = "/api/records/expense"


async def test_an_expense_stands_with_its_customer_and_follows_its_rights(shared: House) -> None:
    seller, manager, outsider = [await enter(shared, one) for one in (SELLER, MANAGER, OUTSIDER)]
    customer = await make(seller, "费用客户")
    wanted = {"purpose": "高铁往返", "customer": customer["id"], "amount": "1260.50", "category": "travel"}
    made = (await seller.post(EXPENSES, {"fields": wanted}))["item"]
    assert (made["owner"], made["fields"]["amount"]) == (seller.id, "1260.50")
    lacking = await seller.try_post(EXPENSES, {"fields": {"purpose": "没有金额", "customer": customer["id"]}})
    assert errors(lacking) == {"fields.amount": "required"}
    beside = (await seller.get(f"{CUSTOMERS}/{customer['id']}/related"))["items"]
    costs = next(one for one in beside if one["kind"] == "expense")
    assert [one["title"] for one in costs["rows"]] == ["高铁往返"]
    sums = (await seller.get(f"{CUSTOMERS}/{customer['id']}/family"))["counts"]
    assert [(one["count"], one["sums"][0]["sum"]) for one in sums if one["kind"] == "expense"] == [
        (1, "1260.50")
    ]
    # The manager knows of it, what it cost is for who sees financial fields; nobody else knows of it.
    assert (await manager.get(f"{EXPENSES}/{made['id']}"))["item"]["title"] == "高铁往返"
    assert (await outsider.http.get(f"{EXPENSES}/{made['id']}")).status_code == 404


async def test_an_expense_is_not_followed_up(shared: House) -> None:
    seller = await enter(shared, SELLER)
    customer = await make(seller, "费用不跟进")
    wanted = {"purpose": "打车", "customer": customer["id"], "amount": "36"}
    made = (await seller.post(EXPENSES, {"fields": wanted}))["item"]
    assert "followup" not in made["may"]
    kinds = {one["kind"]: one for one in (await seller.get("/api/record-kinds"))["items"]}
    assert [kinds[kind]["followed_up"] for kind in ("customer", "contact", "expense")] == [True, True, False]
    assert "last_followed_at" not in {one["name"] for one in kinds["expense"]["fields"]}
    note = {"sort": "visit", "text": "跟进一笔费用"}
    assert said(await seller.try_post(f"{EXPENSES}/{made['id']}/followups", note)) == "404 not_found"
    ref = {"kind": "expense", "id": made["id"]}
    posted = {"kind": "sales_record", "text": "写在费用上", "audience": {"people": [seller.id]}}
    refused = await seller.try_post("/api/posts", {**posted, "details": {"record": ref, "sort": "visit"}})
    assert errors(refused) == {"details.record.kind": "choice"}
