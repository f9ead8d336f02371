"""What stickers add to the house."""

from server.api.entities import Entity
from server.db.invariant import Invariant
from server.files.attachable import Attachable
from server.kit.module import Module
from server.permissions.capabilities import Capability
from server.stickers.policies import MAY_SEE_STICKERS
from server.stickers.present import StickerView
from server.stickers.routes import ROUTES
from server.stickers.stickers import KIND, readable_among

MODULE = Module(
    "stickers",
    *ROUTES,
    Capability("stickers.manage"),
    Entity(KIND, StickerView),
    Attachable(KIND, MAY_SEE_STICKERS, readable_among),
    Invariant(
        "every sticker has its picture",
        """SELECT s.id FROM sticker s WHERE (SELECT count(*) FROM file_link l
             WHERE l.kind = 'sticker' AND l.ref_id = s.id) <> 1""",
    ),
)
