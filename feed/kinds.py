"""What a kind of post is: one declaration. Publishing, timeline, search, cards, editing and deleting know only this, and no kind.

A kind lies in a folder of its own (`feed/announcement/`) whose `module.py` lists its parts: this declaration, its routes, entities,
to-dos and what it does when somebody leaves. Its words, its fields in the composer and its part of a card lie in
`web/src/feed/kinds/`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from feed.inputs import AudienceInput, NewPost
from feed.present import PostView
from server.api.entities import Variant
from server.api.inputs import field_refusal
from server.cards.carrying import CarriedCard
from server.events.envelope import Change
from server.kit.module import Module, every
from server.kit.problems import Forbidden, invalid
from server.permissions.actor import Actor
from server.permissions.rules import Rule
from server.work.work import Work


@dataclass(frozen=True, slots=True)
class Begun:
    """A post that is about to be published: its row and its audience are written."""

    post_id: int
    audience: AudienceInput
    cards: Sequence[CarriedCard] = ()


def _as_given(work: Work, actor: Actor, new: NewPost, fields: Any) -> tuple[NewPost, Any]:
    return new, fields


def _nothing_to_write(work: Work, actor: Actor, begun: Begun, fields: Any) -> msgspec.Struct | None:
    return None


def _nothing_follows(work: Work, view: PostView) -> None:
    return None


def _nothing_of_mine(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    return []


def _nothing_waits(work: Work, post_id: int, hearing: Sequence[str]) -> None:
    return None


def _no_state(details: Mapping[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class PostKind:
    """`rule`: who may publish one; a deputy only where it says so.

    `titled`: it has a title of its own, which is versioned with the text. `takes_receipts`: receipts may be asked for.
    `takes_poll`: it may carry a vote, `takes_table` a prepared table. `may_be_own`: addressed to nobody it is its author's alone.

    `fields`: what `details` of a new one holds; `shape`: what `details` shows to every reader alike, tagged with the kind.

    `prepare` comes before anything is written: what follows from the fields for the post itself (what it says, who sees it besides),
    and what `begin` is given instead of the fields. `begin` checks the fields, writes the kind's own rows and answers the shape.
    `follow` comes after the post was made known: what waits on whom from now on. `mine` is what differs from reader to reader, for
    posts of this kind on a page of the actor's.
    `close` ends what waits on a post that is deleted in this act. `state` is one word about the details for
    cards, `summary` a line.
    """

    kind: str
    rule: Rule
    titled: bool = False
    takes_receipts: bool = True
    may_be_own: bool = False
    takes_poll: bool = False
    takes_table: bool = False
    fields: type[msgspec.Struct] | None = None
    shape: type[msgspec.Struct] | None = None
    prepare: Callable[[Work, Actor, NewPost, Any], tuple[NewPost, Any]] = _as_given
    begin: Callable[[Work, Actor, Begun, Any], msgspec.Struct | None] = _nothing_to_write
    follow: Callable[[Work, PostView], None] = _nothing_follows
    mine: Callable[[Connection, Actor, Sequence[int]], list[Change]] = _nothing_of_mine
    close: Callable[[Work, int, Sequence[str]], None] = _nothing_waits
    state: Callable[[Mapping[str, Any]], str] = _no_state
    summary: Callable[[Mapping[str, Any]], str] = _no_state
    is_edited: bool = True

    @property
    def name(self) -> str:
        return self.kind

    @property
    def parts(self) -> list[object]:
        """What a module lists for it."""
        shown = [Variant(PostView, "details", self.shape)] if self.shape else []
        given = [Variant(NewPost, "details", self.fields)] if self.fields else []
        return [self, *shown, *given]

    def read(self, details: Mapping[str, Any] | None) -> Any:
        """The typed fields. Raises `Invalid` naming `details.…`."""
        if self.fields is None:
            if details is not None:
                raise invalid("details", "unknown", "Posts of this kind have no details.")
            return None
        try:
            return msgspec.convert({} if details is None else details, self.fields)
        except msgspec.ValidationError as error:
            raise field_refusal(error, within="details") from error

    def must_admit(self, actor: Actor) -> None:
        """Raises `Forbidden`."""
        self.rule.admit(actor)
        if actor.by and not self.rule.deputy:
            raise Forbidden("This is published by oneself.", reason="in_person")


def kinds_of(modules: Iterable[Module]) -> Mapping[str, PostKind]:
    return {one.kind: one for one in every(modules, PostKind)}


def kind_named(modules: Iterable[Module], name: str) -> PostKind:
    """Raises `Invalid` on `kind`."""
    found = kinds_of(modules).get(name)
    if found is None:
        raise invalid("kind", "choice", "There are no posts of this kind.")
    return found


def mine_among(
    conn: Connection, actor: Actor, modules: Iterable[Module], shown: Sequence[PostView]
) -> list[Change]:
    """What the kinds show this reader alone of these posts."""
    kinds = kinds_of(modules)
    return [
        change
        for name in dict.fromkeys(view.kind for view in shown)
        if name in kinds
        for change in kinds[name].mine(conn, actor, [view.id for view in shown if view.kind == name])
    ]
