"""Every route refuses what it cannot carry out: with a problem document that names the field, and without changing anything."""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from server.api import bounded_http
from server.api.route import Nothing, Route
from tests.house import House
from tests.server.api import hostile
from tests.server.api.people import cookie, counts, everything
from tests.server.api.samples import SAMPLES, Sample, Things
from tests.server.api.wire import Headers, Line, Reply, ask, send

WRITES = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def line(shared: House) -> Iterator[Line]:
    line = Line(shared)
    yield line
    line.close()


def routes(house: House) -> list[Route]:
    found: list[Route] = house.server.config.app.state.routes  # type: ignore[union-attr]
    return found


def target(route: Route, sample: Sample) -> str:
    return re.sub(r"\{(\w+):\w+\}", lambda match: str(sample.path[match[1]]), route.path)


def signed(things: Things, *more: tuple[str, str], key: str = "k") -> Headers:
    return [("Cookie", cookie(things.me)), ("Idempotency-Key", key), *more]


def check_refusal(reply: Reply, about: str) -> None:
    """A problem document with its code; one that speaks of fields names them."""
    assert 400 <= reply.status < 500, f"{about}: {reply.status} {reply.body[:300]!r}"
    assert reply.header("content-type") == "application/problem+json", about
    document = reply.json()
    assert document["status"] == reply.status, about
    assert all(document[name] for name in ("code", "title", "detail")), about
    if reply.status in (415, 422):
        assert document["errors"], f"{about}: no field in {document}"
    for error in document["errors"]:
        assert all(error[name] for name in ("field", "code")), f"{about}: {document}"
    assert len(reply.body) < 4_000, f"{about}: the refusal echoes {len(reply.body)} bytes"


def test_every_route_has_a_sample_from_which_attacks_grow(shared: House) -> None:
    missing = sorted({route.name for route in routes(shared)} - set(SAMPLES))
    assert not missing, f"add to tests/server/api/samples.py: {missing}"


@pytest.mark.timeout(120)  # twenty thousand requests
async def test_a_body_of_the_wrong_shape_is_refused_by_every_route_and_changes_nothing(
    shared: House, things: Things, line: Line
) -> None:
    before = await everything(shared)
    for route in routes(shared):
        if route.method not in WRITES or route.upload:
            continue
        sample = SAMPLES[route.name](things)
        path = target(route, sample)
        # Shapes are refused before a database is asked: for the second one a few of each route suffice.
        few = None if shared.company.db.dialect == "sqlite" else 30
        for attack in itertools.islice(hostile.bodies(route.body, sample.body), few):
            headers = signed(things, ("Content-Type", attack.content_type))
            reply = await line.ask(route.method, path, headers, attack.body)
            about = f"{route.name}, {attack.label}"
            check_refusal(reply, about)
            assert reply.status in (400, 415, 422), f"{about}: {reply.status}"
            # Where bytes are wanted, everything that calls itself JSON is refused for that.
            if attack.field is not None and not route.octets:
                assert reply.status in (415, 422), f"{about}: {reply.status} {reply.body!r}"
                assert reply.fields[0].startswith(attack.field), f"{about}: names {reply.fields}"
    assert await everything(shared) == before


async def test_an_empty_body_never_stands_for_something_to_do(shared: House, things: Things) -> None:
    before = await everything(shared)
    for route in routes(shared):
        if route.method in WRITES and route.body is not Nothing and not route.upload:
            for body in (b"", b" \n", b"{}"):
                if route.name.endswith("/links"):
                    continue  # everything it may be told can be left out
                path = target(route, SAMPLES[route.name](things))
                json_body = ("Content-Type", "application/json")
                reply = await ask(shared, route.method, path, signed(things, json_body), body)
                check_refusal(reply, f"{route.name} {body!r}")
    assert await everything(shared) == before


async def test_a_body_of_ten_megabytes_is_refused_by_every_route(shared: House, things: Things) -> None:
    before = await counts(shared)
    text = b'{"text":"' + b"x" * (10 << 20) + b'"}'
    chunked = b"%x\r\n" % len(text) + text + b"\r\n0\r\n\r\n"
    for route in routes(shared):
        if route.method in WRITES:
            path = target(route, SAMPLES[route.name](things))
            kind = ("Content-Type", "multipart/form-data; boundary=x" if route.upload else "application/json")
            for headers, body in (
                (signed(things, kind), text),
                (signed(things, kind, ("Transfer-Encoding", "chunked")), chunked),
            ):
                reply = await ask(shared, route.method, path, headers, body)
                check_refusal(reply, route.name)
                assert reply.status == 413 or route.upload, f"{route.name}: {reply.status}"
    assert await counts(shared) == before


async def test_a_number_in_a_path_that_is_no_number_of_anything_is_not_found(
    shared: House, things: Things, line: Line
) -> None:
    before = await everything(shared)
    for route in routes(shared):
        sample = SAMPLES[route.name](things)
        for name in [name for name, kind in re.findall(r"\{(\w+):(\w+)\}", route.path) if kind == "int"]:
            for text in hostile.IDS:
                path = target(route, Sample({**sample.path, name: text}))
                body = json.dumps(sample.body).encode() if sample.body else None
                json_body = [("Content-Type", "application/json")] if body else []
                if route.octets and name != "offset":
                    body, json_body = b"x", [("Content-Type", "application/octet-stream")]
                reply = await line.ask(route.method, path, signed(things, *json_body), body)
                check_refusal(reply, f"{route.name} with {name} {text[:30]}")
                # An offset may be any number: then the body is no bytes.
                also = (415,) if route.octets and name == "offset" else ()
                assert reply.status in (404, 405, 414, *also), (
                    f"{route.name} with {name} {text[:30]}: {reply.status}"
                )
    assert await everything(shared) == before


async def test_a_hostile_query_is_answered_or_refused_by_every_question(
    shared: House, things: Things, line: Line
) -> None:
    before = await everything(shared)
    for route in routes(shared):
        if route.method != "GET":
            continue
        path = target(route, SAMPLES[route.name](things))
        wait = "wait=0&" if route.path == "/api/events" else ""
        for query in hostile.queries(route.query):
            reply = await line.ask("GET", f"{path}?{wait}{query}", signed(things))
            about = f"GET {path}?{query[:60]}"
            assert reply.status < 500, f"{about}: {reply.status} {reply.body[:300]!r}"
            if reply.status >= 400:
                check_refusal(reply, about)
            declared = query.partition("=")[0] in route.query.__struct_encode_fields__  # type: ignore[attr-defined]
            assert declared or reply.status in (200, 404, 414, 422), about
    assert await everything(shared) == before


# A provider may send back more than we know: OAuth tells clients to overlook it (RFC 6749, 4.1.2).
OVERLOOKING = "GET /api/session/openid/callback"


async def test_an_unknown_query_parameter_is_refused_by_name(shared: House, things: Things) -> None:
    for route in routes(shared):
        if route.method == "GET" and route.name != OVERLOOKING:
            path = target(route, SAMPLES[route.name](things))
            reply = await ask(shared, "GET", f"{path}?stranger=1", signed(things))
            assert (reply.status, reply.fields) == (422, ["stranger"]), route.name


async def test_no_header_brings_a_route_down(shared: House, things: Things) -> None:
    before = await everything(shared)
    wanted = ("GET /api/me", "POST /api/posts", "POST /api/session", "PUT /api/posts/{id:int}/read")
    for route in [route for route in routes(shared) if route.name in wanted]:
        for headers in hostile.HEADERS:
            names = {name for name, _ in headers}
            own = [] if "Cookie" in names else [("Cookie", cookie(things.me))]
            body = None if route.method == "GET" else b'{"a":1}'
            json_body = [("Content-Type", "application/json")] if body else []
            reply = await ask(
                shared,
                route.method,
                target(route, SAMPLES[route.name](things)),
                [*own, *headers, *json_body],
                body,
            )
            about = f"{route.name} with {str(headers)[:80]}"
            assert reply.status < 500, f"{about}: {reply.status} {reply.body[:200]!r}"
            if reply.status >= 400 and "Host" not in names and "Transfer-Encoding" not in names:
                check_refusal(reply, about)
    assert await everything(shared) == before


async def test_a_cookie_that_somebody_elses_page_has_set_does_not_sign_anybody_out(
    shared: House, things: Things
) -> None:
    for other in ('consent={"a":1}', "x=a b", 'y="unclosed', "z=\xff", "a[b]=1", "novalue"):
        for line in (f"{other}; {cookie(things.me)}", f"{cookie(things.me)}; {other}"):
            reply = await ask(shared, "GET", "/api/me", [("Cookie", line)])
            assert reply.status == 200, line


async def test_a_write_without_a_usable_idempotency_key_says_so(shared: House, things: Things) -> None:
    before = await everything(shared)
    for route in routes(shared):
        if route.again is None and not (route.upload and route.method == "POST"):
            continue
        sample = SAMPLES[route.name](things)
        for key in (None, "", "k" * 101, "\xe9", "a\tb"):
            headers: Headers = [("Cookie", cookie(things.me)), ("Content-Type", "application/json")]
            headers += [] if key is None else [("Idempotency-Key", key)]
            reply = await ask(
                shared, route.method, target(route, sample), headers, json.dumps(sample.body).encode()
            )
            assert reply.status == 422, f"{route.name} {key!r}: {reply.status}"
            assert (reply.json()["code"], reply.fields) == ("needs_key", ["Idempotency-Key"])
    assert await everything(shared) == before


async def test_the_same_key_with_another_request_is_refused(shared: House, things: Things) -> None:
    audience = {"people": [things.colleague]}
    first = await things.me.try_post(
        "/api/posts", {"kind": "share", "text": "一", "audience": audience}, key="once"
    )
    assert first.status_code == 201
    before = await everything(shared)
    second = await things.me.try_post(
        "/api/posts", {"kind": "share", "text": "二", "audience": audience}, key="once"
    )
    third = await things.me.try_post(
        "/api/conversations", {"kind": "direct", "people": [things.colleague]}, key="once"
    )
    for refused in (second, third):
        assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_mismatch")
    assert await everything(shared) == before


async def test_a_number_written_with_many_zeros_is_the_same_number(shared: House, things: Things) -> None:
    path = f"/api/conversations/{'0' * 300}{things.group}/members"
    body = json.dumps({"people": [things.stranger]}).encode()
    headers = signed(things, ("Content-Type", "application/json"), key="zeros")
    reply = await ask(shared, "POST", path, headers, body)
    assert reply.status in (201, 404), reply.body
    again = await ask(shared, "POST", f"/api/conversations/{things.group}/members", headers, body)
    assert again.status == 201, again.body


async def test_a_method_that_an_address_does_not_know_is_named_with_those_it_knows(
    shared: House, things: Things
) -> None:
    before = await everything(shared)
    known: dict[str, set[str]] = {}
    filled: dict[str, str] = {}
    for route in routes(shared):
        path = filled.setdefault(route.path, target(route, SAMPLES[route.name](things)))
        known.setdefault(path, set()).add(route.method)
    for path, methods in {**known, "/api/openapi.json": {"GET"}, "/healthz": {"GET"}, "/": {"GET"}}.items():
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - methods:
            if method == "HEAD" and "GET" in methods:
                continue
            reply = await ask(shared, method, path, signed(things))
            if method == "HEAD" and reply.status == 404:
                continue
            assert reply.status == 405, f"{method} {path}: {reply.status}"
            allowed = {name.strip() for name in reply.header("allow").split(",")}
            assert allowed == methods | ({"HEAD"} if "GET" in methods else set()), (
                f"{method} {path}: {allowed}"
            )
            if method != "HEAD":
                check_refusal(reply, f"{method} {path}")
    assert await everything(shared) == before


async def test_head_answers_like_get_without_a_body(shared: House, things: Things) -> None:
    for route in routes(shared):
        if route.method == "GET" and route.path != "/api/events":
            path = target(route, SAMPLES[route.name](things))
            full, head = [await ask(shared, method, path, signed(things)) for method in ("GET", "HEAD")]
            assert (head.status, head.body) == (full.status, b""), path
            assert head.header("content-type") == full.header("content-type"), path


async def test_an_address_that_does_not_exist_is_not_found_by_any_method(
    shared: House, things: Things
) -> None:
    for path in (
        "/api/nothing",
        "/api/posts/",
        "/api//posts",
        "/api/posts/1/applause",
        "/api/../api/nothing",
        "/api/%00",
    ):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            reply = await ask(shared, method, path, signed(things))
            check_refusal(reply, f"{method} {path}")
            assert reply.status == 404, f"{method} {path}: {reply.status}"


async def test_bytes_that_are_no_request_are_refused_in_words(shared: House) -> None:
    for raw in (
        b"\x00\x01\x02\r\n\r\n",
        b"GET /\xe5\xad\x97 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: a\x00b\r\n\r\n",
    ):
        reply = await send(shared, raw)
        assert reply.status == 400, raw
        check_refusal(reply, repr(raw))


async def test_a_head_without_end_is_cut_off(shared: House) -> None:
    for raw in (
        b"GET / HTTP/1.1\r\nX: " + b"x" * (1 << 20),
        b"GET /" + b"x" * (1 << 20),
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 100_000,
    ):
        reply = await send(shared, raw)
        check_refusal(reply, repr(raw[:40]))
        assert reply.status in (414, 431)


async def test_a_head_that_never_comes_is_not_waited_for_for_ever(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_http, "MAX_HEAD_SECONDS", 0.05)
    for raw in (b"", b"GET", b"GET /api/me HTTP/1.1\r\nHost: x\r\nX: "):
        reply = await send(shared, raw)
        check_refusal(reply, repr(raw))
        assert reply.status == 408
    monkeypatch.setattr(bounded_http, "MAX_HEAD_SECONDS", 20.0)
    assert (await send(shared, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")).status == 200


def uploads() -> list[tuple[str, str, bytes]]:
    """(label, content type, body): forms that hold no staff list."""
    kind = "multipart/form-data; boundary=x"
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    other = b'--x\r\nContent-Disposition: form-data; name="stranger"\r\n\r\n1\r\n'
    return [
        ("nothing", kind, b""),
        ("JSON", "application/json", b"{}"),
        ("no boundary", "multipart/form-data", part),
        ("a wrong boundary", "multipart/form-data; boundary=other", part + b"x\r\n--x--\r\n"),
        ("an endless boundary", "multipart/form-data; boundary=" + "b" * 5_000, part),
        ("no part", kind, b"--x--\r\n"),
        ("a stranger", kind, other + b"--x--\r\n"),
        ("a stranger beside", kind, other + part + b"x\r\n--x--\r\n"),
        ("two files", kind, part + b"x\r\n" + part + b"x\r\n--x--\r\n"),
        ("a text", kind, b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--x--\r\n'),
        ("no name", kind, b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n"),
        ("no headers", kind, b"--x\r\n\r\nx\r\n--x--\r\n"),
        ("cut off", kind, part + b"x"),
        (
            "binary names",
            kind,
            b'--x\r\nContent-Disposition: form-data; name="\xff\x00"\r\n\r\nx\r\n--x--\r\n',
        ),
        ("headers without end", kind, b"--x\r\nX: " + b"y" * 200_000),
        ("bytes", kind, bytes(range(256)) * 50),
    ]


async def test_a_form_without_exactly_one_file_is_refused_by_every_upload(
    shared: House, things: Things
) -> None:
    before = await everything(shared)
    for route in routes(shared):
        if route.upload:
            for label, kind, body in uploads():
                headers = signed(things, ("Content-Type", kind))
                reply = await ask(
                    shared, route.method, target(route, SAMPLES[route.name](things)), headers, body
                )
                check_refusal(reply, f"{route.name}, {label}")
    assert await everything(shared) == before


def well_typed(things: Things) -> list[tuple[str, str, dict[str, Any], str]]:
    """(method, path, body, field): right by its type, wrong by what it says."""
    post = {"kind": "share", "text": "好", "audience": {"people": [things.colleague]}}
    ask_one = {"people": [things.colleague]}
    blanks = [
        "",
        " ",
        "\n\t",
        "　",
        "\u200b\u200d",
        "\u202e",
        "\u2066\u2069",
        "\u00ad",
        "\u3164",
        "\u115f\u1160",
        "\u2800",
        "\ufeff",
        "\u034f",
    ]
    found: list[tuple[str, str, dict[str, Any], str]] = []
    for text in blanks:
        found.append(("POST", "/api/posts", {**post, "text": text}, "text"))
        found.append(
            ("POST", f"/api/conversations/{things.group}/messages", {"client_id": "b", "text": text}, "text")
        )
        found.append(("PATCH", f"/api/conversations/{things.group}", {"name": text}, "name"))
        found.append(
            (
                "POST",
                "/api/conversations",
                {"kind": "group", "name": text, "people": [things.colleague]},
                "name",
            )
        )
    for text in ("a\0b", "a\x07b", "a\x1b[31m", "a\x7f"):
        found.append(("POST", "/api/posts", {**post, "text": text}, "text"))
        found.append(
            ("POST", f"/api/conversations/{things.group}/messages", {"client_id": "b", "text": text}, "text")
        )
    for name in ("a\nb", "a\u2028b", "a\x85b", "\u202egnp.exe", "a\u2067b"):
        found.append(("PATCH", f"/api/conversations/{things.group}", {"name": name}, "name"))
    for moment, field in (
        ("2020-01-01T00:00:00Z", "receipts.due_at"),
        ("2030-01-01T00:00:00", "receipts.due_at"),
        ("0001-01-01T00:00:00+23:59", "receipts.due_at"),
        ("9999-12-31T23:59:59-23:59", "receipts.due_at"),
        ("9999-12-31T23:59:59Z", "receipts.due_at"),
    ):
        found.append(("POST", "/api/posts", {**post, "receipts": {**ask_one, "due_at": moment}}, field))
    for moment in (
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "9999-12-31T23:59:59Z",
        "2020-01-01T00:00:00Z",
    ):
        found.append(("PUT", "/api/test/clock", {"now": moment}, "now"))
    found += [
        ("POST", "/api/posts", {**post, "audience": {}}, "audience"),
        ("POST", "/api/posts", {**post, "audience": {"people": [2**53]}}, "audience.people"),
        ("POST", "/api/posts", {**post, "audience": {"departments": [2**53]}}, "audience.departments"),
        ("POST", "/api/posts", {**post, "audience": {"people": list(range(1, 3_001))}}, "audience.people"),
        ("POST", "/api/posts", {**post, "audience": {"departments": list(range(10_000, 13_000))}}, "audience.departments"),
        ("POST", "/api/posts", {**post, "receipts": {}}, "receipts"),
        ("POST", "/api/posts", {**post, "receipts": {"people": [things.me.id]}}, "receipts.people"),
        ("POST", "/api/posts", {**post, "receipts": {"people": [things.stranger]}}, "receipts.people"),
        ("POST", "/api/posts", {**post, "receipts": {"people": [2**53]}}, "receipts.people"),
        ("POST", "/api/posts", {**post, "receipts": {"departments": [things.department]}}, "receipts.departments"),
        ("POST", "/api/posts", {**post, "receipts": {"departments": [2**53]}}, "receipts.departments"),
        ("POST", "/api/posts", {**post, "receipts": {"everyone": True}}, "receipts.everyone"),
        ("POST", "/api/posts", {**post, "text": "@[x](person:999999999999999)"}, "text"),
        ("POST", "/api/posts", {**post, "text": "@[x](person:0)"}, "text"),
        ("POST", "/api/posts", {**post, "text": "@[x](department:999999)"}, "text"),
        ("POST", "/api/posts", {**post, "text": "@[x](everyone:0)"}, "text"),
        ("POST", "/api/posts", {**post, "text": "@[x](person:1)" * 51}, "text"),
        ("POST", "/api/conversations", {"kind": "direct", "people": []}, "people"),
        ("POST", "/api/conversations", {"kind": "direct", "people": [1, 3]}, "people"),
        ("POST", "/api/conversations", {"kind": "direct", "people": [things.me.id]}, "people"),
        ("POST", "/api/conversations", {"kind": "direct", "people": [2**53]}, "people"),
        ("POST", "/api/conversations", {"kind": "direct", "people": [1], "departments": [1]}, "people"),
        ("POST", "/api/conversations", {"kind": "group", "name": "空"}, "people"),
        ("POST", "/api/conversations", {"kind": "group", "name": "我", "people": [things.me.id]}, "people"),
        ("POST", "/api/conversations", {"kind": "group", "name": "x", "people": [1, 2**53]}, "people"),
        ("POST", "/api/conversations", {"kind": "group", "name": "x", "people": [1], "departments": [2**53]}, "departments"),
        ("POST", "/api/conversations", {"kind": "group", "name": "x" * 61, "people": [1]}, "name"),
        ("POST", f"/api/conversations/{things.group}/members", {"people": [2**53]}, "people"),
        ("POST", f"/api/conversations/{things.group}/members", {"departments": [2**53]}, "departments"),
        ("POST", f"/api/conversations/{things.group}/members", {}, "people"),
        ("PUT", f"/api/conversations/{things.group}/read", {"number": 2**53}, "number"),
        ("PUT", f"/api/posts/{things.asked_post}/receipt", {"version": 2}, "version"),
        ("PUT", "/api/me/language", {"language": "fr"}, "language"),
    ]  # fmt: skip
    messages = f"/api/conversations/{things.group}/messages"
    found += [
        ("POST", messages, {"client_id": client_id, "text": "好"}, "client_id")
        for client_id in ("", "é", "x" * 65, "a b\n", "字")
    ]
    found += [
        ("POST", messages, {"client_id": "b", "text": text}, "text")
        for text in ("@[x](person:999999)", "@[x](person:0)", "@[x](department:1)", "@[x](person:1)" * 51)
    ]
    found.append(("POST", messages, {"client_id": "b", "text": "好", "reply_to": 2**53}, "reply_to"))
    return found


async def test_what_is_well_formed_and_still_wrong_is_refused_by_its_field(
    shared: House, things: Things
) -> None:
    before = await everything(shared)
    for method, path, body, field in well_typed(things):
        headers = signed(things, ("Content-Type", "application/json"), key="wrong")
        reply = await ask(shared, method, path, headers, json.dumps(body).encode())
        about = f"{method} {path} {str(body)[:120]}"
        assert reply.status == 422, f"{about}: {reply.status} {reply.body[:200]!r}"
        check_refusal(reply, about)
        assert reply.fields[0] == field, f"{about}: names {reply.fields}"
    assert await everything(shared) == before
