"""Which shape each entity kind has on the wire: declared by the domains, used for OpenAPI and the client's generated types."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """`kind` as in changes; `shape` the struct of its `data`."""

    kind: str
    shape: type


@dataclass(frozen=True)
class Variant:
    """One shape that `field` of `holder` may have: declared where the shapes belong to other domains' kinds than the holder."""

    holder: type
    field: str
    shape: type
