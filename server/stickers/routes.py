"""The routes of stickers. Their pictures: `GET /api/files/ID/content`."""

from server.api.route import Items, Made, Nothing, Read, Write, delete, get, patch, post, put
from server.stickers import stickers
from server.stickers.inputs import NewSticker, RenamedSticker, StickerOrder
from server.stickers.policies import MAY_MANAGE_STICKERS, MAY_SEE_STICKERS
from server.stickers.present import StickerView


def list_stickers(call: Read[None, Nothing]) -> Items[StickerView]:
    """The company's stickers in their order, retired ones last."""
    return Items(stickers.listed(call.conn))


def make(call: Write[NewSticker, Nothing]) -> Made:
    """Make a sticker of a picture that I uploaded."""
    made = stickers.make(call.work, call.actor, call.body.name, call.body.file)
    return Made(("sticker", made.id), made)


def rename(call: Write[RenamedSticker, Nothing]) -> StickerView:
    """Another name."""
    return stickers.rename(call.work, call.actor, call.id(), call.body.version, call.body.name)


def order(call: Write[StickerOrder, Nothing]) -> Items[StickerView]:
    """Order what is offered."""
    return Items(stickers.order(call.work, call.actor, call.body.stickers))


def retire(call: Write[Nothing, Nothing]) -> StickerView:
    """No longer offered; what was sent shows it still."""
    return stickers.retire(call.work, call.actor, call.id(), True)


def restore(call: Write[None, Nothing]) -> StickerView:
    """Offered again."""
    return stickers.retire(call.work, call.actor, call.id(), False)


_ONE = "/api/stickers/{id:int}"
ROUTES = [
    get("/api/stickers", MAY_SEE_STICKERS, list_stickers, output=Items[StickerView]),
    post(
        "/api/stickers",
        MAY_MANAGE_STICKERS,
        make,
        again=lambda call, earlier: stickers.view(call.conn, earlier.ref_id),
        output=StickerView,
        body=NewSticker,
    ),
    put("/api/stickers/order", MAY_MANAGE_STICKERS, order, output=Items[StickerView], body=StickerOrder),
    patch(_ONE, MAY_MANAGE_STICKERS, rename, output=StickerView, body=RenamedSticker),
    put(f"{_ONE}/retirement", MAY_MANAGE_STICKERS, retire, output=StickerView),
    delete(f"{_ONE}/retirement", MAY_MANAGE_STICKERS, restore, output=StickerView, status=200),
]
