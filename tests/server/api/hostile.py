"""What a careless or hostile client sends instead of a good body, query, path or frame. Grown from the declared types, so that a new
route or command is attacked on the day it is declared."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import inspect

HUGE = 2**63
DEEP = 100_000

# JSON texts, not Python values: some of them no encoder would write.
SCALARS: list[str] = [
    "null", "true", "false", "0", "-1", "1.5", "1e400", "-1e400", str(HUGE), str(-HUGE - 1), "9" * 5_000,
    '""', '" "', '"\\u3000"', '"\\u0000"', '"a\\u0000b"', '"\\u200b"', '"\\u202e"', '"\\u2066x"', '"\\ufeff"',
    '"x\\n"', '"\\u0007"', '"Infinity"', '"1"', '"2026-13-45T99:00:00Z"', '"2026-06-01T02:00:00"',
    '"0001-01-01T00:00:00+23:59"', '"9999-12-31T23:59:59-23:59"',
    '"missing required field"', '"unknown field"', '"` - at `$.x`"',
    json.dumps("x" * 400), json.dumps("字" * 5_000), json.dumps(" - at `$." * 2_000),
    "[]", "[null]", '["1"]', "[0]", "[-1]", f"[{HUGE}]", "[[1]]", "[1.5]", f"[{','.join(['7'] * 6_000)}]",
    "{}", '{"x":1}', '{"$where":"1"}', "[" * 500 + "]" * 500,
]  # fmt: skip

# Names that a body may not hold; some look like the words of an error message.
STRANGERS = [
    "stranger",
    "",
    "`",
    "__proto__",
    "constructor",
    "a" * 5_000,
    "\u202e",
    "字段",
    " - at `$.x`",
    "length",
    "$",
]


@dataclass(frozen=True)
class Attack:
    """A body and the field that its refusal must name (None: unreadable as JSON, so that no field can be named)."""

    label: str
    body: bytes
    field: str | None = None
    content_type: str = "application/json"


def bodies(kind: type, good: dict[str, Any]) -> Iterator[Attack]:
    """Bodies that can never be right for a struct of this type; `good` is one that would be."""
    yield from _unreadable(good)
    yield from _not_an_object()
    yield from objects(kind, good)


def objects(kind: type, good: dict[str, Any]) -> Iterator[Attack]:
    """JSON objects of which one field is wrong by its type: missing, unknown, doubled, or of another kind."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind)
    yield from _fields(info, good, decoder, [])


def _fields(
    info: inspect.StructType, good: dict[str, Any], decoder: "msgspec.json.Decoder[Any]", path: list[str]
) -> Iterator[Attack]:
    where = ".".join(path)
    for name in STRANGERS:
        yield Attack(f"{where} unknown {name[:20]!r}", _with(good, [*path, name], "1"), where)
    for field in info.fields:
        named = ".".join([*path, field.encode_name])
        if field.required:
            yield Attack(f"{named} missing", _without(good, [*path, field.encode_name]), named)
        for scalar in SCALARS:
            body = _with(good, [*path, field.encode_name], scalar)
            if not _is_typed(decoder, body):
                yield Attack(f"{named} = {scalar[:30]}", body, named)
        inner = _struct_in(field.type)
        if inner is not None:
            yield from _fields(inner, good, decoder, [*path, field.encode_name])
    name = info.fields[0].encode_name if info.fields else "stranger"
    text = _with(good, [*path, name], "1").decode()
    doubled = (
        text[: text.rindex(f"{json.dumps(name)}:1")] + f'{json.dumps(name)}:1,{json.dumps(name)}:{{"x":[]}}'
    )
    yield Attack(f"{name} doubled", (doubled + "}" * (len(path) + 1)).encode(), ".".join([*path, name]))


def _struct_in(kind: inspect.Type) -> inspect.StructType | None:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return next((one for one in kinds if isinstance(one, inspect.StructType)), None)


def _is_typed(decoder: "msgspec.json.Decoder[Any]", body: bytes) -> bool:
    try:
        decoder.decode(body)
    except (msgspec.MsgspecError, RecursionError):
        return False
    return True


class _Raw(str):
    """JSON text that stands for itself."""


def _dump(value: Any) -> str:
    if isinstance(value, _Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_dump(one)}" for key, one in value.items()) + "}"
    return json.dumps(value)


def _with(good: dict[str, Any], path: list[str], raw: str) -> bytes:
    """The good body with one field replaced, last in its object, parents last in theirs."""
    return _dump(_replaced(good, path, _Raw(raw))).encode()


def _without(good: dict[str, Any], path: list[str]) -> bytes:
    return _dump(_replaced(good, path, None)).encode()


def _replaced(value: Any, path: list[str], raw: _Raw | None) -> dict[str, Any]:
    held = dict(value) if isinstance(value, dict) else {}
    old = held.pop(path[0], {})
    if len(path) > 1:
        held[path[0]] = _replaced(old, path[1:], raw)
    elif raw is not None:
        held[path[0]] = raw
    return held


def _unreadable(good: dict[str, Any]) -> Iterator[Attack]:
    text = json.dumps(good, ensure_ascii=False).encode() if good else b'{"a":1}'
    for cut in sorted({1, len(text) // 3, len(text) // 2, len(text) - 1}):
        yield Attack(f"cut off at {cut}", text[:cut])
    yield Attack("trailing bytes", text + b"x")
    yield Attack("two documents", text + text)
    yield Attack("a byte order mark", b"\xef\xbb\xbf" + text)
    yield Attack("utf-16", text.decode().encode("utf-16"))
    yield Attack("gzip", b"\x1f\x8b\x08\x00" + text)
    yield Attack("single quotes", b"{'a':1}")
    yield Attack("a comment", b"/**/" + text)
    yield Attack("NUL", b"\0")
    yield Attack("not JSON", b"\xff\xfe\x00")
    yield Attack("NaN", b"NaN")
    yield Attack("an open object, deep", b'{"a":' * DEEP)
    strings = [name for name, value in good.items() if isinstance(value, str)]
    for name in strings[:2]:
        for label, raw in (("a lone surrogate", b'"\\ud800"'), ("invalid utf-8", b'"\xff\xc0"')):
            yield Attack(f"{name} = {label}", _with(good, [name], "@@").replace(b"@@", raw))
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "",
    ):
        yield Attack(f"declared as {kind!r}", text, "Content-Type", kind)


def _not_an_object() -> Iterator[Attack]:
    for text in ("null", "[]", "[1]", '"x"', "1", "true", "[" * DEEP, "1e400"):
        yield Attack(f"{text[:10]} instead of an object", text.encode(), "body")


def queries(kind: type) -> Iterator[str]:
    """Query strings, percent-encoded: each declared name with what it cannot be, and names nobody declared."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    for name in [field.encode_name for field in info.fields]:
        for value in (
            "", "0", "-1", "1.5", "1e400", "null", "true", "9" * 5_000, str(HUGE), "%D9%A3", "%EF%BC%91", "%00", "%FF",
            "%ED%A0%80", "%E2%80%AE", "a%0A", "x" * 400, "%25", "_", "%5C", "'%22--", "%F0%9F%98%80", "1&" + name + "=2",
            *(CURSORS if name == "cursor" else ()),
        ):  # fmt: skip
            yield f"{name}={value}"
    yield from (
        "stranger=1",
        "=1",
        "&&&",
        "%FF=%FF",
        "a[]=1",
        "__proto__=1",
        "x=" + "y" * 20_000,
        ";",
        "%00=1",
        "`=1",
    )


def _cursor(*values: Any) -> str:
    import base64

    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


# Cursors that somebody has taken apart and put together again.
CURSORS = [
    _cursor(), _cursor(1), _cursor(0), _cursor(-1), _cursor(2**63 - 1), _cursor(2**63), _cursor(10**30), _cursor(True),
    _cursor(None), _cursor(1.5), _cursor("x"), _cursor([1]), _cursor({"a": 1}), _cursor(1, 1), _cursor(2**62, 1),
    _cursor(2**63 - 1, 2**63 - 1), _cursor("\0", 1), _cursor("王", 2**63 - 1), _cursor("\ud800", 1), _cursor("x" * 5_000, 1),
    _cursor(1, 1, 1), "!!!!", "A", "====", "%00", "%E5%AD%97", "e30", "bnVsbA", "99999999-1", "0-99999999999999999999",
]  # fmt: skip

# What may stand in a path instead of a number; none of it is the number of anything.
IDS = [
    "0", "-1", "+1", "00000", str(2**53), str(HUGE), "99999999999999999999", "9" * 3_000, "9" * 5_000, "1.0", "1e3", "0x1",
    "%D9%A1", "%EF%BC%91", "%00", "1%00", "1%0A", "%20", "null", "..", "%2e%2e", "%2F", "*", "1;2", "1%2C2", "%FF", "%F0%9F%98%80",
]  # fmt: skip

HEADERS: list[list[tuple[str, str]]] = [
    [("Cookie", "")],
    [("Cookie", ";;;=;=x;tenfour_session")],
    [("Cookie", "tenfour_session=")],
    [("Cookie", 'tenfour_session="unclosed')],
    [("Cookie", "tenfour_session=" + "x" * 20_000)],
    [("Cookie", "tenfour_session=\xff\xfe")],
    [("Cookie", 'tenfour_session="\\777\\"')],
    [("Cookie", "tenfour_session=a"), ("Cookie", "tenfour_session=b")],
    [("Cookie", "; ".join(f"c{n}={n}" for n in range(1_500)))],
    [("Authorization", "Bearer \xff")],
    [("Authorization", "Basic " + "A" * 5_000)],
    [("Host", "evil.example/path?#[")],
    [("Host", "[")],
    [("Host", "x" * 5_000)],
    [("Host", "")],
    [("X-Forwarded-For", "x" * 5_000)],
    [("X-Forwarded-For", "\xff, ,;[::")],
    [("X-Forwarded-Proto", "gopher")],
    [("Accept", "\xff" * 100)],
    [("Accept-Encoding", "gzip;q=nan")],
    [("Range", "bytes=0-0,-1,9999999999999999999999-")],
    [("If-Modified-Since", "not a date")],
    [("If-None-Match", "*")],
    [("Transfer-Encoding", "identity")],
    [("Upgrade", "h2c"), ("Connection", "Upgrade")],
    [("Expect", "100-continue")],
    [("Forwarded", "for=\xff")],
    [("User-Agent", "x" * 5_000)],
    [("User-Agent", "\xf0\x9f\x98\x80")],
    [(f"X-{n}", "x") for n in range(300)],
]


def random_json(chance: random.Random, depth: int = 0) -> Any:
    """Any JSON value, hostile ones more often than not."""
    pick = chance.random()
    if depth < 4 and pick < 0.15:
        return [random_json(chance, depth + 1) for _ in range(chance.randrange(4))]
    if depth < 4 and pick < 0.25:
        return {chance.choice(STRANGERS): random_json(chance, depth + 1) for _ in range(chance.randrange(3))}
    if pick < 0.75:
        return _Raw(chance.choice(SCALARS))
    if pick < 0.9:
        return "".join(
            chr(chance.choice((0x41, 0x4E00, 0x1F600, 0x200D, 0x202E, 0, 10, 0x61)))
            for _ in range(chance.randrange(40))
        )
    return chance.choice((0, 1, 2, 5, -1, 2**31, 2**53, 2**62))


def mutated(good: dict[str, Any], chance: random.Random) -> bytes:
    """A good body after an accident or two."""
    value = dict(good)
    for _ in range(chance.randrange(1, 3)):
        accident = chance.random()
        if value and accident < 0.6:
            value[chance.choice(list(value))] = random_json(chance)
        elif accident < 0.75:
            value[chance.choice(STRANGERS)] = random_json(chance)
        elif value:
            value.pop(chance.choice(list(value)))
    text = _dump_deep(value).encode()
    if chance.random() < 0.15:
        at = chance.randrange(len(text))
        text = text[:at] + bytes([chance.randrange(256)]) + text[at + chance.randrange(3) :]
    return text


def _dump_deep(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ",".join(map(_dump_deep, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_dump_deep(one)}" for key, one in value.items()) + "}"
    return _dump(value)
