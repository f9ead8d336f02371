"""The client's types, generated from the OpenAPI description: `python -m server types` writes `web/src/api/generated.ts`."""

from collections.abc import Mapping
from typing import Any

HEAD = "// Generated from the server's typed shapes by `python -m server types`. Do not edit; a test holds both together.\n"


def typescript(document: Mapping[str, Any]) -> str:
    """One interface per component, and `Entities`: kind → shape. Answers' fields are always there; inputs' may have defaults."""
    schemas: Mapping[str, Any] = document["components"]["schemas"]
    inputs = _reachable(schemas, _bodies(document))
    lines = [HEAD]
    for name in sorted(schemas):
        lines.append(_interface(name, schemas[name], optional=name in inputs))
    entities = document["x-entities"]
    lines.append("export interface Entities {")
    lines += [f"  {_key(kind)}: {_name(shape)}" for kind, shape in sorted(entities.items())]
    lines.append("}\n")
    return "\n".join(lines)


def _bodies(document: Mapping[str, Any]) -> list[str]:
    found = []
    for operations in document["paths"].values():
        for operation in operations.values():
            for media in operation.get("requestBody", {}).get("content", {}).values():
                if "$ref" in media["schema"]:
                    found.append(_last(media["schema"]["$ref"]))
    return found


def _reachable(schemas: Mapping[str, Any], names: list[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _references(schemas[name])
    return seen


def _references(schema: Any) -> list[str]:
    if isinstance(schema, Mapping):
        own = [_last(schema["$ref"])] if "$ref" in schema else []
        return own + [name for value in schema.values() for name in _references(value)]
    if isinstance(schema, list):
        return [name for value in schema for name in _references(value)]
    return []


def _interface(name: str, schema: Mapping[str, Any], *, optional: bool) -> str:
    required = set(schema.get("required", ()))
    lines = [f"/** {schema['description'].splitlines()[0]} */"] if schema.get("description") else []
    lines.append(f"export interface {_name(name)} {{")
    for field, spec in schema.get("properties", {}).items():
        mark = "?" if optional and field not in required else ""
        lines.append(f"  {_key(field)}{mark}: {_type(spec)}")
    lines.append("}\n")
    return "\n".join(lines)


def _type(spec: Mapping[str, Any]) -> str:
    if "$ref" in spec:
        return _name(_last(spec["$ref"]))
    if "anyOf" in spec:
        return " | ".join(_type(one) for one in spec["anyOf"])
    if "enum" in spec:
        return " | ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in spec["enum"])
    match spec.get("type"):
        case "string":
            return "string"
        case "integer" | "number":
            return "number"
        case "boolean":
            return "boolean"
        case "null":
            return "null"
        case "array":
            inner = _type(spec.get("items", {}))
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        case "object":
            return f"Record<string, {_type(spec.get('additionalProperties') or {})}>"
    return "unknown"


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]


def _name(name: str) -> str:
    """`Items_PostView_` (a generic's name) becomes `ItemsPostView`."""
    return "".join(part for part in name.replace(".", "_").split("_"))


def _key(name: str) -> str:
    return name if name.isidentifier() else f"'{name}'"
