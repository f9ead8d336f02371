"""Some customers of the demo company were chosen in its own directory of companies, and their people stand to each other in some way."""

import msgspec
from sqlalchemy import insert, select, update

from crm_objects.engine.belongings import RecordRegistration, RecordRelation
from crm_objects.registry import loading
from crm_objects.registry.models import RegistryChoice, RegistryEdition
from crm_objects.registry.provider import PostalAddress, Registration
from crm_objects.templates.base import CONTACT, CUSTOMER
from server.db.base import table
from server.work.company import Company
from server.work.work import Work

LISTED, CHOSEN, KNOWN = 60, 25, 150


def put_registry(company: Company) -> None:
    company.write_now(_write)


def _write(work: Work) -> None:
    c, now = CUSTOMER.table.c, work.now
    some = select(c.id, c.name, c.credit_code, c.phone, c.website, c.address, c.owner_id, c.created_at)
    rows = work.conn.execute(some.where(c.credit_code.is_not(None)).order_by(c.id).limit(LISTED)).all()
    edition = {"file_name": "companies.csv", "state": "ready", "rows": len(rows), "created_at": now}
    made = insert(RegistryEdition).values(edition).returning(RegistryEdition.id)
    number = int(work.conn.execute(made).scalar_one())
    work.conn.execute(insert(RegistryChoice).values(id=1, provider="directory"))
    told = [
        Registration(
            ref="",
            name=row.name,
            credit_code=row.credit_code,
            status="存续",
            phone=row.phone,
            website=row.website,
            address=PostalAddress(*row.address.split("\n")),
        )
        for row in rows
    ]
    loading.write(work, number, told)
    kept = [
        {
            "kind": "customer",
            "record_id": row.id,
            "provider": "directory",
            "ref": f"code:{row.credit_code}",
            "data": msgspec.json.encode(msgspec.structs.replace(one, ref=f"code:{row.credit_code}")).decode(),
            "fetched_at": row.created_at,
            "fetched_by": row.owner_id,
        }
        for row, one in list(zip(rows, told, strict=True))[:CHOSEN]
    ]
    work.conn.execute(insert(table(RecordRegistration)), kept)
    chosen = [one["record_id"] for one in kept]
    work.conn.execute(update(CUSTOMER.table).where(c.id.in_(chosen)).values(registered_name=c.name))
    _relate(work)


def _relate(work: Work) -> None:
    """Who comes after the first of a customer reports to them; the third knows the second."""
    c = CONTACT.table.c
    rows = work.conn.execute(select(c.id, c.customer, c.owner_id, c.created_at).order_by(c.id).limit(KNOWN))
    by_customer: dict[int, list[tuple[int, int, object]]] = {}
    for row in rows:
        by_customer.setdefault(row.customer, []).append((row.id, row.owner_id, row.created_at))
    made = []
    for people in by_customer.values():
        first = people[0][0]
        for place, (person, owner, at) in enumerate(people[1:], 1):
            shared = {"kind": "contact", "created_at": at, "created_by": owner}
            made.append({**shared, "from_id": person, "to_id": first, "sort": "reports_to"})
            if place == 2:
                made.append({**shared, "from_id": people[1][0], "to_id": person, "sort": "knows"})
    work.conn.execute(insert(table(RecordRelation)), made)
