"""The OpenAPI description, generated from the routes' typed shapes; nothing is written by hand."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from server.api.entities import Entity, Variant
from server.api.inputs import OCTETS
from server.api.route import Nothing, Route
from server.events.envelope import Envelope
from server.kit.problems import FieldError

_REF = "#/components/schemas/{name}"


class ProblemDocument(msgspec.Struct):
    """RFC 9457, with a stable `code`."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError]


def describe(
    routes: Iterable[Route], entities: Iterable[Entity] = (), variants: Iterable[Variant] = ()
) -> dict[str, Any]:
    """The whole document. Types come from bodies, queries, outputs and what travels in changes."""
    entities, variants = list(entities), list(variants)
    listed = sorted((route for route in routes), key=lambda route: (route.path, route.method))
    kinds: list[Any] = [ProblemDocument, Envelope, *[entity.shape for entity in entities]]
    kinds += [variant.shape for variant in variants]
    for route in listed:
        kinds += [kind for kind in (route.body, route.output) if kind not in (None, Nothing)]
    _, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    _tell_variants(components, variants)
    paths: dict[str, Any] = {}
    for route in listed:
        path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tenfour",
            "version": "1",
            "description": "See docs/wire.md for streams and derived state.",
        },
        "paths": paths,
        "components": {"schemas": components},
        "x-entities": {entity.kind: entity.shape.__name__ for entity in entities},
    }


def _tell_variants(components: dict[str, Any], variants: list[Variant]) -> None:
    """A field whose shapes others declare is one of them, or null; in what inherits it too."""
    shapes: dict[tuple[type, str], list[type]] = {}
    for one in variants:
        shapes.setdefault((one.holder, one.field), []).append(one.shape)
    for (holder, field), found in shapes.items():
        choice = [{"$ref": _REF.format(name=shape.__name__)} for shape in found]
        for kind in (holder, *holder.__subclasses__()):
            if kind.__name__ in components:
                described = components[kind.__name__]["properties"]
                default = {"default": None} if "default" in described[field] else {}
                described[field] = {"anyOf": [*choice, {"type": "null"}], **default}


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.summary,
        "operationId": _operation_id(route),
        "x-rule": route.rule.name,
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": {
            str(route.status): _content(route.output),
            "default": _content(ProblemDocument, "application/problem+json"),
        },
    }
    if route.again is not None or (route.upload and route.method == "POST"):
        operation["parameters"].append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "schema": {"type": "string", "maxLength": 100},
            }
        )
    if route.upload:
        file = {
            "type": "object",
            "properties": {"file": {"type": "string", "format": "binary"}},
            "required": ["file"],
        }
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": file}}}
    elif route.octets:
        bytes_as_they_are = {"schema": {"type": "string", "format": "binary"}}
        operation["requestBody"] = {"required": True, "content": {OCTETS: bytes_as_they_are}}
    elif route.body is not Nothing:
        operation["requestBody"] = {"required": True, "content": _content(route.body)["content"]}
    return operation


def _operation_id(route: Route) -> str:
    words = [
        word
        for word in re.split(r"\W+", re.sub(r"\{\w+:\w+\}", "one", route.path))
        if word not in ("", "api")
    ]
    return "_".join([route.method.lower(), *words])


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    kinds = {"int": {"type": "integer"}, "str": {"type": "string"}}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds[kind]}
        for name, kind in re.findall(r"\{(\w+):(\w+)\}", route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is Nothing:
        return []
    _, components = msgspec.json.schema_components([route.query], ref_template=_REF)
    properties = components[route.query.__name__]["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": spec} for name, spec in properties.items()
    ]


def _content(kind: Any, media: str = "application/json") -> dict[str, Any]:
    if kind is None or kind is Nothing:
        return {"description": "Done."}
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=_REF)
    return {"description": "OK", "content": {media: {"schema": schema}}}
