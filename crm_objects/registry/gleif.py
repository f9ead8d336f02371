"""The public register of the Global Legal Entity Identifier Foundation: companies of all countries, no key (https://www.gleif.org/lei-data)."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from crm_objects.engine.words import words
from crm_objects.registry.provider import (
    MOST,
    Candidate,
    PostalAddress,
    Registration,
    Registry,
    Unavailable,
    Unknown,
)
from server.outbound.addresses import Refused
from server.outbound.client import Outbound, Unreachable
from server.work.company import Company

_LEI = re.compile(r"^[A-Z0-9]{20}$", re.ASCII)
_HEADERS = {"Accept": "application/vnd.api+json"}
_LONGEST = 300


async def search(company: Company, text: str) -> list[Candidate]:
    """Companies one of whose names holds the words. Raises `Unavailable`."""
    query = urlencode({"filter[entity.names]": text, "page[size]": MOST, "page[number]": 1})
    data = (await _asked(company, f"/lei-records?{query}")).get("data")
    found = [_candidate(one) for one in data if isinstance(one, dict)] if isinstance(data, list) else []
    return [one for one in found if one.name and _LEI.match(one.ref)][:MOST]


async def fetch(company: Company, ref: str) -> Registration:
    """Raises `Unavailable`, `Unknown`."""
    if not _LEI.match(ref):
        raise Unknown(ref)
    data = (await _asked(company, f"/lei-records/{ref}")).get("data")
    entity = _part(_part(data, "attributes"), "entity")
    name = _text(_part(entity, "legalName"), "name")
    if not name:
        raise Unavailable("an answer without a name")
    formers = [
        _text(one, "name") for one in _list(entity, "otherNames") if _text(one, "type").startswith("PREVIOUS")
    ]
    return Registration(
        ref=ref,
        name=name,
        credit_code=_text(entity, "registeredAs")[:40],
        status=_text(entity, "status"),
        legal_form=_text(_part(entity, "legalForm"), "other"),
        founded=_text(entity, "creationDate")[:10],
        address=_address(_part(entity, "legalAddress")),
        former_names="; ".join(one for one in formers if one)[:200],
        source=f"https://search.gleif.org/#/record/{ref}",
    )


async def _asked(company: Company, path: str) -> dict[str, object]:
    settings = company.settings
    try:
        answer = await Outbound(settings.allowed_private_hosts).get(settings.gleif_url + path, _HEADERS)
        if answer.status == 404:
            raise Unknown(path)
        if answer.status != 200:
            raise Unavailable(f"GLEIF answers with status {answer.status}")
        return answer.json()
    except (Refused, Unreachable) as error:
        raise Unavailable(str(error)) from error


def _candidate(one: Mapping[str, Any]) -> Candidate:
    entity = _part(_part(one, "attributes"), "entity")
    address = _part(entity, "legalAddress")
    return Candidate(
        ref=_text(one, "id"),
        name=_text(_part(entity, "legalName"), "name"),
        credit_code=_text(entity, "registeredAs")[:40],
        status=_text(entity, "status"),
        place=", ".join(part for part in (_text(address, "city"), _text(address, "country")) if part),
    )


def _address(told: Mapping[str, Any]) -> PostalAddress | None:
    lines = [str(one)[:_LONGEST] for one in _list(told, "addressLines") if isinstance(one, str)]
    made = PostalAddress(
        country=_text(told, "country")[:60],
        province=_text(told, "region")[:60],
        city=_text(told, "city")[:60],
        street=", ".join(lines)[:_LONGEST],
        postcode=_text(told, "postalCode")[:60],
    )
    return made if made.street or made.city else None


def _part(told: object, name: str) -> Mapping[str, Any]:
    found = told.get(name) if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}


def _list(told: Mapping[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    return found if isinstance(found, list) else []


def _text(told: object, name: str) -> str:
    found = told.get(name) if isinstance(told, dict) else None
    return " ".join(found.split())[:_LONGEST] if isinstance(found, str) else ""


GLEIF = Registry(
    "gleif",
    words("GLEIF 全球法人识别编码", "GLEIF, the global register of legal entities"),
    words(
        "全球公开数据，免费、无需密钥；收录有 LEI 编码的企业，含地址与统一社会信用代码，不含电话和邮箱。输入的名称会发送到 api.gleif.org。",
        "Public data of the whole world, free and without a key; companies that have an LEI, with addresses and register numbers, without"
        " telephone and mail. The names that are typed are sent to api.gleif.org.",
    ),
    search,
    fetch,
)
