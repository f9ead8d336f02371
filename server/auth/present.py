"""The only row → JSON of devices, access tokens and bots."""

import json
from datetime import datetime
from typing import Any, Literal

import msgspec

from server.auth.devices import Kind, told


class DeviceView(msgspec.Struct):
    """A place where somebody is signed in. `is_this`: the one that asks."""

    id: int
    kind: Kind
    system: str
    browser: str
    address: str
    how: Literal["password", "link", "openid"]
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_this: bool


class TokenView(msgspec.Struct):
    """An access token. `token` is there once, in the answer that made it."""

    id: int
    name: str
    scopes: list[str]
    state: Literal["active", "expired", "revoked"]
    made_by: int
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    token: str = ""


class BotView(msgspec.Struct):
    """A robot: a person of kind bot, what it is for, who answers for it, how many tokens work."""

    id: int
    name: str
    purpose: str
    owner_id: int
    owner_name: str
    created_at: datetime
    is_retired: bool
    tokens: int


def device(row: Any, this: int) -> DeviceView:
    known = told(row.device)
    return DeviceView(
        row.id,
        known.kind,
        known.system,
        known.browser,
        row.address,
        row.how,
        row.created_at,
        row.last_seen_at,
        row.expires_at,
        row.id == this,
    )


def token(row: Any, now: datetime, shown: str = "") -> TokenView:
    state: Literal["active", "expired", "revoked"] = "active"
    if row.revoked_at is not None:
        state = "revoked"
    elif row.expires_at <= now:
        state = "expired"
    return TokenView(
        row.id,
        row.name,
        json.loads(row.scopes),
        state,
        row.made_by,
        row.created_at,
        row.expires_at,
        row.last_used_at,
        shown,
    )


def bot(row: Any) -> BotView:
    return BotView(
        row.id,
        row.name,
        row.purpose,
        row.owner_id,
        row.owner_name,
        row.created_at,
        row.state == "left",
        row.tokens,
    )
