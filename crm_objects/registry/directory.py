"""The company's own directory of companies as a registry: works without the internet."""

import msgspec
from sqlalchemy import Connection, func, or_, select

from crm_objects.engine.words import words
from crm_objects.registry import directory_index
from crm_objects.registry.models import RegistryCompany, RegistryEdition
from crm_objects.registry.provider import MOST, Candidate, Registration, Registry, Unknown
from server.db.base import table
from server.search.terms import fold
from server.work.company import Company

_COMPANIES, _EDITIONS = table(RegistryCompany), table(RegistryEdition)


def edition(conn: Connection) -> int:
    """The directory that is asked; 0 where none is loaded."""
    newest = select(func.max(_EDITIONS.c.id)).where(_EDITIONS.c.state == "ready")
    return conn.execute(newest).scalar() or 0


async def search(company: Company, text: str) -> list[Candidate]:
    return await company.read(lambda conn: candidates(conn, text))


async def fetch(company: Company, ref: str) -> Registration:
    """Raises `Unknown`."""
    return await company.read(lambda conn: _one(conn, ref))


def candidates(conn: Connection, text: str) -> list[Candidate]:
    """The same name or credit code first, then those that hold the words: the earlier in the name and the shorter, the nearer."""
    current, said = edition(conn), " ".join(text.split())
    if not current:
        return []
    c = _COMPANIES.c
    same = select(c.id, c.name, c.data).where(
        c.edition_id == current, or_(c.name == said, c.credit_code == said.upper()[:40])
    )
    rows = {row.id: row for row in conn.execute(same.limit(MOST))}
    rows |= {row.id: row for row in directory_index.found(conn, current, said) if row.id not in rows}
    wanted = fold(said)

    def near(name: str) -> tuple[bool, int, int, str]:
        at = fold(name).find(wanted)
        return at < 0, at, len(name), name

    nearest = sorted(rows.values(), key=lambda row: near(row.name))[:MOST]
    return [_candidate(_registration(row)) for row in nearest]


def _one(conn: Connection, ref: str) -> Registration:
    """By its credit code, which stays the same when a newer directory is loaded, else by its name."""
    current, (sort, _, said) = edition(conn), ref.partition(":")
    column = {"code": _COMPANIES.c.credit_code, "name": _COMPANIES.c.name}.get(sort)
    if column is None or not said:
        raise Unknown(ref)
    query = select(_COMPANIES).where(_COMPANIES.c.edition_id == current, column == said)
    row = conn.execute(query.order_by(_COMPANIES.c.id).limit(1)).first()
    if row is None:
        raise Unknown(ref)
    return _registration(row)


def _registration(row: object) -> Registration:
    told = msgspec.json.decode(row.data, type=Registration)  # type: ignore[attr-defined]
    ref = f"code:{told.credit_code}" if told.credit_code else f"name:{told.name}"
    return msgspec.structs.replace(told, ref=ref)


def _candidate(told: Registration) -> Candidate:
    place = told.address.city or told.address.province if told.address else ""
    return Candidate(told.ref, told.name, told.credit_code, told.status, place)


DIRECTORY = Registry(
    "directory",
    words("本公司的企业名录", "A directory of your own"),
    words(
        "管理员上传的 CSV 名录，不联网，什么都不会发送到外面。",
        "A CSV file that an administrator puts in. Works without the internet; nothing is sent anywhere.",
    ),
    search,
    fetch,
)
