"""Messages leave traces on what they carry or name, for those who may read them."""

from typing import Any

from sqlalchemy import Connection, select

from chat.models import Message
from chat.present import MessageView
from server.cards import carrying
from server.cards.cards import Ref
from server.links.declared import LinkSource, Said


def _said(view: MessageView) -> Said | None:
    if view.kind != "text":
        return None
    return Said(view.id, view.created_at, view.text, [Ref(one.kind, one.id) for one in view.cards])


def _of_row(row: Any) -> Said:
    cards = [Ref(one.kind, one.id) for one in carrying.from_stored(row.cards)]
    return Said(row.id, row.created_at, row.text, cards)


def _page(conn: Connection, after: int, count: int) -> list[Said]:
    columns = (Message.id, Message.created_at, Message.text, Message.cards)
    texts = select(*columns).where(Message.id > after, Message.kind == "text")
    some = texts.order_by(Message.id).limit(count)
    return [_of_row(row) for row in conn.execute(some.with_for_update(read=True))]


MESSAGE_LINKS = LinkSource("message", MessageView, "message.sent", _said, _page)
