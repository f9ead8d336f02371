"""What a kind of post is: one declaration. Publishing, timeline, search, cards, editing and deleting know only this, and no kind.

A kind lies in a folder of its own (`feed/announcement/`) whose `module.py` lists its parts: this declaration, its routes, entities,
to-dos and what it does when somebody leaves. Its words, its fields in the composer and its part of a card lie in
`web/src/feed/kinds/`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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


class PaperRow(msgspec.Struct, frozen=True):
    """One person of whom the kind asks something: how far they are, and since when."""

    person_id: int
    state: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A post that is about to be published: its row and its audience are written."""

    post_id: int
    audience: AudienceInput
    cards: Sequence[CarriedCard] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A post that was just changed; its rows are written. `before` and `audience`: to whom, as it was and is named; `lost`: who could
    read it and can no longer; `cards`: all that it carries. `release`: what is asked of the lost may end. `fields`: what else of the
    kind's own is to change (`amended`), None for nothing."""

    post_id: int
    before: AudienceInput
    audience: AudienceInput
    lost: Collection[int]
    cards: Sequence[CarriedCard]
    release: bool
    fields: Any = None


def _as_given(work: Work, actor: Actor, new: NewPost, fields: Any) -> tuple[NewPost, Any]:
    return new, fields


def _nothing_to_write(work: Work, actor: Actor, begun: Begun, fields: Any) -> msgspec.Struct | None:
    return None


def _nothing_follows(work: Work, view: PostView) -> None:
    return None


def _nothing_of_mine(conn: Connection, actor: Actor, post_ids: Sequence[int]) -> list[Change]:
    return []


def _nothing_depends(work: Work, actor: Actor, changed: Changed) -> None:
    return None


def _nothing_waits(work: Work, post_id: int, hearing: Sequence[str]) -> None:
    return None


def _nothing_differs(work: Work, post_id: int, fields: Any) -> bool:
    return False


def _nobody_on_paper(conn: Connection, actor: Actor, post_id: int) -> list[PaperRow]:
    return []


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
    `change` follows every change of a post, or refuses it: who has to see it stays among its readers. `amended` is what `details` of
    a change holds, `differs` whether it says anything new.
    `close` ends what waits on a post that is deleted in this act. `on_paper` is who is where with it, as far as the actor sees it.
    `state` is one word about the details for cards, `summary` a line.
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
    amended: type[msgspec.Struct] | None = None
    differs: Callable[[Work, int, Any], bool] = _nothing_differs
    change: Callable[[Work, Actor, Changed], None] = _nothing_depends
    close: Callable[[Work, int, Sequence[str]], None] = _nothing_waits
    on_paper: Callable[[Connection, Actor, int], list[PaperRow]] = _nobody_on_paper
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
        """The typed fields of a new one. Raises `Invalid` naming `details.…`."""
        return _typed(self.fields, {} if details is None and self.fields else details)

    def read_change(self, details: Mapping[str, Any] | None) -> Any:
        """Of a change; None where nothing of them changes. Raises `Invalid` naming `details.…`."""
        return _typed(self.amended, details)

    def must_admit(self, actor: Actor) -> None:
        """Raises `Forbidden`."""
        self.rule.admit(actor)
        if actor.by and not self.rule.deputy:
            raise Forbidden("This is published by oneself.", reason="in_person")


def _typed(fields: type[msgspec.Struct] | None, details: Mapping[str, Any] | None) -> Any:
    if details is None:
        return None
    if fields is None:
        raise invalid("details", "unknown", "Posts of this kind have no details.")
    try:
        return msgspec.convert(details, fields)
    except msgspec.ValidationError as error:
        raise field_refusal(error, within="details") from error


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
