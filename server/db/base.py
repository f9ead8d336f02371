"""The one declarative base and the column types both databases share."""

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

# SQLite gives an auto-incrementing key only to INTEGER; PostgreSQL wants BIGINT for what grows for ever.
Id = BigInteger().with_variant(Integer(), "sqlite")


# In a table's `info`: it can be made anew from the others, by the job of this name. A backup leaves it out; a restore queues the job.
DERIVED = "derived_by"


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time. SQLite hands times back naive; refusing naive ones on the way in keeps a local time from slipping by."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every table of every domain hangs here; `server/db/migrations` must equal it (a law test holds both together)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: dict[Any, Any] = {datetime: UtcTime}


def table(model: type[Base]) -> Table:
    """A model's table, for statements that run often: the mapped class adds the ORM's work to every row."""
    return cast(Table, model.__table__)
