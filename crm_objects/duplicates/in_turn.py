"""Two who save the same value at the very same moment: each looks before the other has written, and neither would be asked (W15). On
PostgreSQL whoever saves a value first holds it until COMMIT, and who comes next looks only then. SQLite has one writer anyhow."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from crm_objects.duplicates.hashes import valued
from crm_objects.duplicates.settings import hard_keys
from crm_objects.engine.reading import Desk
from server.secrets.box import Secrets

_EACH = func.unnest(bindparam("values", type_=ARRAY(BigInteger))).column_valued("value")
_HOLD = select(func.pg_advisory_xact_lock(_EACH))


def hold(desk: Desk, secrets: Secrets, *stored: Mapping[str, Any], fields: Collection[str]) -> set[str]:
    """Until COMMIT nobody else saves what these records hold in `fields`; answers the kind's hard keys, as they stay until then.

    Called when every row that the act looks at is held: rows come first, then the setting, then values in one order, so that two never
    wait for each other crosswise. A record has some hundred values at most, and as many locks.
    """
    hard = hard_keys(desk.conn, desk.kind, lock=True)
    if desk.conn.dialect.name == "postgresql":
        mine = [one for each in stored for one in valued(desk.shape, secrets, each) if one.field in fields]
        # Each hash is made for one key of one kind: eight bytes of it are number enough.
        numbers = {int.from_bytes(hashed[:8], signed=True) for one in mine for hashed in one.hashes.values()}
        if numbers:
            desk.conn.execute(_HOLD, {"values": sorted(numbers)})
    return hard
