"""Every socket command answers what it cannot carry out with an error frame, changes nothing, and goes on serving; who keeps sending
nonsense is hung up on."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from server.realtime import socket
from server.realtime.socket import MAX_MALFORMED, Hello, Unwatch, WatchFrame
from tests.house import House, Live
from tests.server.api import hostile
from tests.server.api.people import cookie, enter, everything
from tests.server.api.samples import FRAMES, Things
from tests.server.api.wire import ask


def commands(house: House) -> dict[str, type]:
    """Every frame a client may send, by its `op`: those of the socket itself and those of the domains."""
    declared = house.server.config.app.state.live.commands  # type: ignore[union-attr]
    kinds = [Hello, WatchFrame, Unwatch, *declared]
    return {str(kind.__struct_config__.tag): kind for kind in kinds}


def unreadable(good: dict[str, Any]) -> Iterator[bytes]:
    """Frames whose `op` nobody can make out."""
    text = json.dumps(good).encode()
    for op in (
        "null",
        "1",
        '""',
        '"nothing"',
        '"HELLO"',
        '"sent"',
        "[]",
        "{}",
        '"\\u0000"',
        '"' + "x" * 3_000 + '"',
    ):
        yield b'{"op":' + op.encode() + b"," + text[1:] if len(text) > 2 else b'{"op":' + op.encode() + b"}"
    yield text
    yield from (
        b"",
        b" ",
        b"{",
        b"null",
        b"[]",
        b'"hello"',
        b"1",
        b"\x00",
        b"\xff\xfe",
        b"[" * 30_000,
        b'{"op":' * 5_000,
    )
    yield from (
        b'{"op":"hello"}{"op":"hello"}',
        b'{"op":"hello","op":"nothing"}',
        '{"op":"hello"'.encode("utf-16"),
    )


async def answer(live: Live) -> dict[str, Any]:
    """The next frame that answers a frame of ours."""
    while True:
        frame = await live.next_frame()
        if frame["op"] not in ("events", "beat", "typing"):
            return frame


def test_every_command_has_a_sample_from_which_attacks_grow(shared: House) -> None:
    missing = sorted(set(commands(shared)) - set(FRAMES))
    assert not missing, f"add to tests/server/api/samples.py: {missing}"


async def test_a_frame_of_the_wrong_shape_is_answered_with_an_error_that_names_the_field(
    shared: House, things: Things
) -> None:
    attacks: list[hostile.Attack] = []
    for op, kind in commands(shared).items():
        good = {"op": op, **FRAMES[op](things)}
        attacks += [attack for attack in hostile.objects(kind, good) if len(attack.body) < 60_000]
        attacks += [hostile.Attack("unreadable", body, "") for body in unreadable(FRAMES[op](things))]
    before = await everything(shared)
    for start in range(0, len(attacks), MAX_MALFORMED):
        async with things.me.raw_socket() as live:
            for attack in attacks[start : start + MAX_MALFORMED]:
                await live.connection.send(attack.body, text=True)
                frame = await answer(live)
                about = f"{attack.label}: {attack.body[:80]!r} was answered {frame}"
                assert (frame["op"], frame["code"]) == ("error", "invalid"), about
                assert frame["field"].startswith(attack.field or ""), about
                assert frame["detail"], about
                assert not attack.field or frame["field"], about
                assert len(json.dumps(frame)) < 2_000, about
            await live.say(op="hello", cursor="")
            assert (await answer(live))["op"] == "ready"
    assert await everything(shared) == before


async def test_what_is_well_formed_and_still_wrong_is_refused_with_the_clients_own_id(
    shared: House, things: Things
) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"op": "send", "conversation": things.group, "client_id": "w", "text": text}, "text")
        for text in (
            "",
            " \n",
            "\u200b",
            "\u3164",
            "a\x07b",
            "x" * 8_001,
            "@[x](person:999999)",
            "@[x](person:1)" * 51,
        )
    ]
    wrong += [
        ({"op": "send", "conversation": things.group, "client_id": client_id, "text": "好"}, "client_id")
        for client_id in ("", "字", "x" * 65)
    ]
    wrong += [
        (
            {"op": "send", "conversation": things.group, "client_id": "w", "text": "好", "reply_to": 2**53},
            "reply_to",
        ),
        ({"op": "read", "conversation": things.group, "number": 2**53}, "number"),
    ]
    before = await everything(shared)
    async with things.me.live() as live:
        for frame, field in wrong:
            await live.say(**frame)
            refused = await answer(live)
            assert refused["op"] == "refused", refused
            assert refused["conversation"] == things.group
            assert refused.get("client_id") == frame.get("client_id")
            assert [error["field"] for error in refused["problem"]["errors"]] == [field], refused
    assert await everything(shared) == before


async def test_what_is_not_there_and_what_is_not_mine_are_refused_alike(
    shared: House, things: Things
) -> None:
    outsider = await enter(shared, "1013")
    before = await everything(shared)
    async with outsider.live() as live:
        answers: dict[int, list[dict[str, Any]]] = {things.group: [], 2**52: []}
        for conversation, heard in answers.items():
            await live.say(op="send", conversation=conversation, client_id="n", text="好")
            heard.append({**await answer(live), "conversation": 0})
            await live.say(op="read", conversation=conversation, number=1)
            heard.append({**await answer(live), "conversation": 0})
        assert answers[things.group] == answers[2**52]
        assert {frame["problem"]["code"] for frame in answers[2**52]} == {"not_found"}
        refs = [{"kind": kind, "id": number} for kind, number in (
            ("receipts", things.my_post), ("receipts", 2**52), ("person", things.me.id), ("conversation", things.group),
            ("everyone", 1), ("", 1), ("receipts:1", 1), ("字", 1),
        )]  # fmt: skip
        for ref in refs:
            await live.say(op="watch", ref=ref)
            assert await answer(live) == {"op": "error", "code": "not_found", "ref": ref}
        await live.say(op="typing", conversation=things.group)
        await live.say(op="typing", conversation=2**52)
        await live.quiet()
        assert not [frame for frame in live.frames if frame["op"] == "error" and "ref" not in frame]
    assert await everything(shared) == before


async def test_unwatching_what_was_never_watched_leaves_the_own_streams_alone(
    shared: House, things: Things
) -> None:
    other = await enter(shared, "1004")
    async with other.live() as live:
        refs = [
            ("conversation", things.group),
            ("person", other.id),
            ("receipts", 1),
            ("department", things.department),
        ]
        for kind, number in refs:
            await live.say(op="unwatch", ref={"kind": kind, "id": number})
        async with things.me.live() as mine:
            await mine.say(op="send", conversation=things.group, client_id="still-heard", text="还在吗")
            assert (await answer(mine))["op"] == "sent"
        await live.event("message.sent", client_id="still-heard")


async def test_a_good_command_works_after_bad_ones(shared: House, things: Things) -> None:
    async with things.me.live() as live:
        for bad in (b"{", b"[]", b'{"op":"send"}', b'{"op":"nothing"}', b"\xff"):
            await live.connection.send(bad, text=True)
            assert (await answer(live))["op"] == "error"
        await live.say(op="send", conversation=things.group, client_id="after", text="好")
        sent = await answer(live)
        assert (sent["op"], sent["client_id"]) == ("sent", "after")
        again = {"op": "send", "conversation": things.group, "client_id": "after", "text": "好"}
        await live.say(**again)
        assert await answer(live) == sent
        await live.say(**{**again, "text": "别的"})
        refused = await answer(live)
        assert (refused["op"], refused["problem"]["code"]) == ("refused", "idempotency_mismatch")


async def test_who_keeps_sending_nonsense_is_hung_up_on_with_4400(shared: House, things: Things) -> None:
    for bad in ("{", b"\x00\x01"):
        async with things.me.live() as live:
            for _ in range(MAX_MALFORMED + 1):
                await live.connection.send(bad)
                assert (await answer(live))["op"] == "error"
            with pytest.raises(ConnectionClosed) as closed:
                await answer(live)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4400


async def test_binary_frames_are_errors_and_the_socket_goes_on(shared: House, things: Things) -> None:
    async with things.me.live() as live:
        for body in (b"", b'{"op":"typing","conversation":1}', bytes(range(256))):
            await live.connection.send(body, text=False)
            assert (await answer(live))["op"] == "error"
        await live.say(op="hello", cursor="")
        assert (await answer(live))["op"] == "ready"


async def test_a_frame_in_pieces_is_one_frame(shared: House, things: Things) -> None:
    text = json.dumps(
        {"op": "send", "conversation": things.group, "client_id": "pieces", "text": "一二三"},
        ensure_ascii=False,
    )
    raw = text.encode()
    async with things.me.live() as live:
        await live.connection.send([raw[at : at + 7] for at in range(0, len(raw), 7)], text=True)
        assert (await answer(live))["op"] == "sent"
    page = await things.me.get(f"/api/conversations/{things.group}/messages")
    assert page["items"][-1]["text"] == "一二三"


async def test_a_frame_above_64_kib_closes_the_socket_and_is_not_carried_out(
    shared: House, things: Things
) -> None:
    before = await everything(shared)
    big = json.dumps({"op": "send", "conversation": things.group, "client_id": "big", "text": "x" * 70_000})
    for message in (big, [big[at : at + 30_000] for at in range(0, len(big), 30_000)]):
        async with things.me.live() as live:
            await live.connection.send(message)
            with pytest.raises(ConnectionClosed) as closed:
                await answer(live)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1009
    assert await everything(shared) == before


async def test_nobody_watches_more_than_so_many_things_at_once(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert socket.MAX_WATCHES == 50
    monkeypatch.setattr(socket, "MAX_WATCHES", 3)
    author, reader = await enter(shared, "1019"), await enter(shared, "1020")
    asked = {"people": [reader.id]}
    body = {"kind": "share", "text": "看", "audience": asked, "receipts": asked}
    posts = [(await author.post("/api/posts", body))["id"] for _ in range(5)]
    async with author.live() as live:
        await asyncio.gather(*[live.say(op="watch", ref={"kind": "receipts", "id": one}) for one in posts])
        answers = [await answer(live) for _ in range(5)]
        assert [frame["op"] for frame in answers].count("watching") == 3
        assert {frame["code"] for frame in answers if frame["op"] == "error"} == {"not_found"}
        await live.quiet(0.2)
        assert len([frame for frame in live.frames if frame["op"] == "error"]) == 2


async def test_a_handshake_that_is_none_is_refused(shared: House, things: Things) -> None:
    upgrade = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]
    key = [("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")]
    own = [("Cookie", cookie(things.me))]
    for method, path, headers in (
        ("GET", "/api/live", upgrade),
        ("GET", "/api/live", [*upgrade, ("Sec-WebSocket-Key", "short")]),
        ("GET", "/api/live", [*upgrade[:2], ("Sec-WebSocket-Version", "7"), *key]),
        ("GET", "/api/posts", [*upgrade, *key]),
        ("GET", "/", [*upgrade, *key]),
    ):
        reply = await ask(shared, method, path, [*own, *headers])
        assert 400 <= reply.status < 500, f"{method} {path} {headers}: {reply.status}"
    plain = await ask(shared, "GET", "/api/live", own)
    assert plain.status == 404
    version = ("Sec-WebSocket-Version", "13")
    for method in ("POST", "PUT", "DELETE"):
        assert (await ask(shared, method, "/api/live", [*upgrade, version])).status == 405
    for more in (
        [("X", "y" * 9_000)],
        [(f"X-{n}", "y") for n in range(200)],
        [("Cookie", "c=" + "x" * 8_100)],
    ):
        reply = await ask(shared, "GET", "/api/live", [*upgrade, version, *key, *more])
        assert (reply.status, reply.json()["code"]) == (431, "too_large")


async def test_a_page_of_another_origin_gets_no_socket(shared: House, things: Things) -> None:
    from websockets.asyncio.client import connect

    url = f"ws://127.0.0.1:{shared.settings.port}/api/live"
    for origin in (
        "https://evil.example",
        "null",
        "http://localhost",
        f"https://127.0.0.1:{shared.settings.port}",
        "",
    ):
        headers = {"Cookie": cookie(things.me), "Origin": origin}
        with pytest.raises(InvalidStatus) as refused:
            async with connect(url, additional_headers=headers, compression=None):
                pass
        assert refused.value.response.status_code == 403, origin
    own = {"Cookie": cookie(things.me), "Origin": f"http://127.0.0.1:{shared.settings.port}"}
    async with connect(url, additional_headers=own, compression=None) as ws:
        await ws.send('{"op":"hello","cursor":""}')
        assert json.loads(await ws.recv())["op"] == "ready"
