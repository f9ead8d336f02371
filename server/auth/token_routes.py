"""Access tokens of one's own, bots and theirs."""

from typing import Annotated

import msgspec
from msgspec import Meta

from server.api.inputs import EntityId, Line
from server.api.paging import Page
from server.api.route import Items, Made, Nothing, Read, Write, delete, get, post
from server.auth import bots, tokens
from server.auth.policies import MAY_END_BOTS, MAY_RUN_BOTS, MAY_SEE_BOTS, OWN_DEVICES, OWN_KEYS
from server.auth.present import BotView, TokenView
from server.work.idempotency import Earlier


class NewToken(msgspec.Struct, forbid_unknown_fields=True):
    """`scopes` from `GET /api/token-scopes`; `days` until it runs out."""

    name: Line
    scopes: Annotated[list[Line], Meta(max_length=200)]
    days: Annotated[int, Meta(ge=1, le=366)] = 90


class NewBot(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    purpose: Line
    owner_id: EntityId


class ScopeView(msgspec.Struct):
    """What a token can be given: its name, and what it means. `held`: within the rights of whom it is for."""

    name: str
    says: str
    held: bool


class ForBot(msgspec.Struct, forbid_unknown_fields=True):
    """Whose tokens: a bot's, or left out: mine."""

    bot: EntityId | None = None


def list_scopes(call: Read[None, ForBot]) -> Items[ScopeView]:
    """What a token can be given."""
    holder = call.actor if call.query.bot is None else bots.acting(call.conn, call.actor, call.query.bot)
    return Items(
        [
            ScopeView(name, rule.says, not rule.capability or holder.can(rule.capability))
            for name, rule in tokens.grantable(call.company).items()
        ]
    )


def list_own_tokens(call: Read[None, Page]) -> Items[TokenView]:
    """My access tokens."""
    return Items(*tokens.of_person(call.conn, call.actor.id, call.query.limit, call.query.cursor))


def make_own_token(call: Write[NewToken, Nothing]) -> Made:
    """An access token that acts as me; shown once."""
    body = call.body
    made = tokens.make(call.work, call.actor, call.actor.id, body.name, body.scopes, body.days)
    return Made(("token", made.id), made)


def same_token(call: Write[NewToken, Nothing], earlier: Earlier) -> TokenView:
    """The token made by the first request, without its text."""
    return tokens.one(call.conn, earlier.ref_id)


def revoke_own_token(call: Write[Nothing, Nothing]) -> None:
    """Revoke one of my access tokens."""
    tokens.revoke(call.work, call.actor.id, call.id())


def list_bots(call: Read[None, Page]) -> Items[BotView]:
    """The robots of this company."""
    return Items(*bots.every_one(call.conn, call.query.limit, call.query.cursor))


def make_bot(call: Write[NewBot, Nothing]) -> Made:
    """A new robot."""
    body = call.body
    bot_id = bots.make(call.work, call.actor, body.name, body.purpose, body.owner_id)
    return Made(("person", bot_id), bots.one(call.conn, bot_id))


def same_bot(call: Write[NewBot, Nothing], earlier: Earlier) -> BotView:
    return bots.one(call.conn, earlier.ref_id)


def retire_bot(call: Write[Nothing, Nothing]) -> None:
    """Switch a robot off for good."""
    bots.retire(call.work, call.actor, call.id())


def list_bot_tokens(call: Read[None, Page]) -> Items[TokenView]:
    """A robot's access tokens."""
    bots.one(call.conn, call.id())
    return Items(*tokens.of_person(call.conn, call.id(), call.query.limit, call.query.cursor))


def make_bot_token(call: Write[NewToken, Nothing]) -> Made:
    """An access token for a robot; shown once."""
    body = call.body
    made = bots.make_token(call.work, call.actor, call.id(), body.name, body.scopes, body.days)
    return Made(("token", made.id), made)


def revoke_bot_token(call: Write[Nothing, Nothing]) -> None:
    """Revoke one of a robot's access tokens."""
    bots.one(call.conn, call.id())
    tokens.revoke(call.work, call.id(), call.id("token_id"))


TOKEN_ROUTES = [
    get("/api/token-scopes", OWN_DEVICES, list_scopes, output=Items[ScopeView], query=ForBot),
    get("/api/me/tokens", OWN_DEVICES, list_own_tokens, output=Items[TokenView], query=Page),
    post("/api/me/tokens", OWN_KEYS, make_own_token, again=same_token, output=TokenView, body=NewToken),
    delete("/api/me/tokens/{id:int}", OWN_DEVICES, revoke_own_token),
    get("/api/bots", MAY_SEE_BOTS, list_bots, output=Items[BotView], query=Page),
    post("/api/bots", MAY_RUN_BOTS, make_bot, again=same_bot, output=BotView, body=NewBot),
    delete("/api/bots/{id:int}", MAY_END_BOTS, retire_bot),
    get("/api/bots/{id:int}/tokens", MAY_SEE_BOTS, list_bot_tokens, output=Items[TokenView], query=Page),
    post(
        "/api/bots/{id:int}/tokens",
        MAY_RUN_BOTS,
        make_bot_token,
        again=same_token,
        output=TokenView,
        body=NewToken,
    ),
    delete("/api/bots/{id:int}/tokens/{token_id:int}", MAY_END_BOTS, revoke_bot_token),
]
