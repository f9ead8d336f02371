"""The description of the API is whole: a robot that has nothing else can find every route, fill it and read the answer."""

import re
from collections.abc import Iterator
from typing import Any

from server.api.route import Nothing
from tests.house import House
from tests.server.api.samples import SAMPLES, Things
from tests.server.api.test_refused_requests import routes
from tests.server.api.wire import ask

METHODS = {"get", "post", "put", "patch", "delete"}


async def described(house: House) -> dict[str, Any]:
    reply = await ask(house, "GET", "/api/openapi.json")
    assert (reply.status, reply.header("content-type")) == (200, "application/json")
    document: dict[str, Any] = reply.json()
    return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS, f"{path}: {method}"
            yield method, path, operation


def refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for one in value.values():
            yield from refs(one)
    elif isinstance(value, list):
        for one in value:
            yield from refs(one)


async def test_every_route_is_described_with_its_summary_and_its_rule(shared: House) -> None:
    document = await described(shared)
    found = {(method.upper(), path): operation for method, path, operation in operations(document)}
    declared = {(route.method, re.sub(r":\w+\}", "}", route.path)): route for route in routes(shared)}
    assert found.keys() == declared.keys()
    for key, operation in found.items():
        assert operation["summary"], key
        assert operation["x-rule"] == declared[key].rule.name, key
        assert str(declared[key].status) in operation["responses"], key
        problem = operation["responses"]["default"]["content"]["application/problem+json"]
        assert problem["schema"] == {"$ref": "#/components/schemas/ProblemDocument"}, key
    names = [operation["operationId"] for operation in found.values()]
    assert len(set(names)) == len(names)


async def test_every_parameter_of_a_path_is_declared_and_no_other(shared: House) -> None:
    for method, path, operation in operations(await described(shared)):
        declared = {one["name"]: one for one in operation["parameters"] if one["in"] == "path"}
        assert declared.keys() == set(re.findall(r"\{(\w+)\}", path)), f"{method} {path}"
        for parameter in operation["parameters"]:
            assert parameter["schema"], f"{method} {path} {parameter['name']}"
            assert parameter["required"] is (parameter["in"] != "query"), (
                f"{method} {path} {parameter['name']}"
            )


async def test_every_reference_leads_somewhere(shared: House) -> None:
    document = await described(shared)
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    for ref in set(refs(document)):
        assert ref.startswith("#/components/schemas/"), ref
        assert ref.rpartition("/")[2] in schemas, ref


async def test_every_body_query_and_key_a_route_wants_is_described(shared: House, things: Things) -> None:
    document = await described(shared)
    for route in routes(shared):
        operation = document["paths"][re.sub(r":\w+\}", "}", route.path)][route.method.lower()]
        queries = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        assert queries == set(route.query.__struct_encode_fields__), route.name  # type: ignore[attr-defined]
        headers = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
        wants_key = route.again is not None or (route.upload and route.method == "POST")
        assert headers == ({"Idempotency-Key"} if wants_key else set()), route.name
        content = operation.get("requestBody", {}).get("content", {})
        if route.upload:
            assert list(content) == ["multipart/form-data"], route.name
        elif route.octets:
            assert list(content) == ["application/octet-stream"], route.name
        elif route.body is Nothing:
            assert not content, route.name
        else:
            schema = content["application/json"]["schema"]
            named = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            sample = SAMPLES[route.name](things).body
            assert sample.keys() <= named["properties"].keys(), route.name
            assert set(named.get("required", [])) <= sample.keys(), route.name
            assert named["additionalProperties"] is False, route.name


async def test_the_page_of_the_api_lists_every_route_without_scripts(shared: House) -> None:
    page = (await ask(shared, "GET", "/api/docs")).body.decode()
    assert "<script" not in page
    for route in routes(shared):
        assert f"<code>{route.path}</code>" in page, route.name
